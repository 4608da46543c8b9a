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

/// What a server says that cannot listen, and that it can try again.
class tst_ListeningErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listeningTwiceIsToldAndGoesOn();
    void aPortInUseAndTheClassicRetry();
    void listenFromInsideTheError();
    void aPathInUseIsLeftAlone();
    void failuresHaveNodesWords_data();
    void failuresHaveNodesWords();
};

void tst_ListeningErrors::listeningTwiceIsToldAndGoesOn()
{
    Server server;
    EventLog log(&server);
    server.listen(0, u"127.0.0.1"_s);
    server.listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "error ERR_SERVER_ALREADY_LISTEN, listening");
    QCOMPARE(log.error().message(), u"Listen method has been called more than once without closing."_s);
    server.listenDescriptor(RawListener().release());
    COMPARE_EVENTS(log, "error ERR_SERVER_ALREADY_LISTEN, listening, error ERR_SERVER_ALREADY_LISTEN");
    QVERIFY(server.isListening());
    QVERIFY(RawPeer::connectedTo(server.address().port).isOpen());
    WAIT_FOR(log.contains(u"connection"_s));
}

void tst_ListeningErrors::aPortInUseAndTheClassicRetry()
{
    auto taken = std::make_unique<RawListener>();
    const quint16 port = taken->port();
    Server server;
    EventLog log(&server);
    // As the documentation of the first releases has it: wait, close, listen.
    connect(&server, &Server::errorOccurred, this, [&](const net::Error &error) {
        if (error.code() != u"EADDRINUSE"_s)
            return;
        taken.reset();
        QTimer::singleShot(0, &server, [&] {
            server.close();
            server.listen(port, u"127.0.0.1"_s);
        });
    });
    server.listen(port, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "error EADDRINUSE, closed, closed, listening");
    QCOMPARE(log.error().message(), u"listen EADDRINUSE: address already in use 127.0.0.1:%1"_s.arg(port));
    QCOMPARE(log.error().syscall(), u"listen"_s);
    QCOMPARE(log.error().port(), int(port));
    QVERIFY(RawPeer::connectedTo(port).isOpen());
}

void tst_ListeningErrors::listenFromInsideTheError()
{
    RawListener taken;
    Server server;
    EventLog log(&server);
    connect(
        &server, &Server::errorOccurred, this, [&] { server.listen(0, u"127.0.0.1"_s); }, Qt::SingleShotConnection);
    server.listen(taken.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "error EADDRINUSE, listening");
}

void tst_ListeningErrors::aPathInUseIsLeftAlone()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"precious"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Server server;
    EventLog log(&server);
    server.listen(file.fileName());
    COMPARE_EVENTS(log, "error EADDRINUSE, closed");
    QCOMPARE(log.error().message(), u"listen EADDRINUSE: address already in use "_s + file.fileName());
    QCOMPARE(log.error().path(), file.fileName());
    QVERIFY(file.exists());

    const QString path = folder.filePath(u"a.sock"_s);
    Server first;
    Server second;
    first.listen(path);
    second.listen(path);
    EventLog secondLog(&second);
    COMPARE_EVENTS(secondLog, "error EADDRINUSE, closed");
    QVERIFY(RawPeer::connectedTo(path).isOpen());
}

void tst_ListeningErrors::failuresHaveNodesWords_data()
{
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const QString longName = QString(70, u'x') + u".invalid"_s;
    QTest::newRow("an address that is not ours") << 0 << u"192.0.2.1"_s << QString() << u"EADDRNOTAVAIL"_s
                                                 << u"listen EADDRNOTAVAIL: address not available 192.0.2.1"_s;
    QTest::newRow("an unknown name") << 0 << longName << QString() << u"ENOTFOUND"_s
                                     << u"getaddrinfo ENOTFOUND "_s + longName;
    QTest::newRow("a missing folder") << -2 << QString() << u"/nonexistent/a.sock"_s << u"EACCES"_s
                                      << u"listen EACCES: permission denied /nonexistent/a.sock"_s;
    const QString overlong = u"/tmp/"_s + QString(200, u'x');
    QTest::newRow("an over-long path") << -2 << QString() << overlong << u"EINVAL"_s
                                       << u"listen EINVAL: invalid argument "_s + overlong;
    QTest::newRow("a port too large") << 65536 << QString() << QString() << u"ERR_SOCKET_BAD_PORT"_s
                                      << u"options.port should be >= 0 and < 65536. Received type number (65536)."_s;
    QTest::newRow("nothing") << -2 << QString() << QString() << u"ERR_INVALID_ARG_VALUE"_s
                             << u"The argument 'options' must have the property \"port\" or \"path\"."_s;
}

void tst_ListeningErrors::failuresHaveNodesWords()
{
    QFETCH(int, port);
    QFETCH(QString, host);
    QFETCH(QString, path);
    QFETCH(QString, code);
    QFETCH(QString, message);
    Server server;
    EventLog log(&server);
    net::ListenOptions options = {.host = host, .path = path};
    if (port != -2)
        options.port = port;
    server.listen(options);
    QCOMPARE(log.text(), QString());
    WAIT_FOR(log.contains(u"closed"_s));
    test::settle();
    QCOMPARE(log.text(), u"error %1, closed"_s.arg(code));
    QCOMPARE(log.error().message(), message);
    QVERIFY(!server.isListening());
    QVERIFY(server.address().isNull());
    server.listen(0);
    WAIT_FOR(log.contains(u"listening"_s));
}

QTEST_GUILESS_MAIN(tst_ListeningErrors)
#include "tst_listeningerrors.moc"
