#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/server.h>
#include <libnet/socket.h>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawPeer;

/// The end of a server: what close() promises, and what becomes of its connections.
class tst_ServerClosing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void closedComesAfterTheLastConnection();
    void withoutConnectionsItComesAtOnceButLater();
    void theServerIsClosedBeforeTheLastSocketSaysSo();
    void connectionsAreKeptAndGoOn();
    void closeTwiceTellsBothCallbacks();
    void aServerThatNeverListenedIsNotRunning();
    void closeBeforeListeningSuppressesIt_data();
    void closeBeforeListeningSuppressesIt();
    void closeInsideListening();
    void closeInsideConnection();
    void listenInsideClosed();
    void listenRightAfterClose();
    void listenAgainWhileOldConnectionsGoOn();
    void afterCloseClientsAreRefused();
    void connectionsAreCountedLater();
    void destroyedWithItsConnections();
    void aSocketMayOutliveTheServer();
    void aSocketThatWasTakenOverIsKept();
    void theSocketKnowsItsServer();

private:
    static quint16 listenOn(Server &server);
};

quint16 tst_ServerClosing::listenOn(Server &server)
{
    server.listen(0, u"127.0.0.1"_s);
    test::waitFor([&] { return server.isListening(); });
    test::settle();
    return server.address().port;
}

void tst_ServerClosing::closedComesAfterTheLastConnection()
{
    Server server;
    EventLog log(&server);
    const quint16 port = listenOn(server);
    RawPeer first = RawPeer::connectedTo(port);
    RawPeer second = RawPeer::connectedTo(port);
    COMPARE_EVENTS(log, "listening, connection, connection");
    server.close(this, log.noting(u"callback"_s));
    first.close();
    COMPARE_EVENTS(log, "listening, connection, connection");
    second.close();
    COMPARE_EVENTS(log, "listening, connection, connection, closed, callback");
}

void tst_ServerClosing::withoutConnectionsItComesAtOnceButLater()
{
    Server server;
    EventLog log(&server);
    listenOn(server);
    server.close(this, log.noting(u"callback"_s));
    QCOMPARE(log.text(), u"listening"_s);
    COMPARE_EVENTS(log, "listening, closed, callback");
}

void tst_ServerClosing::theServerIsClosedBeforeTheLastSocketSaysSo()
{
    Server server;
    EventLog log;
    connect(&server, &Server::connection, this, [&log](Socket *socket) { log.watch(socket, u"socket"_s); });
    log.watch(&server, u"server"_s);
    RawPeer peer = RawPeer::connectedTo(listenOn(server));
    COMPARE_EVENTS(log, "server listening, server connection");
    server.close();
    peer.close();
    COMPARE_EVENTS(log,
                   "server listening, server connection, socket ended, socket finish, server closed, socket closed");
}

void tst_ServerClosing::connectionsAreKeptAndGoOn()
{
    Server server;
    EventLog log(&server);
    QPointer<Socket> accepted;
    connect(&server, &Server::connection, this, [&accepted](Socket *socket) { accepted = socket; });
    RawPeer peer = RawPeer::connectedTo(listenOn(server));
    COMPARE_EVENTS(log, "listening, connection");
    server.close();
    QVERIFY(peer.write("still"));
    WAIT_FOR(accepted->bytesRead() == 5);
    accepted->write("there");
    QCOMPARE(peer.read(5), QByteArray("there"));
    QCOMPARE(log.text(), u"listening, connection"_s);
}

void tst_ServerClosing::closeTwiceTellsBothCallbacks()
{
    Server server;
    EventLog log(&server);
    listenOn(server);
    server.close(this, log.noting(u"first"_s));
    server.close(this, log.noting(u"second"_s));
    COMPARE_EVENTS(log, "listening, closed, first, second ERR_SERVER_NOT_RUNNING, closed");
}

