// A server, clients over TCP and a path, a proxy, a file and a pipe, once: with Qt's event dispatcher, or with
// "dispatcher" under libnet's own.
#include "tests/faults/witness.h"

#include <libnet/epolldispatcher.h>
#include <libnet/net.h>
#include <libnet/server.h>

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <list>
#include <sys/socket.h>
#include <unistd.h>

using namespace faults;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Size = 300'000;

QByteArray pattern()
{
    QByteArray bytes(Size, Qt::Uninitialized);
    for (qsizetype i = 0; i < Size; ++i)
        bytes[i] = char(i * 31 + i / 251);
    return bytes;
}

/// One server; what it accepts is told to a function.
class Host : public QObject
{
public:
    net::Server server{net::ServerOptions{.allowHalfOpen = true, .noDelay = true}};
    bool isOver = false;
    int drops = 0;

    Host()
    {
        connect(&server, &net::Server::listening, this, [this] {
            if (server.address().isNull())
                tell(u"nowhere"_s); // told, but not where
            m_told = true;
        });
        connect(&server, &net::Server::drop, this, [this] {
            tell(u"dropped"_s);
            ++drops;
        });
        connect(&server, &net::Server::errorOccurred, this, [this](const net::Error &error) {
            tell(error);
            m_told = m_failed = true;
        });
        connect(&server, &net::Server::closed, this, [this] { isOver = true; });
    }
    bool isReady() const { return m_told; }
    bool hasFailed() const { return m_failed; }

private:
    bool m_told = false;
    bool m_failed = false;
};

/// A client, and all the sockets that its bytes go through.
struct Way
{
    Witness *client;
    quint16 port = 0; ///< its own; 0 for a path
    QList<const Witness *> others = {};
    bool isBroken = false; ///< something on it has told an error

    bool hasFailed() const
    {
        return isBroken || client->hasFailed() ||
               std::any_of(others.cbegin(), others.cend(), [](const Witness *one) { return one->hasFailed(); });
    }
};

/// What a server has accepted, and from which port.
struct Echo
{
    const Witness *witness;
    quint16 port;
};

/// Bytes that have not come must have been told by somebody on their way, or their connection have been dropped.
void check(const std::list<Way> &ways, const QByteArray &sent, int drops)
{
    for (const Way &way : ways) {
        const Witness &client = *way.client;
        if (!sent.startsWith(client.received))
            broken(client.objectName() + u": other bytes came than were sent"_s);
        if (client.received.size() != Size && !way.hasFailed() && drops-- <= 0)
            broken(client.objectName() + u": %1 bytes came, and nothing was told"_s.arg(client.received.size()));
    }
}

