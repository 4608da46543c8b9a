#include "libnet/async.h"

#include "libnet/connectionqueue_p.h"
#include "libnet/server_p.h"
#include "libnet/settlement_p.h"

namespace net {

Exception::Exception(const Error &error) : m_error(error), m_what(error.message().toUtf8()) {}

void Exception::raise() const
{
    throw *this;
}

Exception *Exception::clone() const
{
    return new Exception(*this);
}

// What has failed or was not wanted any more is known to nobody: it goes.
template <typename T>
static Settlement<T *> *settlementFor(T *subject)
{
    auto *settlement = new Settlement<T *>(subject);
    settlement->onCancel([subject] { subject->deleteLater(); });
    QObject::connect(subject, &T::errorOccurred, settlement, [subject, settlement](const Error &error) {
        subject->deleteLater();
        settlement->fail(error);
    });
    return settlement;
}

template <typename T>
static void fulfil(Settlement<T *> *settlement, T *subject)
{
    QObject::disconnect(subject, nullptr, settlement, nullptr);
    settlement->deleteLater();
    settlement->keep(subject);
}

QFuture<Socket *> connectAsync(const ConnectOptions &options, QObject *parent)
{
    Socket *const socket = connect(options, parent);
    Settlement<Socket *> *const settlement = settlementFor(socket);
    QObject::connect(socket, &Socket::connected, settlement, [=] { fulfil(settlement, socket); });
    return settlement->future();
}

QFuture<Server *> listenAsync(const ListenOptions &options, const ServerOptions &serverOptions, QObject *parent,
                              const std::function<void(Socket *)> &onConnection)
{
    auto *const server = new Server(serverOptions, parent);
    if (onConnection)
        QObject::connect(server, &Server::connection, server, onConnection);
    Settlement<Server *> *const settlement = settlementFor(server);
    QObject::connect(server, &Server::listening, settlement, [=] { fulfil(settlement, server); });
    // Only a stop gets here before listening().
    QObject::connect(server, &Server::closed, settlement, [=] {
        server->deleteLater();
        settlement->fail(codes::aborted());
    });
    server->listen(options);
    return settlement->future();
}

QFuture<void> Server::closeAsync()
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QFuture<void> future = promise->future();
    const auto settle = [promise](const Error &error) {
        if (error)
            promise->setException(Exception(error));
        promise->finish();
    };
    close(this, settle);
    return future;
}

QFuture<Socket *> Server::nextConnection()
{
    if (!d->queue)
        d->queue = new ConnectionQueue(this);
    return d->queue->next();
}

// ConnectionQueue ----------------------------------------------------------------------------------------------

ConnectionQueue::ConnectionQueue(Server *server) : QObject(server), m_server(server)
{
    connect(server, &Server::connection, this, &ConnectionQueue::accepted);
    connect(server, &Server::errorOccurred, this, &ConnectionQueue::failAll);
    connect(server, &Server::closed, this, [this] { failAll(codes::serverNotRunning()); });
}

QFuture<Socket *> ConnectionQueue::next()
{
    auto *asker = new Settlement<Socket *>(this);
    QFuture<Socket *> future = asker->future();
    while (!m_sockets.isEmpty()) {
        if (Socket *socket = m_sockets.takeFirst()) {
            asker->keep(socket);
            break;
        }
    }
    if (!future.isFinished() && m_server->d->isActive()) {
        m_askers.append(asker);
        return future;
    }
    asker->fail(codes::serverNotRunning());
    asker->deleteLater();
    return future;
}

void ConnectionQueue::accepted(Socket *socket)
{
    while (!m_askers.isEmpty()) {
        Settlement<Socket *> *asker = m_askers.takeFirst();
        asker->deleteLater();
        if (asker->isCanceled())
            continue;
        asker->keep(socket);
        return;
    }
    m_sockets.append(socket);
}

void ConnectionQueue::failAll(const Error &error)
{
    const QList<Settlement<Socket *> *> askers = std::exchange(m_askers, {});
    for (Settlement<Socket *> *asker : askers) {
        asker->deleteLater();
        asker->fail(error);
    }
}

} // namespace net