void tst_ServerClosing::aServerThatNeverListenedIsNotRunning()
{
    Server server;
    EventLog log(&server);
    net::Error error;
    server.close(this, [&](const net::Error &told) {
        error = told;
        log.note(u"callback"_s);
    });
    COMPARE_EVENTS(log, "closed, callback");
    QCOMPARE(error.code(), u"ERR_SERVER_NOT_RUNNING"_s);
    QCOMPARE(error.message(), u"Server is not running."_s);
}

void tst_ServerClosing::closeBeforeListeningSuppressesIt_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("story");
    // Node has a handle already without a host, and none while it looks up even a literal.
    QTest::newRow("no host") << QString() << u"closed, callback"_s;
    QTest::newRow("literal") << u"127.0.0.1"_s << u"closed, callback ERR_SERVER_NOT_RUNNING"_s;
    QTest::newRow("name") << u"localhost"_s << u"closed, callback ERR_SERVER_NOT_RUNNING"_s;
}

void tst_ServerClosing::closeBeforeListeningSuppressesIt()
{
    QFETCH(QString, host);
    QFETCH(QString, story);
    Server server;
    EventLog log(&server);
    server.listen(0, host);
    server.close(this, log.noting(u"callback"_s));
    QCOMPARE(log.textLike(story), story);
    QVERIFY(!server.isListening());
    // By the time another lookup is answered, so would have been the first one.
    Server other;
    other.listen(0, u"localhost"_s);
    WAIT_FOR(other.isListening());
    test::settle();
    QCOMPARE(log.text(), story);
}

void tst_ServerClosing::closeInsideListening()
{
    Server server;
    EventLog log(&server);
    server.listen(0, this, [&] { server.close(this, log.noting(u"callback"_s)); });
    COMPARE_EVENTS(log, "listening, closed, callback");
}

void tst_ServerClosing::closeInsideConnection()
{
    Server server;
    EventLog log(&server);
    connect(&server, &Server::connection, this, [&](Socket *socket) {
        server.close(this, log.noting(u"callback"_s));
        socket->end("bye");
    });
    const quint16 port = listenOn(server);
    RawPeer peer = RawPeer::connectedTo(port);
    RawPeer tooLate = RawPeer::connectedTo(port);
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
    peer.close();
    COMPARE_EVENTS(log, "listening, connection, closed, callback");
    // It waited in the queue that is gone, and is told so.
    QCOMPARE(tooLate.readToEnd(), QByteArray());
}

void tst_ServerClosing::listenInsideClosed()
{
    Server server;
    EventLog log(&server);
    connect(
        &server, &Server::closed, this, [&] { server.listen(0); }, Qt::SingleShotConnection);
    listenOn(server);
    server.close();
    COMPARE_EVENTS(log, "listening, closed, listening");
    server.close();
    COMPARE_EVENTS(log, "listening, closed, listening, closed");
}

void tst_ServerClosing::listenRightAfterClose()
{
    Server server;
    EventLog log(&server);
    listenOn(server);
    server.close(this, log.noting(u"callback"_s));
    server.listen(0);
    COMPARE_EVENTS(log, "listening, closed, callback, listening");
    QVERIFY(server.isListening());
}

void tst_ServerClosing::listenAgainWhileOldConnectionsGoOn()
{
    Server server;
    EventLog log(&server);
    RawPeer old = RawPeer::connectedTo(listenOn(server));
    COMPARE_EVENTS(log, "listening, connection");
    server.close(this, log.noting(u"callback"_s));
    const quint16 port = listenOn(server);
    COMPARE_EVENTS(log, "listening, connection, listening");
    old.close();
    RawPeer fresh = RawPeer::connectedTo(port);
    COMPARE_EVENTS(log, "listening, connection, listening, connection");
    fresh.close();
    server.close();
    COMPARE_EVENTS(log, "listening, connection, listening, connection, closed, callback");
}

void tst_ServerClosing::afterCloseClientsAreRefused()
{
    Server server;
    const quint16 port = listenOn(server);
    QVERIFY(RawPeer::connectedTo(port).isOpen());
    server.close();
    QVERIFY(!RawPeer::connectedTo(port).isOpen());
}

