#include "libnet/foreign/foreignserver.h"

#include "libnet/foreign/foreignsocket.h"
#include "libnet/probe/tap.h"
#include "libnet/transport/socketops.h"

#include <QAbstractEventDispatcher>

namespace net::foreign {

ForeignServer::ForeignServer(QObject *server) : ForeignSubject(probe::SubjectKind::Server, server), m_server(server) {}

void ForeignServer::begin()
{
    m_state = isListening() ? probe::State::Listening : probe::State::Idle;
    m_bound = bound();
    connect(m_server, &QObject::objectNameChanged, this, &ForeignServer::describe);
    listenToTurns();
    opened();
    probe::tellCall(*this, probe::Call::Created);
}

void ForeignServer::listenToTurns()
{
    if (QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance())
        m_turns = connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &ForeignServer::look);
}

void ForeignServer::fill(probe::Facts &facts) const
{
    facts.state = m_state;
    facts.local = m_bound;
    facts.descriptor = descriptor();
    facts.accepted = m_accepted;
    facts.connections = m_connections;
}

void ForeignServer::look()
{
    const bool listens = isListening();
    if (listens == (m_state == probe::State::Listening))
        return;
    m_state = listens ? probe::State::Listening : probe::State::Closed;
    if (listens)
        m_bound = bound();
    tell(listens ? probe::EventKind::Listening : probe::EventKind::Closed);
}

void ForeignServer::accept()
{
    look();
    // Until the application takes them, those who wait are the server's children.
    const QObjectList children = m_server->children();
    for (QObject *child : children) {
        if (!qobject_cast<QIODevice *>(child) || of(child))
            continue;
        adopt(child);
        const ForeignSubject *const socket = of(child);
        if (!socket)
            continue;
        ++m_accepted;
        ++m_connections;
        connect(child, &QObject::destroyed, this, [this] {
            --m_connections;
            describe();
        });
        tell(probe::EventKind::Accepted, socket->id());
    }
}

ForeignTcpServer::ForeignTcpServer(QTcpServer *server) : ForeignServer(server), m_server(server)
{
    connect(server, &QTcpServer::pendingConnectionAvailable, this, &ForeignTcpServer::accept);
    begin();
}

SocketAddress ForeignTcpServer::bound() const
{
    const int fd = descriptor();
    return fd < 0 ? SocketAddress() : socketops::localEnd(fd);
}

void ForeignTcpServer::adopt(QObject *child)
{
    if (auto *socket = qobject_cast<QAbstractSocket *>(child))
        new ForeignTcpSocket(socket, id());
}

ForeignLocalServer::ForeignLocalServer(QLocalServer *server) : ForeignServer(server), m_server(server)
{
    connect(server, &QLocalServer::newConnection, this, &ForeignLocalServer::accept);
    begin();
}

SocketAddress ForeignLocalServer::bound() const
{
    SocketAddress address;
    if (isListening()) {
        address.family = Family::Local;
        address.address = m_server->fullServerName();
    }
    return address;
}

void ForeignLocalServer::adopt(QObject *child)
{
    if (auto *socket = qobject_cast<QLocalSocket *>(child))
        new ForeignLocalSocket(socket, id());
}

} // namespace net::foreign
