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

/// The ways to listen, what a server then says of itself, and how it fails.
class tst_ServerListening : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFreePortIsToldByTheAddress();
    void withoutAHostBothFamiliesAreServed();
    void nothingIsToldFromInsideTheCall();
    void aLiteralHost_data();
    void aLiteralHost();
    void aNamedHost();
    void ipv6OnlyLeavesIpv4Out();
    void reusePortSharesAPort();
    void aPathIsThereAndGoesAgain_data();
    void aPathIsThereAndGoesAgain();
    void anAbstractPathLeavesNoFile();
    void aPathMayBeOpenToAll();
    void portWinsOverPath();
    void theCallbackRunsOnce();
    void theCallbackDiesWithItsContext();
    void aListenerPassedToCreateServerIsConnected();
};

void tst_ServerListening::aFreePortIsToldByTheAddress()
{
    Server server;
    EventLog log(&server);
    QVERIFY(server.address().isNull());
    QVERIFY(!server.isListening());
    server.listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "listening");
    QVERIFY(server.isListening());
    QCOMPARE(server.address().address, u"127.0.0.1"_s);
    QCOMPARE(server.address().family, net::Family::IPv4);
    QVERIFY(server.address().port > 0);
    QVERIFY(RawPeer::connectedTo(server.address().port).isOpen());
    COMPARE_EVENTS(log, "listening, connection");
    server.close();
    QVERIFY(server.address().isNull());
    QVERIFY(!server.isListening());
}

void tst_ServerListening::withoutAHostBothFamiliesAreServed()
{
    Server server;
    EventLog log(&server);
    server.listen(0);
    COMPARE_EVENTS(log, "listening");
    QVERIFY(RawPeer::connectedTo(server.address().port).isOpen());
    COMPARE_EVENTS(log, "listening, connection");
    if (server.address().family != net::Family::IPv6)
        QSKIP("no IPv6 on this machine");
    QCOMPARE(server.address().address, u"::"_s);
    QVERIFY(RawPeer::connectedTo(server.address().port, "::1").isOpen());
    COMPARE_EVENTS(log, "listening, connection, connection");
}

void tst_ServerListening::nothingIsToldFromInsideTheCall()
{
    test::DeafPort taken;
    Server server;
    EventLog log(&server);
    server.listen(0);
    QCOMPARE(log.text(), QString());
    Server failing;
    EventLog failingLog(&failing);
    failing.listen(-1);
    QCOMPARE(failingLog.text(), QString());
    COMPARE_EVENTS(log, "listening");
    COMPARE_EVENTS(failingLog, "error ERR_SOCKET_BAD_PORT, closed");
}

void tst_ServerListening::aLiteralHost_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("family");
    QTest::newRow("IPv4") << u"127.0.0.1"_s << u"IPv4"_s;
    QTest::newRow("another IPv4") << u"127.0.0.3"_s << u"IPv4"_s;
    QTest::newRow("every IPv4") << u"0.0.0.0"_s << u"IPv4"_s;
    QTest::newRow("IPv6") << u"::1"_s << u"IPv6"_s;
}

void tst_ServerListening::aLiteralHost()
{
    QFETCH(QString, host);
    QFETCH(QString, family);
    Server server;
    EventLog log(&server);
    server.listen({.port = 0, .host = host});
    // Not known before listening(), as with Node, which looks up even a literal.
    QVERIFY(server.address().isNull());
    COMPARE_EVENTS(log, "listening");
    QCOMPARE(server.address().address, host);
    QCOMPARE(net::familyName(server.address().family), family);
}

void tst_ServerListening::aNamedHost()
{
    Server server;
    EventLog log(&server);
    server.listen(0, u"localhost"_s);
    QVERIFY(server.address().isNull());
    COMPARE_EVENTS(log, "listening");
    QVERIFY(server.address().address == u"127.0.0.1"_s || server.address().address == u"::1"_s);
}

void tst_ServerListening::ipv6OnlyLeavesIpv4Out()
{
    Server server;
    EventLog log(&server);
    server.listen({.port = 0, .host = u"::"_s, .ipv6Only = true});
    WAIT_FOR(!log.text().isEmpty());
    if (log.text() != u"listening"_s)
        QSKIP("no IPv6 on this machine");
    QVERIFY(!RawPeer::connectedTo(server.address().port).isOpen());
    QVERIFY(RawPeer::connectedTo(server.address().port, "::1").isOpen());
}

void tst_ServerListening::reusePortSharesAPort()
{
    Server first;
    Server second;
    EventLog log;
    log.watch(&first, u"first"_s);
    log.watch(&second, u"second"_s);
    first.listen({.port = 0, .host = u"127.0.0.1"_s, .reusePort = true});
    COMPARE_EVENTS(log, "first listening");
    second.listen({.port = first.address().port, .host = u"127.0.0.1"_s, .reusePort = true});
    COMPARE_EVENTS(log, "first listening, second listening");
    QCOMPARE(first.address(), second.address());
}