void tst_ServerClosing::connectionsAreCountedLater()
{
    Server server;
    EventLog log(&server);
    const auto count = [&] {
        server.getConnections(this, [&log](const net::Error &error, int connections) {
            log.note(error ? error.code() : u"%1 open"_s.arg(connections));
        });
    };
    count();
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "0 open");
    const quint16 port = listenOn(server);
    RawPeer first = RawPeer::connectedTo(port);
    RawPeer second = RawPeer::connectedTo(port);
    COMPARE_EVENTS(log, "0 open, listening, connection, connection");
    count();
    COMPARE_EVENTS(log, "0 open, listening, connection, connection, 2 open");
    first.close();
    test::waitFor([&] { return server.findChildren<Socket *>().size() == 1; });
    count();
    COMPARE_EVENTS(log, "0 open, listening, connection, connection, 2 open, 1 open");
    {
        QObject context;
        server.getConnections(&context, [&log] { log.note(u"gone"_s); });
    }
    test::settle();
    QVERIFY(!log.contains(u"gone"_s));
}

void tst_ServerClosing::destroyedWithItsConnections()
{
    EventLog log;
    auto server = std::make_unique<Server>();
    log.watch(server.get());
    connect(server.get(), &Server::connection, this, [&log](Socket *socket) { log.watch(socket, u"socket"_s); });
    RawPeer peer = RawPeer::connectedTo(listenOn(*server));
    COMPARE_EVENTS(log, "listening, connection");
    server.reset();
    QCOMPARE(peer.readToEnd(), QByteArray());
    test::settle();
    QCOMPARE(log.text(), u"listening, connection"_s);
}

void tst_ServerClosing::aSocketMayOutliveTheServer()
{
    std::unique_ptr<Socket> taken;
    auto server = std::make_unique<Server>();
    connect(server.get(), &Server::connection, this, [&taken](Socket *socket) {
        socket->setParent(nullptr);
        socket->setAutoDelete(false);
        taken.reset(socket);
    });
    RawPeer peer = RawPeer::connectedTo(listenOn(*server));
    WAIT_FOR(taken);
    QCOMPARE(taken->server(), server.get());
    server.reset();
    QCOMPARE(taken->server(), nullptr);
    EventLog log(taken.get());
    taken->write("alive");
    QCOMPARE(peer.read(5), QByteArray("alive"));
    peer.close();
    COMPARE_EVENTS(log, "ended, finish, closed");
}

void tst_ServerClosing::aSocketThatWasTakenOverIsKept()
{
    QObject parent;
    QPointer<Socket> taken;
    QPointer<Socket> left;
    Server server;
    EventLog log;
    connect(&server, &Server::connection, this, [&](Socket *socket) {
        log.watch(socket);
        if (taken) {
            left = socket;
        } else {
            taken = socket;
            socket->setParent(&parent);
        }
    });
    const quint16 port = listenOn(server);
    RawPeer::connectedTo(port).close();
    WAIT_FOR(taken && taken->isDestroyed());
    RawPeer::connectedTo(port).close();
    WAIT_FOR(log.count(u"closed"_s) == 2);
    WAIT_FOR(left.isNull());
    QVERIFY(taken);
    // Both are counted as gone.
    int open = -1;
    server.getConnections(this, [&open](const net::Error &, int count) { open = count; });
    WAIT_FOR(open == 0);
}

void tst_ServerClosing::theSocketKnowsItsServer()
{
    Server server;
    QPointer<Socket> accepted;
    connect(&server, &Server::connection, this, [&accepted](Socket *socket) { accepted = socket; });
    RawPeer peer = RawPeer::connectedTo(listenOn(server));
    WAIT_FOR(accepted);
    QCOMPARE(accepted->server(), &server);
    QCOMPARE(accepted->parent(), &server);
    QVERIFY(accepted->autoDelete());
    QCOMPARE(accepted->remotePort(), int(peer.localPort()));
    QCOMPARE(accepted->localPort(), int(server.address().port));
    QCOMPARE(Socket().server(), nullptr);
}

QTEST_GUILESS_MAIN(tst_ServerClosing)
#include "tst_serverclosing.moc"
