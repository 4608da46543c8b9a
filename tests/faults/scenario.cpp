// A server, clients over TCP and a path, a proxy and a file, once. Says "done" if all of it came, "told" if something
// failed and every failure was told as documented; ends with 1 and a reason if something was lost, forgotten or left
// open.
#include <libnet/net.h>
#include <libnet/server.h>
#include <libnet/socket.h>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr int LongestWait = 5000;
constexpr qsizetype Size = 300'000;

bool somethingFailed = false;

[[noreturn]] void broken(const QString &reason)
{
    std::printf("%s\n", qPrintable(reason));
    std::fflush(stdout);
    std::_Exit(1);
}

QByteArray pattern()
{
    QByteArray bytes(Size, Qt::Uninitialized);
    for (qsizetype i = 0; i < Size; ++i)
        bytes[i] = char(i * 31 + i / 251);
    return bytes;
}

/// Sees that a socket ends as documented.
class Witness : public QObject
{
public:
    Witness(net::Socket *socket, const QString &name)
    {
        setObjectName(name);
        connect(socket, &net::Socket::errorOccurred, this, [this](const net::Error &error) {
            if (m_failed || m_closed)
                broken(objectName() + u": an error too many: "_s + error.message());
            if (error.code().isEmpty() || error.message().isEmpty())
                broken(objectName() + u": an error without a name"_s);
            m_failed = somethingFailed = true;
        });
        connect(socket, &net::Socket::data, this, [this](const QByteArray &bytes) {
            if (m_closed || m_ended)
                broken(objectName() + u": data after the end"_s);
            received += bytes;
        });
        connect(socket, &net::Socket::ended, this, [this] { m_ended = true; });
        connect(socket, &net::Socket::closed, this, [this](bool hadError) {
            if (m_closed || hadError != m_failed)
                broken(objectName() + u": a wrong closed()"_s);
            m_closed = true;
        });
    }

    bool isClosed() const { return m_closed; }
    QByteArray received;

private:
    bool m_failed = false;
    bool m_ended = false;
    bool m_closed = false;
};

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

std::vector<std::unique_ptr<Witness>> witnesses;

Witness *witness(net::Socket *socket, const QString &name)
{
    return witnesses.emplace_back(std::make_unique<Witness>(socket, name)).get();
}

template <typename Condition>
void waitFor(const Condition &condition, const QString &what)
{
    const QDeadlineTimer deadline(LongestWait);
    QTimer tick;
    tick.start(20);
    while (!condition()) {
        if (deadline.hasExpired()) {
            QString open;
            for (const std::unique_ptr<Witness> &one : witnesses)
                open += one->isClosed() ? QString() : u' ' + one->objectName();
            broken(u"waits for ever for "_s + what + u':' + open);
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

qsizetype openDescriptors()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::Files | QDir::System).size();
}

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
    path.server.listen(folder.filePath(u"path"_s));
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
    if (!path.hasFailed())
        client(u"path"_s, {.path = folder.filePath(u"path"_s)}, false);
    if (!proxy.hasFailed() && !tcp.hasFailed())
        client(u"proxied"_s, {.port = proxy.server.address().port, .host = u"127.0.0.1"_s}, false);
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
    QCoreApplication app(argc, argv);
    app.setQuitLockEnabled(false);
    const qsizetype before = openDescriptors();
    play();
    witnesses.clear();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    // What a thread keeps: Qt's wake-up, its epoll instance, and the kernel's pipe.
    if (const qsizetype after = openDescriptors(); after > before + 5)
        broken(u"%1 descriptors are left over"_s.arg(after - before));
    std::printf(somethingFailed ? "told\n" : "done\n");
    return 0;
}
