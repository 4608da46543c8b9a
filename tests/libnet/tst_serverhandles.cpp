#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/boundsocket.h>
#include <libnet/net.h>

#include <fcntl.h>

using namespace Qt::StringLiterals;
using net::BoundSocket;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Listening on a socket that exists already: another server's, a BoundSocket, what a socket is bound to, a descriptor.
class tst_ServerHandles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoListenedLastGetsTheConnections_data();
    void whoListenedLastGetsTheConnections();
    void closingEitherClosesThePort_data();
    void closingEitherClosesThePort();
    void theGiverMayGo();
    void theTakerTakesThePortAlong();
    void aHandleGoesFromHandToHand();
    void aHandleIsHandedOverInsideConnection();
    void aGiverListensElsewhere();
    void aServerThatDoesNotListenHasNothingToGive();
    void aServerOfAnotherThreadIsRefused();
    void whoMovesToAnotherThreadTakesThePortAlong();
    void aDescriptorAmongTheOptions();
    void aStopClosesTheServer_data();
    void aStopClosesTheServer();

private:
    QTemporaryDir m_folder;
    net::ListenOptions where(const QString &kind) const;
    static RawPeer connectedTo(const net::SocketAddress &address);
};

net::ListenOptions tst_ServerHandles::where(const QString &kind) const
{
    return kind == u"tcp"_s ? net::ListenOptions{.port = 0, .host = u"127.0.0.1"_s}
                            : net::ListenOptions{.path = m_folder.filePath(u"shared.sock"_s)};
}

RawPeer tst_ServerHandles::connectedTo(const net::SocketAddress &address)
{
    return address.family == net::Family::Local ? RawPeer::connectedTo(address.address)
                                                : RawPeer::connectedTo(address.port);
}

void tst_ServerHandles::whoListenedLastGetsTheConnections_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("tcp") << u"tcp"_s;
    QTest::newRow("path") << u"path"_s;
}

void tst_ServerHandles::whoListenedLastGetsTheConnections()
{
    QFETCH(QString, kind);
    Server first;
    Server second;
    EventLog log;
    log.watch(&first, u"first"_s);
    log.watch(&second, u"second"_s);
    first.listen(where(kind));
    COMPARE_EVENTS(log, "first listening");
    second.listen(&first);
    QVERIFY(second.isListening());
    COMPARE_EVENTS(log, "first listening, second listening");
    QCOMPARE(second.address(), first.address());
    QVERIFY(first.isListening());
    const RawPeer peer = connectedTo(first.address());
    COMPARE_EVENTS(log, "first listening, second listening, second connection");
    first.listen(&second);
    WAIT_FOR(log.text().endsWith(u"error ERR_SERVER_ALREADY_LISTEN"_s));
}

void tst_ServerHandles::closingEitherClosesThePort_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("firstCloses");
    for (const char *kind : {"tcp", "path"}) {
        QTest::addRow("%s: the giver", kind) << QString::fromLatin1(kind) << true;
        QTest::addRow("%s: the taker", kind) << QString::fromLatin1(kind) << false;
    }
}

void tst_ServerHandles::closingEitherClosesThePort()
{
    QFETCH(QString, kind);
    QFETCH(bool, firstCloses);
    Server first;
    Server second;
    first.listen(where(kind));
    WAIT_FOR(first.isListening());
    second.listen(&first);
    const net::SocketAddress address = first.address();
    Server &closing = firstCloses ? first : second;
    Server &other = firstCloses ? second : first;
    EventLog log;
    log.watch(&closing, u"closing"_s);
    log.watch(&other, u"other"_s);
    test::settle();
    closing.close(this, log.noting(u"callback"_s));
    QVERIFY(!connectedTo(address).isOpen());
    QVERIFY(other.isListening()); // as Node says it: its handle is not its own any more
    QVERIFY(other.address().isNull());
    WAIT_FOR(log.contains(u"closing closed"_s));
    other.close(this, log.noting(u"callback of the other"_s));
    WAIT_FOR(log.contains(u"callback of the other"_s));
    QVERIFY(!other.isListening());
    QVERIFY(log.contains(u"other closed"_s));
    if (kind == u"path"_s)
        QVERIFY(!QFile::exists(address.address));
}

