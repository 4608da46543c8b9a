#pragma once
#include <libnet/socket.h>

/// Gives \a socket its name in the inspector, and says by it what goes wrong.
inline net::Socket *named(net::Socket *socket, const QString &name)
{
    socket->setObjectName(name);
    QObject::connect(socket, &net::Socket::errorOccurred, socket, [socket](const net::Error &error) {
        qWarning("%s: %s", qPrintable(socket->objectName()), qPrintable(error.message()));
    });
    return socket;
}
