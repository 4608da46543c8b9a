#include "libnet/foreign/foreignsocket.h"
#include "libnet/probe/tap.h"
#include "libnet/transport/bytestaken.h"
#include "libnet/transport/socketops.h"

#include <QMetaEnum>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace net::foreign {

ForeignTcpSocket::ForeignTcpSocket(QAbstractSocket *socket, quint64 server)
    : ForeignSocket(socket, server),
      m_socket(socket)
{
    connect(socket, &QAbstractSocket::stateChanged, this, &ForeignTcpSocket::changed);
    connect(socket, &QAbstractSocket::errorOccurred, this, &ForeignTcpSocket::failed);
    begin();
}

probe::State ForeignTcpSocket::state() const
{
    switch (m_socket->state()) {
    case QAbstractSocket::HostLookupState:
        return probe::State::Resolving;
    case QAbstractSocket::ConnectingState:
        return probe::State::Connecting;
    case QAbstractSocket::ConnectedState:
        return probe::State::Open;
    case QAbstractSocket::ClosingState:
        return probe::State::WriteEnded;
    default:
        return wasConnected() ? probe::State::Closed : probe::State::Idle;
    }
}

void ForeignTcpSocket::ends(SocketAddress &local, SocketAddress &remote) const
{
    const int fd = int(m_socket->socketDescriptor());
    if (fd < 0)
        return;
    local = socketops::localEnd(fd);
    remote = socketops::remoteEnd(fd);
}

std::optional<quint64> ForeignTcpSocket::taken() const
{
    // Over TLS the application reads other bytes than the kernel gives.
    if (qobject_cast<const QSslSocket *>(m_socket))
        return {};
    return socketops::bytesTaken(int(m_socket->socketDescriptor()));
}

void ForeignTcpSocket::changed(QAbstractSocket::SocketState state)
{
    if (state == QAbstractSocket::ConnectedState)
        connected();
    else if (state == QAbstractSocket::HostLookupState) {
        probe::tellCall(*this, probe::Call::Connect); // said inside of connectToHost()
        tell(probe::EventKind::Lookup);
    } else if (state == QAbstractSocket::ConnectingState)
        tell(probe::EventKind::Attempt);
    else if (state == QAbstractSocket::ClosingState)
        tell(probe::EventKind::Ended);
    else if (state == QAbstractSocket::UnconnectedState)
        disconnected();
}

void ForeignTcpSocket::failed(QAbstractSocket::SocketError error)
{
    if (error == QAbstractSocket::RemoteHostClosedError)
        return tell(probe::EventKind::PeerEnded);
    const char *const key = QMetaEnum::fromType<QAbstractSocket::SocketError>().valueToKey(error);
    fail(Error::fromCode(QLatin1StringView(key ? key : "UnknownSocketError"), m_socket->errorString()));
}

} // namespace net::foreign
