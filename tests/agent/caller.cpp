#include "libnet/socket.h"

/// A plugin: code that was not there when the process began.
extern "C" Q_DECL_EXPORT net::Socket *callerMakesSocket()
{
    auto *const socket = new net::Socket;
    socket->setObjectName(QStringLiteral("from a plugin"));
    return socket;
}
