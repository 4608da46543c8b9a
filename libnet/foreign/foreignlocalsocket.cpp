#include "libnet/foreign/foreignsocket.h"
#include "libnet/probe/tap.h"

#include <QMetaEnum>

using namespace Qt::StringLiterals;

namespace net::foreign {

ForeignLocalSocket::ForeignLocalSocket(QLocalSocket *socket, quint64 server)
    : ForeignSocket(socket, server),
      m_socket(socket)
{
    connect(socket, &QLocalSocket::stateChanged, this, &ForeignLocalSocket::changed);
    connect(socket, &QLocalSocket::errorOccurred, this, &ForeignLocalSocket::failed);
    begin();
}

probe::State ForeignLocalSocket::state() const
{
    switch (m_socket->state()) {
    case QLocalSocket::ConnectingState:
        return probe::State::Connecting;
    case QLocalSocket::ConnectedState:
        return probe::State::Open;
    case QLocalSocket::ClosingState:
        return probe::State::WriteEnded;
    default:
        return wasConnected() ? probe::State::Closed : probe::State::Idle;
    }
}

void ForeignLocalSocket::ends(SocketAddress &local, SocketAddress &remote) const
{
    // An accepted one knows no name; the path is its server's.
    SocketAddress &end = isAccepted() ? local : remote;
    end.family = Family::Local;
    end.address = m_socket->fullServerName();
}

void ForeignLocalSocket::changed(QLocalSocket::LocalSocketState state)
{
    if (state == QLocalSocket::ConnectedState)
        connected();
    else if (state == QLocalSocket::ConnectingState) {
        probe::tellCall(*this, probe::Call::Connect); // said inside of connectToServer()
        tell(probe::EventKind::Attempt);
    } else if (state == QLocalSocket::ClosingState)
        tell(probe::EventKind::Ended);
    else
        disconnected();
}

void ForeignLocalSocket::failed(QLocalSocket::LocalSocketError error)
{
    if (error == QLocalSocket::PeerClosedError)
        return tell(probe::EventKind::PeerEnded);
    // They are those of QAbstractSocket by number, and have no names of their own.
    const char *const key = QMetaEnum::fromType<QAbstractSocket::SocketError>().valueToKey(int(error));
    fail(Error::fromCode(QLatin1StringView(key ? key : "UnknownSocketError"), m_socket->errorString()));
}

} // namespace net::foreign
