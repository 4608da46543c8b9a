// A primary, a worker that listens on a port and on a path, and a connection that is handed over, once; with "shared"
// the worker accepts by itself. LIBNET_FAULT is the primary's, LIBNET_WORKER_FAULT and LIBNET_WORKER_COUNTS are the
// worker's.
#include "tests/faults/witness.h"

#include <libnet/cluster/cluster.h>
#include <libnet/server.h>

#include <QCborMap>
#include <QLocalSocket>
#include <QPointer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace faults;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Size = 100'000;
constexpr int Told = 3; ///< a worker's exit code

// The worker -----------------------------------------------------------------------------------------------------

void echo(net::Socket *socket)
{
    QObject::connect(socket, &net::Socket::errorOccurred, [](const net::Error &error) { tell(error); });
    socket->pipe(socket);
}

void listen(const net::ListenOptions &options)
{
    auto *const server = new net::Server({.allowHalfOpen = true}, QCoreApplication::instance());
    QObject::connect(server, &net::Server::connection, echo);
    QObject::connect(server, &net::Server::drop, [] { tell(u"dropped"_s); });
    QObject::connect(server, &net::Server::errorOccurred, [](const net::Error &error) {
        tell(error);
        net::Worker::self()->send(u"failed"_s);
    });
    server->listen(options);
}

int work()
{
    net::Worker *const self = net::Worker::self();
    QObject::connect(self, &net::Worker::errorOccurred, [](const net::Error &error) { tell(error); });
    QObject::connect(self, &net::Worker::message, [self](const QCborValue &, const net::Handle &handle) {
        if (net::Socket *const *socket = std::get_if<net::Socket *>(&handle))
            echo(*socket);
        else
            tell(u"nothing-came"_s);
        self->send(u"taken"_s);
    });
    listen({.port = 0, .host = u"127.0.0.1"_s});
    listen({.path = QCoreApplication::arguments().at(1), .readableAll = true});
    const qsizetype before = openDescriptors();
    const int code = QCoreApplication::exec();
    sayKept(before, "worker ");
    if (code || words.empty())
        return code;
    say();
    return Told;
}

// The primary ----------------------------------------------------------------------------------------------------

/// Of Qt's, so that its calls do not count: sends, and reads until the end.
class Client : public QObject
{
public:
    explicit Client(quint16 port)
    {
        auto *const socket = new QTcpSocket(this);
        watch(socket, &QTcpSocket::errorOccurred);
        connect(socket, &QTcpSocket::connected, this, [socket] { socket->write(QByteArray(Size, 'x')); });
        connect(socket, &QTcpSocket::disconnected, this, [this] { isOver = true; });
        socket->connectToHost(u"127.0.0.1"_s, port);
    }
    explicit Client(const QString &path)
    {
        auto *const socket = new QLocalSocket(this);
        watch(socket, &QLocalSocket::errorOccurred);
        connect(socket, &QLocalSocket::connected, this, [socket] { socket->write(QByteArray(Size, 'x')); });
        connect(socket, &QLocalSocket::disconnected, this, [this] { isOver = true; });
        socket->connectToServer(path);
    }

    /// All has come back, or the end.
    bool isOver = false;
    qsizetype received = 0;

private:
    template <typename Socket, typename Signal>
    void watch(Socket *socket, Signal signal)
    {
        connect(socket, signal, this, [this] { isOver = true; });
        connect(socket, &Socket::readyRead, this, [this, socket] {
            received += socket->readAll().size();
            if (received == Size)
                socket->close();
            isOver |= received >= Size;
        });
    }
};

struct Ends
{
    int online = 0;
    int disconnected = 0;
    int exited = 0;
    int failures = 0; ///< of the worker's servers
    bool taken = false;
    bool complained = false; ///< by the code that the worker ended with
    int lost = 0;            ///< clients that did not get all back
};

