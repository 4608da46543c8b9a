#include "libnet/transport/adoptedacceptor.h"
#include "libnet/transport/localacceptor.h"
#include "libnet/transport/tcpacceptor.h"

namespace net {

std::unique_ptr<Acceptor> makeAcceptor(Acceptor::Owner &owner, QObject *home, Descriptor descriptor, bool ownsPath)
{
    if (socketops::familyOf(descriptor.get()) != Family::Local)
        return std::make_unique<TcpAcceptor>(owner, home, std::move(descriptor));
    if (ownsPath)
        return std::make_unique<LocalAcceptor>(owner, home, std::move(descriptor));
    return std::make_unique<AdoptedAcceptor>(owner, home, std::move(descriptor));
}

} // namespace net
