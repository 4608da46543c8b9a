#include "libnet/transport/localacceptor.h"

#include "libnet/transport/accepttakeover.h"

namespace net {

LocalAcceptor::LocalAcceptor(Owner &owner, QObject *home, Descriptor descriptor) : QLocalServer(home), m_owner(&owner)
{
    listen(qintptr(descriptor.release()));
    new AcceptTakeover(
        this, LocalAcceptor::descriptor(), [this](Descriptor one) { incomingConnection(quintptr(one.release())); },
        [this](int error) { m_owner->refused(error); });
}

void LocalAcceptor::settle(Owner &owner, QObject *home)
{
    m_owner = &owner;
    setParent(home);
}

void LocalAcceptor::incomingConnection(quintptr descriptor)
{
    m_owner->accepted(Descriptor(int(descriptor)));
}

} // namespace net
