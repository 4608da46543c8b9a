#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"
#include "tests/support/worker.h"

#include <libnet/net.h>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;
using test::Worker;

/// A callback never outlives its context, whichever call it was given to, and whatever happens to the rest.
class tst_Contexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aContextThatDiesFirst_data();
    void aContextThatDiesFirst();
    void aContextThatDiesInAnEarlierCallback();
    void aContextInAnotherThreadThatHasEnded();
    void theCallOutlivesWhoMadeIt();
    void oneContextForManyCalls();
    void whatACallbackHoldsIsFreed();
};

void tst_Contexts::aContextThatDiesFirst_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<bool>("dies");
    for (const char *call : {"connectTo", "write", "write text", "end", "refused write", "listen", "listen on a path",
                             "close", "getConnections", "failed connect"}) {
        QTest::addRow("%s, dies", call) << QString::fromLatin1(call) << true;
        QTest::addRow("%s, lives", call) << QString::fromLatin1(call) << false;
    }
}

void tst_Contexts::aContextThatDiesFirst()
{
    QFETCH(QString, call);
    QFETCH(bool, dies);
    QTemporaryDir folder;
    RawListener listener;
    Socket socket;
    Server server;
    auto context = std::make_unique<QObject>();
    int calls = 0;
    const auto called = [&calls] {
        ++calls;
    };
    QSignalSpy connected(&socket, &Socket::connected);
    const net::ConnectOptions where = {.port = listener.port(), .host = u"127.0.0.1"_s};
    int expected = 1;
    if (call == u"connectTo"_s) {
        socket.connectTo(where, context.get(), called);
    } else if (call == u"failed connect"_s) {
        expected = 0; // as in Node: it is a listener of 'connect'
        socket.connectTo({.port = 70'000}, context.get(), called);
    } else if (call == u"listen"_s) {
        server.listen(0, context.get(), called);
    } else if (call == u"listen on a path"_s) {
        server.listen(folder.filePath(u"a.sock"_s), context.get(), called);
    } else if (call == u"close"_s) {
        server.listen(0, u"127.0.0.1"_s);
        WAIT_FOR(server.isListening());
        server.close(context.get(), called);
    } else if (call == u"getConnections"_s) {
        server.getConnections(context.get(), called);
    } else {
        socket.connectTo(where);
        WAIT_FOR(connected.count() == 1);
        if (call == u"write"_s)
            socket.write("bytes", context.get(), called);
        else if (call == u"write text"_s)
            socket.write(u"text"_s, Socket::Encoding::Utf16le, context.get(), called);
        else if (call == u"end"_s)
            socket.end("bytes", context.get(), called);
        else {
            socket.end();
            socket.write("late", context.get(), called);
        }
    }
    QCOMPARE(calls, 0); // never from inside the call
    if (dies)
        context.reset();
    RawPeer peer;
    if (socket.isConnecting() || !socket.isPending())
        peer = listener.accept();
    test::settle();
    if (!dies)
        WAIT_FOR(calls == expected);
    test::settle();
    QCOMPARE(calls, dies ? 0 : expected);
}

void tst_Contexts::aContextThatDiesInAnEarlierCallback()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    const RawPeer peer = listener.accept();
    WAIT_FOR(!socket.isPending());
    auto context = std::make_unique<QObject>();
    EventLog log;
    socket.write("a", this, [&] {
        log.note(u"first"_s);
        context.reset();
    });
    socket.write("b", context.get(), [&] { log.note(u"second"_s); });
    socket.write("c", this, [&] { log.note(u"third"_s); });
    socket.end("d", context.get(), [&] { log.note(u"end"_s); });
    WAIT_FOR(socket.writableFinished());
    test::settle();
    QCOMPARE(log.text(), u"first, third"_s);
}

void tst_Contexts::aContextInAnotherThreadThatHasEnded()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    const RawPeer peer = listener.accept();
    WAIT_FOR(!socket.isPending());
    auto worker = std::make_unique<Worker>();
    std::atomic<int> calls = 0;
    worker->finish();
    socket.write("a", worker->object(), [&calls] { ++calls; });
    test::settle();
    // The call waits in a queue that nobody serves, and goes with it.
    worker.reset();
    socket.end("b");
    WAIT_FOR(socket.writableFinished());
    QCOMPARE(calls.load(), 0);
}

void tst_Contexts::theCallOutlivesWhoMadeIt()
{
    // The socket is gone before its callback has run in the thread of the context.
    Worker worker;
    RawListener listener;
    auto socket = std::make_unique<Socket>();
    socket->connectTo(listener.port(), u"127.0.0.1"_s);
    const RawPeer peer = listener.accept();
    WAIT_FOR(!socket->isPending());
    std::atomic<bool> called = false;
    QSemaphore release;
    QMetaObject::invokeMethod(
        worker.object(), [&release] { release.acquire(); }, Qt::QueuedConnection);
    socket->write("a", worker.object(), [&called](const net::Error &error) { called = !error; });
    WAIT_FOR(socket->bytesWritten() == 1);
    test::settle();
    socket.reset();
    QVERIFY(!called);
    release.release();
    worker.run([] {});
    QVERIFY(called);
}

void tst_Contexts::oneContextForManyCalls()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    WAIT_FOR(!socket.isPending());
    auto context = std::make_unique<QObject>();
    int calls = 0;
    const QByteArray piece(100'000, 'x');
    for (int i = 0; i < 200; ++i)
        socket.write(piece, context.get(), [&] {
            if (++calls == 50)
                context.reset();
        });
    QCOMPARE(peer.read(200 * piece.size()).size(), 200 * piece.size());
    WAIT_FOR(socket.writableLength() == 0);
    test::settle();
    QCOMPARE(calls, 50);
}

void tst_Contexts::whatACallbackHoldsIsFreed()
{
    const auto held = std::make_shared<int>(1);
    {
        RawListener listener;
        Socket socket;
        Server server;
        QObject context;
        const auto keep = [held] {
        };
        socket.connectTo({.port = listener.port(), .host = u"127.0.0.1"_s}, &context, keep);
        socket.write("never sent", &context, keep);
        socket.end("never sent", &context, keep);
        server.listen({.port = 0, .host = u"127.0.0.1"_s}, &context, keep);
        server.close(&context, keep);
        server.getConnections(&context, keep);
        QVERIFY(held.use_count() > 6);
    }
    QCOMPARE(held.use_count(), 1);
}

QTEST_GUILESS_MAIN(tst_Contexts)
#include "tst_contexts.moc"
