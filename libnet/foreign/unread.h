#pragma once
#include <QObject>
#include <QSet>

namespace net::foreign {

class ForeignSocket;

/// The sockets of one thread that had bytes to read when this was last asked: looks again whenever the event loop
/// turns, which is after slots have read, and before anything new is taken from the kernel.
class Unread : public QObject
{
public:
    static Unread &current();

    void watch(ForeignSocket *socket) { m_sockets.insert(socket); }
    void forget(ForeignSocket *socket) { m_sockets.remove(socket); }

private:
    Unread();
    void look();

    QSet<ForeignSocket *> m_sockets;
};

} // namespace net::foreign