void tst_ServerListening::aPathIsThereAndGoesAgain_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"a.sock"_s;
    QTest::newRow("any character") << u"größe und 木.sock"_s;
    QTest::newRow("like an abstract name") << u"@a.sock"_s;
}

void tst_ServerListening::aPathIsThereAndGoesAgain()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    {
        Server server;
        EventLog log(&server);
        server.listen(path);
        COMPARE_EVENTS(log, "listening");
        QCOMPARE(server.address().address, path);
        QCOMPARE(server.address().family, net::Family::Local);
        QVERIFY(QFile::exists(path));
        QVERIFY(RawPeer::connectedTo(path).isOpen());
        COMPARE_EVENTS(log, "listening, connection");
        server.close();
        QVERIFY(!QFile::exists(path));
        WAIT_FOR(log.contains(u"closed"_s));
        server.listen(path);
        WAIT_FOR(server.isListening());
        QVERIFY(QFile::exists(path));
    }
    QVERIFY(!QFile::exists(path)); // destroyed, not closed
}

void tst_ServerListening::anAbstractPathLeavesNoFile()
{
    QTemporaryDir folder;
    const QString here = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder.path()));
    const QString id = u"libnet test %1"_s.arg(QUuid::createUuid().toString(QUuid::WithoutBraces));
    // A file with the name that such a socket is shown by must not go with it.
    QFile shown(folder.filePath(u'@' + id));
    QVERIFY(shown.open(QIODevice::WriteOnly));
    {
        Server server;
        EventLog log(&server);
        server.listen(QChar(0) + id);
        COMPARE_EVENTS(log, "listening");
        QCOMPARE(server.address().address, QChar(0) + id);
        QVERIFY(RawPeer::connectedTo(QChar(0) + id).isOpen());
        COMPARE_EVENTS(log, "listening, connection");
    }
    QVERIFY(shown.exists());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::System).size(), 1);
    QDir::setCurrent(here);
}

static int modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? int(status.st_mode & 0777) : -1;
}

void tst_ServerListening::aPathMayBeOpenToAll()
{
    QTemporaryDir folder;
    const mode_t mask = ::umask(0077);
    Server closed;
    Server readable;
    Server open;
    closed.listen(folder.filePath(u"closed"_s));
    readable.listen({.path = folder.filePath(u"readable"_s), .readableAll = true});
    open.listen({.path = folder.filePath(u"open"_s), .readableAll = true, .writableAll = true});
    WAIT_FOR(closed.isListening() && readable.isListening() && open.isListening());
    ::umask(mask);
    QCOMPARE(modeOf(folder.filePath(u"closed"_s)) & 0066, 0);
    QCOMPARE(modeOf(folder.filePath(u"readable"_s)) & 0066, 0044);
    QCOMPARE(modeOf(folder.filePath(u"open"_s)) & 0066, 0066);
}

void tst_ServerListening::portWinsOverPath()
{
    QTemporaryDir folder;
    Server server;
    EventLog log(&server);
    server.listen({.port = 0, .path = folder.filePath(u"a.sock"_s)});
    COMPARE_EVENTS(log, "listening");
    QVERIFY(server.address().port > 0);
    QVERIFY(!QFile::exists(folder.filePath(u"a.sock"_s)));
}

void tst_ServerListening::theCallbackRunsOnce()
{
    Server server;
    EventLog log(&server);
    server.listen(0, this, [&log] { log.note(u"callback"_s); });
    COMPARE_EVENTS(log, "listening, callback");
    server.close();
    COMPARE_EVENTS(log, "listening, callback, closed");
    server.listen(0);
    COMPARE_EVENTS(log, "listening, callback, closed, listening");

    QTemporaryDir folder;
    Server other;
    bool called = false;
    other.listen(folder.filePath(u"a.sock"_s), this, [&called] { called = true; });
    WAIT_FOR(called);
}

void tst_ServerListening::theCallbackDiesWithItsContext()
{
    Server server;
    EventLog log(&server);
    auto context = std::make_unique<QObject>();
    server.listen({.port = 0}, context.get(), [&log] { log.note(u"callback"_s); });
    context.reset();
    COMPARE_EVENTS(log, "listening");
}

void tst_ServerListening::aListenerPassedToCreateServerIsConnected()
{
    QObject parent;
    net::Server *server =
        net::createServer({.allowHalfOpen = true}, &parent, [](net::Socket *socket) { socket->end("created"); });
    QCOMPARE(server->parent(), &parent);
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    RawPeer peer = RawPeer::connectedTo(server->address().port);
    QCOMPARE(peer.readToEnd(), QByteArray("created"));
}

QTEST_GUILESS_MAIN(tst_ServerListening)
#include "tst_serverlistening.moc"
