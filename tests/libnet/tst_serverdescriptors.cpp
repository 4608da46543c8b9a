#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/net.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using net::Server;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Servers on descriptors that somebody else has made.
class tst_ServerDescriptors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aListeningDescriptorIsAdopted_data();
    void aListeningDescriptorIsAdopted();
    void aBoundDescriptorIsMadeToListen();
    void anAdoptedPathIsLeftAlone();
    void aWrongDescriptorIsInvalid();
};

void tst_ServerDescriptors::aListeningDescriptorIsAdopted_data()
{
    QTest::addColumn<bool>("local");
    QTest::newRow("tcp") << false;
    QTest::newRow("path") << true;
}

void tst_ServerDescriptors::aListeningDescriptorIsAdopted()
{
    QFETCH(bool, local);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    const std::unique_ptr<RawListener> listener =
        local ? std::make_unique<RawListener>(path) : std::make_unique<RawListener>();
    const quint16 port = local ? 0 : listener->port();
    // A client that waits already, and one that comes later.
    RawPeer early = local ? RawPeer::connectedTo(path) : RawPeer::connectedTo(port);
    const int fd = listener->release();
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    Server server;
    EventLog log(&server);
    connect(&server, &Server::connection, this, [](net::Socket *socket) { socket->end("hello"); });
    server.listenDescriptor(fd);
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "listening, connection");
    if (local)
        QCOMPARE(server.address().address, path);
    else
        QCOMPARE(server.address().port, port);
    RawPeer late = local ? RawPeer::connectedTo(path) : RawPeer::connectedTo(port);
    QCOMPARE(early.readToEnd(), QByteArray("hello"));
    QCOMPARE(late.readToEnd(), QByteArray("hello"));
    server.close();
    QVERIFY(::fcntl(fd, F_GETFD) < 0); // it was ours
}

void tst_ServerDescriptors::aBoundDescriptorIsMadeToListen()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in any = {};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::bind(fd, reinterpret_cast<sockaddr *>(&any), sizeof any), 0);
    Server server;
    EventLog log(&server);
    server.listenDescriptor(fd);
    COMPARE_EVENTS(log, "listening");
    QVERIFY(RawPeer::connectedTo(server.address().port).isOpen());
    COMPARE_EVENTS(log, "listening, connection");
}

void tst_ServerDescriptors::anAdoptedPathIsLeftAlone()
{
    // The path belongs to whoever made it, perhaps another process that goes on listening.
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    RawListener listener(path);
    const int copy = ::dup(listener.descriptor());
    {
        Server server;
        EventLog log(&server);
        server.listenDescriptor(copy);
        COMPARE_EVENTS(log, "listening");
        server.close();
        COMPARE_EVENTS(log, "listening, closed");
    }
    QVERIFY(QFile::exists(path));
    RawPeer peer = RawPeer::connectedTo(path);
    QVERIFY(peer.isOpen());
    QVERIFY(listener.accept().isOpen());
}

void tst_ServerDescriptors::aWrongDescriptorIsInvalid()
{
    const int file = ::open("/dev/null", O_RDONLY);
    const int datagrams = ::socket(AF_INET, SOCK_DGRAM, 0);
    for (const int fd : {987, file, datagrams}) {
        Server server;
        EventLog log(&server);
        server.listenDescriptor(fd);
        COMPARE_EVENTS(log, "error EINVAL, closed");
        QCOMPARE(log.error().message(), u"listen EINVAL: invalid argument"_s);
    }
}

QTEST_GUILESS_MAIN(tst_ServerDescriptors)
#include "tst_serverdescriptors.moc"
