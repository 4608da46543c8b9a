#pragma once
#include <libnet/callback.h>
#include <libnet/error.h>
#include <libnet/export.h>
#include <libnet/options.h>
#include <libnet/socketaddress.h>

#include <QObject>

#include <memory>

template <typename T>
class QFuture;

namespace net {

class Socket;

/// Accepts TCP or local connections. Node: net.Server.
///
/// Signals of a life: listening(), connection() for each client, closed() once close() was called and the last
/// connection has ended. Nothing is emitted from inside the call that caused it. A listening server keeps the
/// application running (see unref()). Destroying a server destroys the connections that are still its children.
/// moveToThread() takes a listening server along; its open connections follow as its children.
class LIBNET_EXPORT Server : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool listening READ isListening)
    Q_PROPERTY(int connectionCount READ connectionCount)
    Q_PROPERTY(int maxConnections READ maxConnections WRITE setMaxConnections)
    Q_PROPERTY(bool dropMaxConnection READ dropMaxConnection WRITE setDropMaxConnection)

public:
    /// A server that does not listen yet. Owned by \a parent, if there is one.
    explicit Server(QObject *parent = nullptr);
    /// The same with \a options, most of which are for the sockets it will accept.
    explicit Server(const ServerOptions &options, QObject *parent = nullptr);
    ~Server() override;

    /// Listens on a TCP port; 0 is chosen by the system, see address(). Node: server.listen(port, host, backlog).
    Q_INVOKABLE net::Server &listen(int port, const QString &host = {}, int backlog = DefaultBacklog);
    /// Listens on a local path, which is removed again when the server closes. Node: server.listen(path, backlog).
    Q_INVOKABLE net::Server &listen(const QString &path, int backlog = DefaultBacklog);
    /// Starts listening. Node: server.listen(options).
    /// Later emits listening(), or errorOccurred() and then closed(): EADDRINUSE, EACCES, EADDRNOTAVAIL,
    /// ENOTFOUND, ERR_SOCKET_BAD_PORT, ERR_INVALID_ARG_VALUE. May be called again after either. A server that
    /// listens already, or is about to, reports ERR_SERVER_ALREADY_LISTEN by errorOccurred() alone and goes on.
    Server &listen(const ListenOptions &options);
    /// Listens on a socket that exists already. Node: server.listen(handle).
    /// A Server of this thread hands its listening socket over: who listened last gets the connections, the other one
    /// stays listening without any, and closing either closes the port. A BoundSocket is adopted. A Socket gives what
    /// it was bound to; a connected one is no listener: EINVAL. Errors: ERR_INVALID_ARG_VALUE if there is nothing to
    /// listen on, ERR_SOCKET_HANDLE_ADOPTED, those of the bind that failed.
    Server &listen(const ListenHandle &handle, int backlog = DefaultBacklog);
    /// Adopts \a descriptor, a bound or listening stream socket, and owns it. Node: server.listen({fd}).
    Server &listenDescriptor(qintptr descriptor, int backlog = DefaultBacklog);

    /// The same; \a onListening runs once after listening(), in \a context's thread, never after its death.
    template <typename Functor>
    Server &listen(const ListenOptions &options, const QObject *context, Functor &&onListening)
    {
        onceListening(Callback<>(context, std::forward<Functor>(onListening)));
        return listen(options);
    }
    /// The same on a TCP port.
    template <typename Functor>
    Server &listen(int port, const QObject *context, Functor &&onListening)
    {
        onceListening(Callback<>(context, std::forward<Functor>(onListening)));
        return listen(port);
    }
    /// The same on a local path.
    template <typename Functor>
    Server &listen(const QString &path, const QObject *context, Functor &&onListening)
    {
        onceListening(Callback<>(context, std::forward<Functor>(onListening)));
        return listen(path);
    }

    /// Stops accepting and keeps the connections; closed() follows when the last one has ended.
    /// Node: server.close().
    Q_INVOKABLE net::Server &close();
    /// The same; \a onClosed(const net::Error &) runs once after closed(), with ERR_SERVER_NOT_RUNNING if the
    /// server was not open.
    template <typename Functor>
    Server &close(const QObject *context, Functor &&onClosed)
    {
        return closeWith(Callback<const Error &>(context, std::forward<Functor>(onClosed)));
    }

    /// close() as a future, which fails with ERR_SERVER_NOT_RUNNING. Include <libnet/async.h>. Cancelling it is without
    /// effect. Node: server[Symbol.asyncDispose]().
    QFuture<void> closeAsync();
    /// The next connection. Sockets that come while no future waits are kept for the next call, from the first call on;
    /// connection() is emitted all the same. Fails with the error of the server, or ERR_SERVER_NOT_RUNNING once it
    /// closes. Node: for await (const socket of server).
    QFuture<Socket *> nextConnection();

    /// Address, family and port, or the path; null before listening() and after close(). Node: server.address().
    Q_INVOKABLE net::SocketAddress address() const;
    /// The descriptor that listens, which stays ours; -1: none. Node: server._handle.fd.
    Q_INVOKABLE qintptr socketDescriptor() const;
    bool isListening() const; ///< true from the moment the socket listens, shortly before listening()

    /// Counts the open connections; \a onCount(const net::Error &, int) runs later, also when idle.
    template <typename Functor>
    void getConnections(const QObject *context, Functor &&onCount)
    {
        countConnections(Callback<const Error &, int>(context, std::forward<Functor>(onCount)));
    }

    /// What getConnections() would tell of this process now. Node: server._connections.
    int connectionCount() const;
    /// Connections beyond this number are closed at once and told by drop(). Default -1: no limit; 0 drops everyone.
    int maxConnections() const;
    void setMaxConnections(int count); ///< see maxConnections()
    /// In a process that shares the port with others: false leaves a connection beyond the limit to one of them, true
    /// closes it. Alone there is nobody to leave it to. Default false.
    bool dropMaxConnection() const;
    void setDropMaxConnection(bool drop); ///< see dropMaxConnection()

    /// Keeps the application running while listening (the default), by a QEventLoopLocker. Node: server.ref().
    Q_INVOKABLE net::Server &ref();
    /// Lets the application quit although this server listens. Node: server.unref().
    Q_INVOKABLE net::Server &unref();

    Q_INVOKABLE bool hasRef() const; ///< whether it keeps the application running while listening

Q_SIGNALS:
    /// listen() has succeeded; address() is known. Node: 'listening'.
    void listening();
    /// A client has connected. \a socket is a child of the server and deletes itself after its closed() signal,
    /// unless it was given another parent or Socket::setAutoDelete(false).
    void connection(net::Socket *socket);
    /// A connection was closed at once because of maxConnections, with its \a ends; or, without, for want of
    /// descriptors or memory, here or in the primary.
    void drop(const net::Endpoints &ends);
    /// listen() failed; closed() follows. The server may listen again.
    void errorOccurred(const net::Error &error);
    /// close() was called and the last connection has ended, or listen() has failed. Node: 'close'.
    void closed();

protected:
    bool event(QEvent *event) override;

private:
    class LIBNET_HIDDEN Private;
    friend class Private;
    friend class Socket;
    friend class ServerCensus;
    friend class Handover;
    friend class WorkerListening;
    friend class ConnectionQueue;
    void onceListening(Callback<> callback);
    Server &closeWith(Callback<const Error &> callback);
    void countConnections(Callback<const Error &, int> callback);

    std::unique_ptr<Private> d;
};

} // namespace net
