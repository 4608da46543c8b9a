#include "libnet/transport/tcpacceptor.h"

#include "libnet/transport/accepttakeover.h"

namespace net {

TcpAcceptor::TcpAcceptor(Owner &owner, QObject *home, Descriptor descriptor) : QTcpServer(home), m_owner(&owner)
{
    setSocketDescriptor(descriptor.release());
    new AcceptTakeover(
        this, TcpAcceptor::descriptor(), [this](Descriptor one) { incomingConnection(one.release()); },
        [this](int error) { m_owner->refused(error); });
}

void TcpAcceptor::settle(Owner &owner, QObject *home)
{
    m_owner = &owner;
    setParent(home);
}

void TcpAcceptor::incomingConnection(qintptr descriptor)
{
    m_owner->accepted(Descriptor(int(descriptor)));
}

} // namespace net
