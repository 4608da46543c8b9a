#include "libnet/server_p.h"

#include <QEvent>

namespace net {

Server::Server(QObject *parent) : Server(ServerOptions{}, parent) {}

Server::Server(const ServerOptions &options, QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, options))
{
}

Server::~Server() = default;

bool Server::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange)
        d->changeThread();
    return QObject::event(event);
}

Server &Server::listen(int port, const QString &host, int backlog)
{
    return listen(ListenOptions{.port = port, .host = host, .backlog = backlog});
}

Server &Server::listen(const QString &path, int backlog)
{
    return listen(ListenOptions{.path = path, .backlog = backlog});
}

Server &Server::listen(const ListenOptions &options)
{
    d->tellListenCall();
    d->listen(options);
    return *this;
}

Server &Server::listen(const ListenHandle &handle, int backlog)
{
    return listen(ListenOptions{.handle = handle, .backlog = backlog});
}

Server &Server::listenDescriptor(qintptr descriptor, int backlog)
{
    d->tellListenCall();
    d->listenDescriptor(Descriptor(int(descriptor)), backlog);
    return *this;
}

void Server::onceListening(Callback<> callback)
{
    QObject::connect(
        this, &Server::listening, this, [callback = std::move(callback)] { callback(); }, Qt::SingleShotConnection);
}

Server &Server::close()
{
    return closeWith({});
}

Server &Server::closeWith(Callback<const Error &> callback)
{
    probe::tellCall(*d, probe::Call::Destroy);
    d->close(std::move(callback));
    return *this;
}

SocketAddress Server::address() const
{
    // A socket that was handed over may have been closed since.
    return d->listener() ? d->bound : SocketAddress();
}

bool Server::hasRef() const
{
    return d->referenced;
}

int Server::connectionCount() const
{
    return d->connections;
}

qintptr Server::socketDescriptor() const
{
    return d->acceptor ? d->acceptor->descriptor() : -1;
}

bool Server::isListening() const
{
    return d->isListening();
}

void Server::countConnections(Callback<const Error &, int> callback)
{
    d->count(std::move(callback));
}

int Server::maxConnections() const
{
    return d->maxConnections;
}

void Server::setMaxConnections(int count)
{
    d->maxConnections = count;
}

bool Server::dropMaxConnection() const
{
    return d->dropMaxConnection;
}

void Server::setDropMaxConnection(bool drop)
{
    d->dropMaxConnection = drop;
}

Server &Server::ref()
{
    d->referenced = true;
    d->updateLive();
    return *this;
}

Server &Server::unref()
{
    d->referenced = false;
    d->updateLive();
    return *this;
}

} // namespace net
