// A server, clients over TCP and a path, a proxy, a file and a pipe, once: with Qt's event dispatcher, or with
// "dispatcher" under libnet's own.
#include "tests/faults/witness.h"

#include <libnet/epolldispatcher.h>
#include <libnet/net.h>
#include <libnet/server.h>

#include <QFile>
#include <QTemporaryDir>

#include <cstring>
#include <fcntl.h>
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

    Host()
    {
        connect(&server, &net::Server::listening, this, [this] { m_told = true; });
        connect(&server, &net::Server::drop, this, [] { somethingFailed = true; });
        connect(&server, &net::Server::errorOccurred, this, [this](const net::Error &error) {
            if (error.code().isEmpty())
                broken(u"a server's error without a name"_s);
            m_told = m_failed = somethingFailed = true;
        });
        connect(&server, &net::Server::closed, this, [this] { isOver = true; });
    }
    bool isReady() const { return m_told; }
    bool hasFailed() const { return m_failed; }

private:
    bool m_told = false;
    bool m_failed = false;
};

void echo(net::Socket *socket)
{
    witness(socket, u"echo"_s);
    socket->pipe(socket);
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
    QObject::connect(&tcp.server, &net::Server::connection, echo);
    QObject::connect(&path.server, &net::Server::connection, echo);
    std::vector<std::unique_ptr<net::Socket>> sockets;
    QObject::connect(&proxy.server, &net::Server::connection, [&](net::Socket *from) {
        sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.allowHalfOpen = true}));
        net::Socket *const to = sockets.back().get();
        // Nobody else listens to their data: it may go through the kernel alone.
        for (const auto &[one, other] : {std::pair(from, to), std::pair(to, from)}) {
            QObject::connect(one, &net::Socket::errorOccurred, [] { somethingFailed = true; });
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

    std::vector<Witness *> clients;
    const auto client = [&](const QString &name, const net::ConnectOptions &options, bool fromFile) {
        sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.allowHalfOpen = true}));
        net::Socket *const socket = sockets.back().get();
        clients.push_back(witness(socket, name));
        socket->connectTo(options);
        if (fromFile)
            net::pipe(&file, socket);
        else
            socket->end(sent);
        // A file that fails to be read leaves the socket open.
        QObject::connect(socket, &net::Socket::pipeFailed, [socket] {
            somethingFailed = true;
            socket->destroy();
        });
    };
    if (!tcp.hasFailed()) {
        client(u"tcp"_s, {.port = tcp.server.address().port, .host = u"127.0.0.1"_s}, false);
        client(u"file"_s, {.port = tcp.server.address().port, .host = u"127.0.0.1"_s}, true);
    }
    if (!tcp.hasFailed())
        client(u"name"_s, {.port = tcp.server.address().port, .host = u"localhost"_s, .family = net::Family::IPv4},
               false);
    if (!path.hasFailed())
        client(u"path"_s, {.path = folder.filePath(u"path"_s)}, false);
    if (!proxy.hasFailed() && !tcp.hasFailed())
        client(u"proxied"_s, {.port = proxy.server.address().port, .host = u"127.0.0.1"_s}, false);
    // No socket at all: what goes in at one end of a pipe comes out at the other.
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        broken(u"no pipe"_s);
    sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.fd = ends[0], .readable = true}));
    clients.push_back(witness(sockets.back().get(), u"pipe"_s));
    sockets.push_back(std::make_unique<net::Socket>(net::SocketOptions{.fd = ends[1], .writable = true}));
    witness(sockets.back().get(), u"into the pipe"_s);
    for (qsizetype at = 0; at < Size; at += Size / 3)
        sockets.back()->write(sent.mid(at, Size / 3));
    sockets.back()->end();

    for (Witness *one : clients)
        waitFor([&] { return one->isClosed(); }, one->objectName());
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
    for (Witness *one : clients) {
        if (!sent.startsWith(one->received))
            broken(one->objectName() + u": other bytes came than were sent"_s);
        if (!somethingFailed && one->received.size() != Size)
            broken(one->objectName() + u": %1 bytes came, and nothing was told"_s.arg(one->received.size()));
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "dispatcher") == 0)
        QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
    QCoreApplication app(argc, argv);
    app.setQuitLockEnabled(false);
    const qsizetype before = openDescriptors();
    play();
    // What a thread keeps: Qt's wake-up, its epoll instance, and the kernel's pipe.
    return verdict(before, 5);
}