void tst_ServerHandles::theGiverMayGo()
{
    auto first = std::make_unique<Server>();
    Server second;
    EventLog log(&second);
    first->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(first->isListening());
    second.listen(first.get());
    first.reset();
    const RawPeer peer = connectedTo(second.address());
    COMPARE_EVENTS(log, "listening, connection");
}

void tst_ServerHandles::theTakerTakesThePortAlong()
{
    Server first;
    auto second = std::make_unique<Server>();
    first.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(first.isListening());
    const net::SocketAddress address = first.address();
    second->listen(&first);
    second.reset();
    QVERIFY(!connectedTo(address).isOpen());
    QVERIFY(first.address().isNull());
    EventLog log(&first);
    first.close();
    COMPARE_EVENTS(log, "closed");
    first.listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "closed, listening");
    QVERIFY(connectedTo(first.address()).isOpen());
}

void tst_ServerHandles::aHandleGoesFromHandToHand()
{
    Server servers[4];
    servers[0].listen(0, u"127.0.0.1"_s);
    WAIT_FOR(servers[0].isListening());
    const net::SocketAddress address = servers[0].address();
    EventLog log;
    for (int i = 1; i < 4; ++i) {
        servers[i].listen(&servers[i - 1]);
        log.watch(&servers[i], QString::number(i));
    }
    for (const Server &server : servers)
        QCOMPARE(server.address(), address);
    const RawPeer peer = connectedTo(address);
    WAIT_FOR(log.contains(u"3 connection"_s));
    Server last;
    EventLog lastLog(&last);
    last.listen(&servers[0]); // whose socket the fourth has by now
    COMPARE_EVENTS(lastLog, "listening");
    const RawPeer another = connectedTo(address);
    COMPARE_EVENTS(lastLog, "listening, connection");
    servers[1].close();
    QVERIFY(!connectedTo(address).isOpen());
}

void tst_ServerHandles::aHandleIsHandedOverInsideConnection()
{
    // Three clients wait already, so that all could be accepted in one turn.
    for (const QString &kind : {u"tcp"_s, u"path"_s, u"adopted"_s}) {
        const QString path = m_folder.filePath(u"adopted.sock"_s);
        Server first;
        Server second;
        int firsts = 0;
        int seconds = 0;
        connect(&first, &Server::connection, this, [&] {
            if (++firsts == 1)
                second.listen(&first);
        });
        connect(&second, &Server::connection, this, [&] { ++seconds; });
        if (kind == u"adopted"_s)
            first.listenDescriptor(RawListener(path).release());
        else
            first.listen(where(kind));
        if (kind == u"tcp"_s)
            WAIT_FOR(first.isListening());
        const net::SocketAddress address = first.address();
        std::vector<RawPeer> peers;
        for (int i = 0; i < 3; ++i)
            peers.push_back(connectedTo(address));
        WAIT_FOR(firsts + seconds == 3);
        QCOMPARE(firsts, 1);
        QFile::remove(path);
    }
}

void tst_ServerHandles::aGiverListensElsewhere()
{
    Server first;
    Server second;
    first.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(first.isListening());
    second.listen(&first);
    second.close();
    EventLog log(&second);
    WAIT_FOR(log.contains(u"closed"_s));
    second.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(second.isListening());
    // What the first one closes is the port they shared, which is gone; not the new one.
    first.close();
    QVERIFY(connectedTo(second.address()).isOpen());
}

