// A worker, or a child, that does what its parent tells it by messages {"do": ...}, and tells what happens by {"told":
// ...}.
#include <libnet/cluster/cluster.h>
#include <libnet/net.h>

#include <QCborMap>
#include <QCoreApplication>
#include <QMap>
#include <QThread>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

class Actor : public QObject
{
public:
    Actor()
    {
        connect(m_self, &net::Worker::message, this,
                [this](const QCborValue &value, const net::Handle &handle) { obey(value.toMap(), handle); });
        connect(m_self, &net::Worker::errorOccurred, this, [this](const net::Error &error) {
            tell({{u"told"_s, u"error"_s}, {u"code"_s, error.code()}});
        });
    }

    void tell(const QCborMap &map)
    {
        // Else the error would be told, which is an error.
        if (m_self->isConnected())
            m_self->send(map);
    }

private:
    void obey(const QCborMap &order, const net::Handle &handle);
    void listen(const QCborMap &order);
    void serve(net::Socket *socket, const QString &name);
    QThread *otherThread();

    net::Worker *const m_self = net::Worker::self();
    QMap<QString, net::Server *> m_servers;
    QList<net::Socket *> m_kept;
    QList<int> m_hoard; ///< descriptors, so that nobody else has any
};

// One more, until we go.
QThread *Actor::otherThread()
{
    auto *thread = new QThread(this);
    thread->start();
    connect(this, &QObject::destroyed, thread, [thread] {
        thread->quit();
        thread->wait();
    });
    return thread;
}

void Actor::listen(const QCborMap &order)
{
    const QString name = order.value(u"name"_s).toString();
    auto *server = new net::Server(this);
    m_servers.insert(name, server);
    server->setMaxConnections(int(order.value(u"max"_s).toInteger(-1)));
    server->setDropMaxConnection(order.value(u"dropMax"_s).toBool());
    connect(server, &net::Server::listening, this, [this, server, name] {
        tell({{u"told"_s, u"listening"_s},
              {u"name"_s, name},
              {u"port"_s, server->address().port},
              {u"address"_s, server->address().address}});
    });
    connect(server, &net::Server::errorOccurred, this, [this, name](const net::Error &error) {
        tell({{u"told"_s, u"failed"_s},
              {u"name"_s, name},
              {u"code"_s, error.code()},
              {u"syscall"_s, error.syscall()},
              {u"message"_s, error.message()}});
    });
    connect(server, &net::Server::closed, this, [this, name] { tell({{u"told"_s, u"closed"_s}, {u"name"_s, name}}); });
    connect(server, &net::Server::drop, this, [this, name] { tell({{u"told"_s, u"drop"_s}, {u"name"_s, name}}); });
    // In the server's thread.
    const bool moving = order.value(u"moving"_s).toBool();
    connect(server, &net::Server::connection, server, [this, name, moving](net::Socket *socket) {
        if (!moving) {
            serve(socket, name);
            return;
        }
        socket->setParent(nullptr);
        socket->moveToThread(otherThread());
        QMetaObject::invokeMethod(socket, [this, socket, name] { serve(socket, name); });
    });
    if (order.value(u"thread"_s).toBool()) {
        // From another thread, and to stay there.
        server->setParent(nullptr);
        server->moveToThread(otherThread());
    }
    const net::ListenOptions options = {.port = order.contains(u"path"_s) ? std::optional<int>()
                                                                          : int(order.value(u"port"_s).toInteger()),
                                        .host = order.value(u"host"_s).toString(u"127.0.0.1"_s),
                                        .path = order.value(u"path"_s).toString(),
                                        .fd = qintptr(order.value(u"fd"_s).toInteger(-1)),
                                        .backlog = int(order.value(u"backlog"_s).toInteger(511)),
                                        .exclusive = order.value(u"exclusive"_s).toBool()};
    QMetaObject::invokeMethod(server, [server, options] { server->listen(options); });
}

// Says who it is, and then sends back what comes.
void Actor::serve(net::Socket *socket, const QString &)
{
    socket->write("worker " + QByteArray::number(m_self->id()) + " pid " + QByteArray::number(::getpid()) + "\n");
    socket->pipe(socket);
}

