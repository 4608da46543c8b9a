#pragma once
#include <libnet/server.h>
#include <libnet/socket.h>

namespace net {

/// A server whose connection() is connected to \a listener. Owned by \a parent, or by the caller without one.
/// Node: net.createServer(options, listener).
template <typename Functor>
Server *createServer(const ServerOptions &options, QObject *parent, Functor &&listener)
{
    auto *server = new Server(options, parent);
    QObject::connect(server, &Server::connection, server, std::forward<Functor>(listener));
    return server;
}

/// Whether connections try the addresses of both families in turns if the options don't say; true. Thread-safe.
/// Node: net.getDefaultAutoSelectFamily(), net.setDefaultAutoSelectFamily().
LIBNET_EXPORT bool defaultAutoSelectFamily();
LIBNET_EXPORT void setDefaultAutoSelectFamily(bool enable);
/// How long an attempt may take before the next address is tried, in ms; at least 10, 500 at first. Thread-safe.
LIBNET_EXPORT int defaultAutoSelectFamilyAttemptTimeout();
LIBNET_EXPORT void setDefaultAutoSelectFamilyAttemptTimeout(int msecs);

/// Creates a socket and connects it. Owned by \a parent; without one it deletes itself after closed().
/// Node: net.connect(options), net.createConnection(options).
LIBNET_EXPORT Socket *connect(const ConnectOptions &options, QObject *parent = nullptr);
LIBNET_EXPORT Socket *connect(int port, const QString &host = {}, QObject *parent = nullptr);
LIBNET_EXPORT Socket *connect(const QString &path, QObject *parent = nullptr);

/// The same; \a onConnected runs once after connected().
template <typename Functor>
Socket *connect(const ConnectOptions &options, QObject *parent, Functor &&onConnected)
{
    Socket *socket = connect(options, parent);
    QObject::connect(socket, &Socket::connected, socket, std::forward<Functor>(onConnected), Qt::SingleShotConnection);
    return socket;
}

/// Sends what \a source, an open device of this thread, has and will have to \a destination with backpressure, and ends
/// that at the end: readChannelFinished() of a sequential device, else the end of the file. Neither is owned.
/// destination->pipeFailed() tells what goes wrong. Node: readable.pipe(socket).
LIBNET_EXPORT Socket *pipe(QIODevice *source, Socket *destination, bool end = true);
/// Stops that.
LIBNET_EXPORT void unpipe(QIODevice *source, Socket *destination);

} // namespace net
