#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include "libnet/stream/livehandles.h"

#include <libnet/server.h>
#include <libnet/socket.h>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What keeps QCoreApplication::exec() going, and what lets it return by itself.
class tst_KeepingRunning : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void aListeningServerKeepsRunningUntilItCloses();
    void anUnreferencedServerDoesNot();
    void aServerReferencedAgainDoes();
    void aConnectingSocketKeepsRunningUntilItFails();
    void anOpenSocketKeepsRunningUntilItCloses();
    void anUnreferencedSocketDoesNot();
    void unrefIsRememberedFromBefore();
    void theLastOfManyDecides();
    void aDeletedSocketLetsGo();
    void aSocketOfAnotherThreadCountsToo();
    void anotherLoopCanTakeOver();
    void aThreadWithALoopOfItsOwnCountsForItself();

private:
    static bool quitsByItself(const std::function<void()> &script);
};

void tst_KeepingRunning::cleanup()
{
    test::settle();
    QCOMPARE(net::liveHandleCount(), 0);
}

// Runs the application; \a script is called inside. False if it has to be stopped after a long while.
bool tst_KeepingRunning::quitsByItself(const std::function<void()> &script)
{
    constexpr int Stopped = 99;
    QTimer stop;
    stop.setSingleShot(true);
    connect(&stop, &QTimer::timeout, [] { QCoreApplication::exit(Stopped); });
    stop.start(test::LongestWait);
    QTimer::singleShot(0, script);
    return QCoreApplication::exec() != Stopped;
}

void tst_KeepingRunning::aListeningServerKeepsRunningUntilItCloses()
{
    Server server;
    EventLog log(&server);
    // The client comes in a later turn of the loop: until then nothing but the server keeps it going.
    connect(&server, &Server::listening, this,
            [&] { QTimer::singleShot(1, this, [&] { RawPeer::connectedTo(server.address().port); }); });
    connect(&server, &Server::connection, this, [&](Socket *socket) {
        server.close();
        connect(socket, &Socket::closed, this, [&log] { log.note(u"socket closed"_s); });
    });
    QVERIFY(quitsByItself([&] { server.listen(0, u"127.0.0.1"_s); }));
    QCOMPARE(log.text(), u"listening, connection, closed, socket closed"_s);
}

void tst_KeepingRunning::anUnreferencedServerDoesNot()
{
    Server server;
    QVERIFY(quitsByItself([&] {
        server.listen(0);
        QCOMPARE(net::liveHandleCount(), 1);
        server.unref();
    }));
    QVERIFY(server.isListening());
    QCOMPARE(net::liveHandleCount(), 0);
}

void tst_KeepingRunning::aServerReferencedAgainDoes()
{
    Server server;
    bool closed = false;
    connect(&server, &Server::closed, this, [&closed] { closed = true; });
    QVERIFY(quitsByItself([&] {
        Server keeper; // the count must not touch 0 meanwhile
        keeper.listen(0);
        server.listen(0);
        server.unref();
        server.unref();
        server.ref();
        QTimer::singleShot(1, &server, [&server] { server.close(); });
    }));
    QVERIFY(closed);
}

void tst_KeepingRunning::aConnectingSocketKeepsRunningUntilItFails()
{
    test::DeafPort deaf;
    Socket socket;
    EventLog log(&socket);
    QVERIFY(quitsByItself([&] { socket.connectTo(deaf.port(), u"localhost"_s); }));
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error");
}

void tst_KeepingRunning::anOpenSocketKeepsRunningUntilItCloses()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    RawPeer peer;
    connect(&socket, &Socket::ready, this, [&] {
        QTimer::singleShot(1, this, [&] {
            peer = listener.accept();
            peer.write("abc");
        });
    });
    connect(&socket, &Socket::data, this, [&] { QTimer::singleShot(1, this, [&] { peer.close(); }); });
    QVERIFY(quitsByItself([&] { socket.connectTo(listener.port(), u"127.0.0.1"_s); }));
    QVERIFY(log.text().startsWith(u"connected, ready, data 3, ended, finish"_s));
}

void tst_KeepingRunning::anUnreferencedSocketDoesNot()
{
    RawListener listener;
    Socket socket;
    QVERIFY(quitsByItself([&] {
        socket.connectTo(listener.port(), u"127.0.0.1"_s);
        connect(&socket, &Socket::ready, this, [&socket] { socket.unref(); });
    }));
    QVERIFY(!socket.isDestroyed());
    QVERIFY(!socket.isPending());
}

