#pragma once
#include "libnet/server.h"
#include "libnet/settlement_p.h"

#include <QPointer>

namespace net {

/// Matches connections with those who wait for one, in order. A child of the server.
class ConnectionQueue : public QObject
{
public:
    explicit ConnectionQueue(Server *server);

    QFuture<Socket *> next();

private:
    void accepted(Socket *socket);
    void failAll(const Error &error);

    Server *const m_server;
    QList<Settlement<Socket *> *> m_askers;
    QList<QPointer<Socket>> m_sockets; ///< that nobody has asked for yet
};

} // namespace net