void conduct(const QString &path, bool shared)
{
    net::Cluster *const cluster = net::Cluster::instance();
    cluster->setSchedulingPolicy(shared ? net::Cluster::SchedulingPolicy::SharedHandle
                                        : net::Cluster::SchedulingPolicy::RoundRobin);
    cluster->setupPrimary({.args = QStringList{path},
                           .environment = {{u"LIBNET_FAULT"_s, qEnvironmentVariable("LIBNET_WORKER_FAULT")},
                                           {u"LIBNET_FAULT_COUNTS"_s, qEnvironmentVariable("LIBNET_WORKER_COUNTS")}}});
    Ends ends;
    std::vector<std::unique_ptr<Client>> clients;
    QList<net::SocketAddress> places;
    QObject here;
    QObject::connect(cluster, &net::Cluster::listening, &here, [&](net::Worker *, const net::SocketAddress &place) {
        if (place.isNull())
            tell(u"nowhere"_s); // told, but not where
        places.append(place);
    });
    QObject::connect(cluster, &net::Cluster::message, &here, [&](net::Worker *, const QCborValue &message) {
        ends.failures += message.toString() == "failed"_L1;
        ends.taken = ends.taken || message.toString() == "taken"_L1;
    });
    QObject::connect(cluster, &net::Cluster::online, &here, [&] { ++ends.online; });
    QObject::connect(cluster, &net::Cluster::disconnected, &here, [&] {
        if (++ends.disconnected > 1 || ends.exited)
            broken(u"a wrong disconnected()"_s);
    });
    QObject::connect(cluster, &net::Cluster::exited, &here, [&](net::Worker *, int code, int signal) {
        if (++ends.exited > 1 || !ends.disconnected)
            broken(u"a wrong exited()"_s);
        if (signal || (code != 0 && code != Told && code != -1))
            broken(u"the worker ended with %1, %2"_s.arg(code).arg(signal));
        ends.complained |= code != 0;
        if (code == -1)
            tell(u"left"_s); // who has told something by itself has said so
    });
    net::Worker *const worker = cluster->fork();
    QObject::connect(worker, &net::Worker::errorOccurred, &here, [](const net::Error &error) { tell(error); });
    waitFor([&] { return ends.exited || places.size() + ends.failures >= 2; }, u"the worker's servers"_s);

    for (const net::SocketAddress &place : std::as_const(places))
        clients.push_back(place.port ? std::make_unique<Client>(place.port) : std::make_unique<Client>(place.address));
    // One that comes to the primary, and goes to the worker.
    net::Server own({.allowHalfOpen = true, .pauseOnConnect = true});
    bool ownIsReady = false;
    bool ownIsOver = false;
    QObject::connect(&own, &net::Server::listening, &here, [&] { ownIsReady = true; });
    QObject::connect(&own, &net::Server::closed, &here, [&] { ownIsReady = ownIsOver = true; });
    QObject::connect(&own, &net::Server::drop, &here, [] { tell(u"dropped"_s); });
    QObject::connect(&own, &net::Server::errorOccurred, &here, [&](const net::Error &error) {
        tell(error);
        ownIsReady = true;
    });
    QObject::connect(&own, &net::Server::connection, &here, [&](net::Socket *socket) {
        QObject::connect(socket, &net::Socket::errorOccurred, [](const net::Error &error) { tell(error); });
        if (ends.exited)
            socket->destroy();
        else
            worker->send(u"take"_s, socket, {}, &here, [socket = QPointer(socket)](const net::Error &error) {
                if (error)
                    tell(error);
                if (error && socket)
                    socket->destroy(); // refused, it is still ours
            });
    });
    own.listen(0, u"127.0.0.1"_s);
    waitFor([&] { return ownIsReady; }, u"the primary's server"_s);
    if (own.isListening() && own.address().isNull())
        tell(u"nowhere"_s);
    if (own.isListening())
        clients.push_back(std::make_unique<Client>(own.address().port));
    for (const auto &client : clients)
        waitFor([&] { return client->isOver || ends.exited; }, u"a client"_s);
    for (const auto &client : clients) {
        // Whose worker was disconnected before we do so was told that.
        if (client->received != Size && !ends.exited && !ends.disconnected)
            ++ends.lost;
    }
    own.close();
    cluster->disconnectAll();
    waitFor([&] { return ends.exited && ownIsOver; }, u"the end"_s);
    if (!ends.online && words.empty() && !ends.complained)
        broken(u"the worker was never there, and nothing was told"_s);
    // One failure hurts one connection. That it was told, here or by the worker, is for everyfault to see.
    if (ends.lost > 1)
        broken(u"%1 clients were sent away"_s.arg(ends.lost));
    if (ends.lost)
        std::printf("lost\n");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (net::Cluster::isWorker())
        return work();
    app.setQuitLockEnabled(false);
    const qsizetype before = openDescriptors();
    for (int left = plays(); left > 0; --left) {
        const QTemporaryDir folder;
        conduct(folder.filePath(u"path"_s), app.arguments().contains(u"shared"_s));
        // One that can't be removed, or not be told from another's, is left alone.
        const QString fault = qEnvironmentVariable("LIBNET_FAULT");
        if (!fault.startsWith(u"unlink"_s) && !fault.startsWith(u"lstat"_s) && QDir(folder.path()).exists(u"path"_s))
            broken(u"the path is left over"_s);
    }
    return verdict(before);
}