void play()
{
    const QTemporaryDir folder;
    const QByteArray sent = pattern();
    QFile file(folder.filePath(u"file"_s));
    if (!file.open(QIODevice::ReadWrite) || file.write(sent) != Size || !file.flush() || !file.seek(0))
        broken(u"no file"_s);

    Host tcp;
    Host path;
    Host proxy;
    std::vector<Echo> echoes;
    const auto echo = [&echoes](net::Socket *socket) {
        echoes.push_back({witness(socket, u"echo"_s), quint16(socket->remotePort())});
        socket->pipe(socket);
    };
    QObject::connect(&tcp.server, &net::Server::connection, echo);
    QObject::connect(&path.server, &net::Server::connection, echo);
    std::list<Way> ways;
    bool proxyHasFailed = false;
    std::vector<std::unique_ptr<net::Socket>> sockets;
    QObject::connect(&proxy.server, &net::Server::connection, [&](net::Socket *from) {
        sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.allowHalfOpen = true}));
        net::Socket *const to = sockets.back().get();
        // Nobody else listens to their data: it may go through the kernel alone.
        for (const auto &[one, other] : {std::pair(from, to), std::pair(to, from)}) {
            QObject::connect(one, &net::Socket::errorOccurred, [&](const net::Error &error) {
                tell(error);
                proxyHasFailed = true;
            });
            QObject::connect(one, &net::Socket::closed, other, [one, other] {
                if (!one->readableEnded() || !one->writableFinished())
                    other->destroy();
            });
        }
        to->connectTo(tcp.server.address().port, u"127.0.0.1"_s);
        from->pipe(to);
        to->pipe(from);
    });
    tcp.server.listen(0, u"127.0.0.1"_s);
    path.server.listen({.path = folder.filePath(u"path"_s), .readableAll = true, .writableAll = true});
    proxy.server.listen(0, u"127.0.0.1"_s);
    for (Host *host : {&tcp, &path, &proxy})
        waitFor([&] { return host->isReady(); }, u"listening"_s);

    const auto client = [&](const QString &name, const net::ConnectOptions &options, int fd = -1) {
        sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.fd = fd, .allowHalfOpen = true}));
        net::Socket *const socket = sockets.back().get();
        Way &way = ways.emplace_back(Way{.client = witness(socket, name)});
        QObject::connect(socket, &net::Socket::connected, [socket, &way] { way.port = quint16(socket->localPort()); });
        socket->connectTo(options);
        if (name == "file"_L1)
            net::pipe(&file, socket);
        else
            socket->end(sent);
        // A file that fails to be read leaves the socket open.
        QObject::connect(socket, &net::Socket::pipeFailed, [socket, &way](QIODevice *, const net::Error &error) {
            tell(error);
            way.isBroken = true;
            socket->destroy();
        });
    };
    if (!tcp.hasFailed()) {
        const quint16 port = tcp.server.address().port;
        client(u"tcp"_s, {.port = port, .host = u"127.0.0.1"_s});
        client(u"file"_s, {.port = port, .host = u"127.0.0.1"_s});
        // Not an address for net::isIP(), so that it is looked up; "localhost" has an answer without that.
        client(u"name"_s, {.port = port, .host = u"127.1"_s, .family = net::Family::IPv4});
        client(u"adopted"_s, {.port = port, .host = u"127.0.0.1"_s}, ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    }
    if (!path.hasFailed())
        client(u"path"_s, {.path = folder.filePath(u"path"_s)});
    if (!proxy.hasFailed() && !tcp.hasFailed())
        client(u"proxied"_s, {.port = proxy.server.address().port, .host = u"127.0.0.1"_s});
    // No socket at all: what goes in at one end of a pipe comes out at the other.
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        broken(u"no pipe"_s);
    sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.fd = ends[0], .readable = true}));
    Way &pipe = ways.emplace_back(Way{.client = witness(sockets.back().get(), u"pipe"_s)});
    sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.fd = ends[1], .writable = true}));
    pipe.others.append(witness(sockets.back().get(), u"into the pipe"_s));
    for (qsizetype at = 0; at < Size; at += Size / 3)
        sockets.back()->write(sent.mid(at, Size / 3));
    sockets.back()->end();

    for (const Way &way : ways)
        waitFor([&] { return way.client->isClosed(); }, way.client->objectName());
    for (Host *host : {&tcp, &path, &proxy})
        host->server.close();
    waitFor(
        [&] {
            for (const std::unique_ptr<Witness> &one : witnesses) {
                if (!one->isClosed())
                    return false;
            }
            return tcp.isOver && path.isOver && proxy.isOver;
        },
        u"the end"_s);
    for (Way &way : ways) {
        const bool isProxied = way.client->objectName() == "proxied"_L1;
        way.isBroken |= isProxied && proxyHasFailed;
        // The port of the proxy's own connection is nobody else's.
        const auto isOf = [](const Way &one, const Echo &echo) {
            return echo.port == one.port && one.client->objectName() != "pipe"_L1;
        };
        for (const Echo &echo : echoes) {
            const bool isOurs =
                isProxied ? std::none_of(ways.cbegin(), ways.cend(), [&](const Way &one) { return isOf(one, echo); })
                          : isOf(way, echo);
            if (isOurs)
                way.others.append(echo.witness);
        }
    }
    check(ways, sent, tcp.drops + path.drops + proxy.drops);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "dispatcher") == 0)
        QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
    QCoreApplication app(argc, argv);
    app.setQuitLockEnabled(false);
    const qsizetype before = openDescriptors();
    for (int left = plays(); left > 0; --left) {
        play();
        witnesses.clear();
    }
    // Waits for a while with all sockets left out, which libnet's dispatcher has a call of its own for.
    QTimer::singleShot(1, &app, [] {});
    QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
    return verdict(before);
}