void tst_KeepingRunning::unrefIsRememberedFromBefore()
{
    RawListener listener;
    Socket socket;
    socket.unref();
    Server server;
    server.unref();
    QVERIFY(quitsByItself([&] {
        socket.connectTo(listener.port(), u"127.0.0.1"_s);
        server.listen(0);
        QCOMPARE(net::liveHandleCount(), 0);
        Server last; // the only one that counts
        last.listen(0);
        QCOMPARE(net::liveHandleCount(), 1);
    }));
}

void tst_KeepingRunning::theLastOfManyDecides()
{
    RawListener listener;
    Server server;
    Socket first;
    Socket second;
    int closed = 0;
    for (Socket *socket : {&first, &second})
        connect(socket, &Socket::closed, this, [&closed] { ++closed; });
    connect(&first, &Socket::closed, this, [&] {
        QCOMPARE(net::liveHandleCount(), 1);
        QTimer::singleShot(1, this, [&] { second.destroy(); });
    });
    QVERIFY(quitsByItself([&] {
        server.listen(0);
        first.connectTo(listener.port(), u"127.0.0.1"_s);
        second.connectTo(listener.port(), u"127.0.0.1"_s);
        QCOMPARE(net::liveHandleCount(), 3);
        QTimer::singleShot(1, this, [&] { server.close(); });
        QTimer::singleShot(2, this, [&] { first.destroy(); });
    }));
    test::settle();
    QCOMPARE(closed, 2);
}

void tst_KeepingRunning::aDeletedSocketLetsGo()
{
    RawListener listener;
    auto *socket = new Socket;
    connect(socket, &Socket::ready, this, [socket] { delete socket; });
    QVERIFY(quitsByItself([&] { socket->connectTo(listener.port(), u"127.0.0.1"_s); }));
    auto *server = new Server;
    connect(server, &Server::listening, this, [server] { delete server; });
    QVERIFY(quitsByItself([&] { server->listen(0); }));
}

void tst_KeepingRunning::aSocketOfAnotherThreadCountsToo()
{
    RawListener listener;
    QThread thread;
    auto *socket = new Socket;
    socket->moveToThread(&thread);
    connect(&thread, &QThread::finished, socket, &QObject::deleteLater);
    connect(socket, &Socket::ready, socket, [socket] { socket->destroy(); });
    thread.start();
    const bool quit = quitsByItself([&] {
        QMetaObject::invokeMethod(
            socket, [&] { socket->connectTo(listener.port(), u"127.0.0.1"_s); }, Qt::QueuedConnection);
    });
    thread.quit();
    QVERIFY(thread.wait(test::LongestWait));
    QVERIFY(quit);
}

static QList<bool> hookCalls;

void tst_KeepingRunning::anotherLoopCanTakeOver()
{
    hookCalls.clear();
    net::setLiveHandleHook([](bool alive) { hookCalls.append(alive); });
    {
        Server server;
        Server other;
        server.listen(0);
        other.listen(0);
        other.unref();
        other.ref();
        QCOMPARE(hookCalls, QList<bool>({true}));
        QCOMPARE(net::liveHandleCount(), 2);
    }
    QCOMPARE(hookCalls, QList<bool>({true, false}));
    net::setLiveHandleHook(nullptr);
}

static std::atomic<int> ownCalls = 0;

void tst_KeepingRunning::aThreadWithALoopOfItsOwnCountsForItself()
{
    hookCalls.clear();
    net::setLiveHandleHook([](bool alive) { hookCalls.append(alive); });
    QThread thread;
    thread.start();
    auto *server = new Server;
    QObject there;
    there.moveToThread(&thread);
    QMetaObject::invokeMethod(
        &there, [] { net::setLiveHandleHook([](bool alive) { ownCalls += alive ? 1 : 100; }); },
        Qt::BlockingQueuedConnection);
    server->listen(0);
    QCOMPARE(hookCalls, QList<bool>({true}));
    server->moveToThread(&thread);
    QMetaObject::invokeMethod(
        &there, [server] { server->unref(); }, Qt::BlockingQueuedConnection);
    QCOMPARE(hookCalls, QList<bool>({true, false}));
    QCOMPARE(ownCalls, 101);
    // The server's share is still held, and goes with what counted it.
    QMetaObject::invokeMethod(
        &there,
        [server] {
            server->ref();
            net::setLiveHandleHook(nullptr);
            delete server;
        },
        Qt::BlockingQueuedConnection);
    QCOMPARE(ownCalls, 102); // taken and left to the application's way of running on
    thread.quit();
    QVERIFY(thread.wait(test::LongestWait));
    net::setLiveHandleHook(nullptr);
}

QTEST_GUILESS_MAIN(tst_KeepingRunning)
#include "tst_keepingrunning.moc"