void Actor::obey(const QCborMap &order, const net::Handle &handle)
{
    const QString what = order.value(u"do"_s).toString();
    const QString name = order.value(u"name"_s).toString();
    net::Socket *const *socket = std::get_if<net::Socket *>(&handle);
    if (socket)
        (*socket)->setParent(this); // what is open at the end goes with us
    if (what == "echo"_L1) {
        m_self->send(QCborMap{{u"told"_s, u"echo"_s}, {u"value"_s, order.value(u"value"_s)}}, handle);
    } else if (what == "tell much"_L1) {
        tell({{u"told"_s, QByteArray(100'000'000, 'x')}});
    } else if (what == "listen"_L1) {
        listen(order);
    } else if (what == "close"_L1) {
        m_servers.value(name)->close();
    } else if (what == "delete"_L1) {
        delete m_servers.take(name);
    } else if (what == "count"_L1) {
        m_servers.value(name)->getConnections(this, [this](const net::Error &, int count) {
            tell({{u"told"_s, u"count"_s}, {u"count"_s, count}});
        });
    } else if (what == "serve"_L1) {
        if (socket)
            serve(*socket, name);
        tell({{u"told"_s, u"serving"_s}, {u"socket"_s, socket != nullptr}});
    } else if (what == "look"_L1) {
        // What a socket has come with, before anybody reads.
        net::Socket *const looked = socket ? *socket : nullptr;
        tell({{u"told"_s, u"looked"_s},
              {u"socket"_s, looked != nullptr},
              {u"paused"_s, looked && looked->isPaused()},
              {u"unread"_s, looked ? looked->readableLength() : -1}});
        if (looked)
            m_kept.append(looked);
    } else if (what == "resume"_L1) {
        net::Socket *const kept = m_kept.takeFirst();
        kept->setAllowHalfOpen(true);
        connect(kept, &net::Socket::data, this, [this](const QByteArray &bytes) {
            tell({{u"told"_s, u"data"_s}, {u"bytes"_s, bytes}});
        });
        connect(kept, &net::Socket::ended, this, [this, kept] {
            tell({{u"told"_s, u"ended"_s}});
            kept->end("bye");
        });
        kept->resume();
    } else if (what == "accept"_L1) {
        if (net::Server *const *server = std::get_if<net::Server *>(&handle))
            connect(*server, &net::Server::connection, this, [this](net::Socket *one) { serve(one, {}); });
        tell({{u"told"_s, u"accepting"_s}, {u"server"_s, handle.index() == 1}});
    } else if (what == "bound"_L1) {
        auto *server = new net::Server(this);
        m_servers.insert(name, server);
        connect(server, &net::Server::connection, this, [this](net::Socket *one) { serve(one, {}); });
        connect(server, &net::Server::listening, this, [this] { tell({{u"told"_s, u"listening"_s}}); });
        server->listen(handle);
    } else if (what == "send back"_L1) {
        // A connection of our own goes to the parent.
        connect(m_servers.value(name), &net::Server::connection, this, [this](net::Socket *one) {
            m_self->send(QCborMap{{u"told"_s, u"yours"_s}}, one);
        });
    } else if (what == "environment"_L1) {
        tell({{u"told"_s, u"environment"_s},
              {u"value"_s, qEnvironmentVariable(order.value(u"variable"_s).toString().toUtf8().constData())}});
    } else if (what == "no descriptors"_L1) {
        // Nothing more can be received.
        const rlimit limit = {64, 4096};
        ::setrlimit(RLIMIT_NOFILE, &limit);
        for (int fd = 0; (fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0;)
            m_hoard.append(fd);
        tell({{u"told"_s, u"limited"_s}});
    } else if (what == "descriptors again"_L1) {
        for (const int fd : std::exchange(m_hoard, {}))
            ::close(fd);
    } else if (what == "block"_L1) {
        // Deaf until killed.
        tell({{u"told"_s, u"blocking"_s}});
        QCoreApplication::processEvents();
        ::pause();
    } else if (what == "exit"_L1) {
        QCoreApplication::exit(int(order.value(u"code"_s).toInteger()));
    } else if (what == "leave"_L1) {
        m_self->disconnectWorker();
    } else if (what == "kill"_L1) {
        m_self->kill();
    } else if (what == "print"_L1) {
        std::puts("printed");
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (!net::Worker::self())
        return 2;
    Actor actor;
    if (app.arguments().contains(u"hello"_s))
        actor.tell({{u"told"_s, u"hello"_s}});
    return app.exec();
}
