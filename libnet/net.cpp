#include "libnet/net.h"

namespace net {

Socket *connect(const ConnectOptions &options, QObject *parent)
{
    auto *socket = new Socket({.allowHalfOpen = options.allowHalfOpen, .highWaterMark = options.highWaterMark}, parent);
    if (!parent)
        socket->setAutoDelete(true);
    socket->connectTo(options);
    return socket;
}

Socket *connect(int port, const QString &host, QObject *parent)
{
    return connect(ConnectOptions{.port = port, .host = host}, parent);
}

Socket *connect(const QString &path, QObject *parent)
{
    return connect(ConnectOptions{.path = path}, parent);
}

} // namespace net
