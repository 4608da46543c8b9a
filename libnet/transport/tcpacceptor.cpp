#include "libnet/transport/tcpacceptor.h"

#include <QTimer>

#include <cerrno>

namespace net {

TcpAcceptor::TcpAcceptor(Owner &owner, QObject *home, Descriptor descriptor) : QTcpServer(home), m_owner(&owner)
{
    setSocketDescriptor(descriptor.release());
    connect(this, &QTcpServer::acceptError, this, &TcpAcceptor::onAcceptError);
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

// QTcpServer has stopped accepting. It would not begin again by itself, even once there are descriptors.
void TcpAcceptor::onAcceptError()
{
    const QPointer<QTcpServer> guard(this);
    if (!m_spare.refuseOne(descriptor())) {
        QTimer::singleShot(StarvedPause, this, [this] { resumeAccepting(); });
        return;
    }
    m_owner->refused(EMFILE);
    if (guard)
        resumeAccepting();
}

} // namespace net
