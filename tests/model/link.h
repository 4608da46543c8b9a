#pragma once
#include <libnet/socket.h>

#include <QHash>
#include <QPointer>

#include <deque>
#include <memory>

namespace model {

/// One connection as both of its sides know it: what one does to it is why the other one may fail.
class Link
{
public:
    enum Side { Client, Server };

    void join(Side side, net::Socket *socket);
    /// \a side has read everything, and everything of its own has left: the other one loses nothing any more.
    void hasEnded(Side side) { m_sides[side].ended = true; }
    /// \a side has thrown the connection away, whatever it has read before.
    void lose(Side side) { m_sides[side].lost = true; }
    /// Its socket goes on to something else.
    void leave(Side side);
    bool hasJoined(Side side) const { return m_sides[side].joined; }
    /// Whether the other side of \a side is gone and may have left something unread or unsent.
    bool isLostFor(Side side) const;

private:
    struct State
    {
        QPointer<net::Socket> socket;
        bool joined = false;
        bool ended = false;
        bool lost = false;

        bool isGone() const { return joined && (!socket || socket->isDestroyed()); }
    };
    State m_sides[2];
};

/// A server from listen() to close(), and the connections that came to it.
class Door
{
public:
    /// Who connects to a path has no name: they are accepted in the order in which they came.
    std::shared_ptr<Link> knock();
    std::shared_ptr<Link> nextOfPath();
    /// The connection of the client at \a port; 0: the system knows it no more.
    std::shared_ptr<Link> ofPort(quint16 port);
    /// Whoever was not accepted yet will not be.
    void close();
    bool isClosed() const { return m_closed; }
    /// Somebody was accepted and lost whose client has not been told of its connection yet.
    bool hasLostStranger() const;

private:
    std::deque<std::shared_ptr<Link>> m_waiting;
    QHash<quint16, std::shared_ptr<Link>> m_ports;
    bool m_closed = false;
};

/// Where a socket connects to, and why that may fail.
struct Way
{
    net::ConnectOptions options;
    std::shared_ptr<Door> door; ///< null: nobody listens there
};

} // namespace model