void tst_ServerHandles::aServerThatDoesNotListenHasNothingToGive()
{
    Server idle;
    Socket socket;
    for (const net::ListenHandle &handle :
         {net::ListenHandle(&idle), net::ListenHandle(&socket), net::ListenHandle(static_cast<Server *>(nullptr))}) {
        Server server;
        EventLog log(&server);
        server.listen(handle);
        QCOMPARE(log.text(), QString());
        COMPARE_EVENTS(log, "error ERR_INVALID_ARG_VALUE, closed");
        server.listen(0, u"127.0.0.1"_s);
        COMPARE_EVENTS(log, "error ERR_INVALID_ARG_VALUE, closed, listening");
    }
}

void tst_ServerHandles::aServerOfAnotherThreadIsRefused()
{
    QThread thread;
    thread.start();
    auto *there = new Server;
    there->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(there->isListening());
    there->moveToThread(&thread);
    Server here;
    EventLog log(&here);
    here.listen(there);
    COMPARE_EVENTS(log, "error ERR_INVALID_ARG_VALUE, closed");
    there->deleteLater();
    thread.quit();
    QVERIFY(thread.wait());
}

void tst_ServerHandles::whoMovesToAnotherThreadTakesThePortAlong()
{
    QThread thread;
    thread.start();
    Server first;
    auto *second = new Server;
    first.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(first.isListening());
    const net::SocketAddress address = first.address();
    second->listen(&first);
    connect(second, &Server::connection, second, [](Socket *socket) { socket->end("from there"); });
    test::settle();
    second->moveToThread(&thread);
    QVERIFY(first.address().isNull());
    first.close();
    RawPeer peer = connectedTo(address);
    QCOMPARE(peer.readToEnd(), QByteArray("from there"));
    second->deleteLater();
    thread.quit();
    QVERIFY(thread.wait());
}

void tst_ServerHandles::aDescriptorAmongTheOptions()
{
    RawListener listener;
    const quint16 port = listener.port();
    Server server;
    EventLog log(&server);
    server.listen({.port = 1, .fd = listener.release(), .backlog = 3});
    COMPARE_EVENTS(log, "listening");
    QCOMPARE(server.address().port, port);
    Server wrong;
    EventLog wrongLog(&wrong);
    wrong.listen({.fd = 987});
    COMPARE_EVENTS(wrongLog, "error EINVAL, closed");
}

void tst_ServerHandles::aStopClosesTheServer_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("story");
    QTest::newRow("before") << u"before"_s << u"closed"_s;
    QTest::newRow("while it listens") << u"later"_s << u"listening, closed"_s;
    QTest::newRow("in another thread") << u"thread"_s << u"listening, closed"_s;
    QTest::newRow("before, in vain") << u"in vain"_s << u"error ERR_SOCKET_BAD_PORT, closed"_s;
    QTest::newRow("after close") << u"after"_s << u"listening, closed, listening"_s;
}

void tst_ServerHandles::aStopClosesTheServer()
{
    QFETCH(QString, when);
    QFETCH(QString, story);
    std::stop_source stop;
    Server server;
    EventLog log(&server);
    const bool before = when == u"before"_s || when == u"in vain"_s;
    if (before)
        stop.request_stop();
    server.listen({.port = when == u"in vain"_s ? -1 : 0, .host = u"127.0.0.1"_s, .signal = stop.get_token()});
    if (!before)
        WAIT_FOR(log.contains(u"listening"_s));
    if (when == u"after"_s) {
        server.close();
        WAIT_FOR(log.contains(u"closed"_s));
        server.listen(0, u"127.0.0.1"_s);
        WAIT_FOR(log.count(u"listening"_s) == 2);
        stop.request_stop();
        test::settle();
        QVERIFY(server.isListening());
    } else if (when == u"thread"_s) {
        const std::unique_ptr<QThread> thread(QThread::create([&stop] { stop.request_stop(); }));
        thread->start();
        QVERIFY(thread->wait());
    } else if (!before) {
        stop.request_stop();
        QVERIFY(!server.isListening()); // at once, as in Node
    }
    QCOMPARE(log.textLike(story), story);
}

QTEST_GUILESS_MAIN(tst_ServerHandles)
#include "tst_serverhandles.moc"
