#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"
#include "tests/support/worker.h"

#include <atomic>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;
using test::Worker;

/// Sockets in threads of their own, and callbacks that live elsewhere.
class tst_Threads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyThreadServesItself();
    void aCallbackRunsInTheThreadOfItsContext();
    void aSlotInAnotherThreadGetsEverything();
    void aReceiverFromAnotherThreadStartsTheFlow();
    void aThreadMayEndBeforeItsSockets();
    void aThreadMayEndWithALookupUnderWay();
    void aConnectionMovesWithWhatItHas();
    void aListeningServerMoves();
};

void tst_Threads::everyThreadServesItself()
{
    constexpr int Threads = 4;
    const QByteArray message(1 << 20, 't');
    std::atomic<int> done = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < Threads; ++i) {
        workers.push_back(std::make_unique<Worker>());
        Worker &worker = *workers.back();
        worker.run([&] {
            auto *server = new Server(worker.object());
            connect(server, &Server::connection, server, [](Socket *socket) { socket->pipe(socket); });
            connect(server, &Server::listening, server, [&, server] {
                auto *client = new Socket(server);
                auto received = std::make_shared<QByteArray>();
                connect(client, &Socket::data, client, [received](const QByteArray &bytes) { *received += bytes; });
                connect(client, &Socket::closed, client, [&, received, server] {
                    wrong += *received != message;
                    wrong += server->thread() != QThread::currentThread();
                    ++done;
                });
                client->connectTo(server->address().port, u"127.0.0.1"_s);
                client->end(message);
            });
            server->listen(0, u"127.0.0.1"_s);
        });
    }
    WAIT_FOR(done == Threads);
    for (const auto &worker : workers)
        worker->run([&] { qDeleteAll(worker->object()->children()); });
    QCOMPARE(wrong.load(), 0);
}

void tst_Threads::aCallbackRunsInTheThreadOfItsContext()
{
    Worker worker;
    ConnectedPair pair;
    std::atomic<QThread *> written = nullptr;
    std::atomic<QThread *> ended = nullptr;
    pair.client.write("a", worker.object(), [&written] { written = QThread::currentThread(); });
    pair.client.end("b", worker.object(), [&ended] { ended = QThread::currentThread(); });
    WAIT_FOR(written && ended);
    QCOMPARE(written.load(), &worker);
    QCOMPARE(ended.load(), &worker);

    std::atomic<QThread *> counted = nullptr;
    pair.server.getConnections(worker.object(),
                               [&counted](const net::Error &, int) { counted = QThread::currentThread(); });
    WAIT_FOR(counted);
    QCOMPARE(counted.load(), &worker);

    // Dies in its own thread before the call arrives there.
    Worker busy;
    auto *context = new QObject;
    context->moveToThread(&busy);
    std::atomic<bool> called = false;
    QSemaphore release;
    QMetaObject::invokeMethod(
        context,
        [&] {
            release.acquire();
            delete context;
        },
        Qt::QueuedConnection);
    pair.server.getConnections(context, [&called](const net::Error &, int) { called = true; });
    test::settle();
    release.release();
    busy.run([] {});
    QVERIFY(!called);
}

void tst_Threads::aSlotInAnotherThreadGetsEverything()
{
    Worker worker;
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QByteArray received;
    std::atomic<qsizetype> size = 0;
    connect(pair.accepted, &Socket::data, worker.object(), [&](const QByteArray &bytes) {
        received += bytes;
        size = received.size();
    });
    QByteArray sent;
    for (int i = 0; i < 100; ++i)
        sent += QByteArray(10'000, char('0' + i % 64));
    pair.client.write(sent);
    WAIT_FOR(size == sent.size());
    worker.finish();
    QVERIFY(received == sent);
}

void tst_Threads::aReceiverFromAnotherThreadStartsTheFlow()
{
    Worker worker;
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    pair.client.write("waiting");
    WAIT_FOR(pair.accepted->readableLength() == 7);
    std::atomic<int> received = 0;
    worker.run([&] {
        connect(pair.accepted, &Socket::data, worker.object(),
                [&received](const QByteArray &bytes) { received += int(bytes.size()); });
    });
    WAIT_FOR(received == 7);
}

void tst_Threads::aThreadMayEndBeforeItsSockets()
{
    RawListener listener;
    std::unique_ptr<Socket> socket;
    std::unique_ptr<Server> server;
    auto worker = std::make_unique<Worker>();
    worker->run([&] {
        socket = std::make_unique<Socket>();
        socket->setTimeout(3'600'000);
        connect(socket.get(), &Socket::data, socket.get(), [] {});
        socket->connectTo(listener.port(), u"127.0.0.1"_s);
        server = std::make_unique<Server>();
        server->listen(0, u"127.0.0.1"_s);
    });
    RawPeer peer = listener.accept();
    const auto isListening = [&] {
        bool listening = false;
        worker->run([&] { listening = server->isListening() && !socket->isPending(); });
        return listening;
    };
    WAIT_FOR(isListening());
    // Something is posted that will never run.
    worker->run([&] {
        socket->write("last words", worker->object(), [] {});
        server->close();
        worker->quit();
    });
    worker->finish();
    // Nobody runs in that thread any more, so this one may clear up.
    socket.reset();
    server.reset();
    worker.reset();
    QCOMPARE(peer.readToEnd(), QByteArray("last words"));
}

void tst_Threads::aThreadMayEndWithALookupUnderWay()
{
    for (int round = 0; round < 20; ++round) {
        std::unique_ptr<Socket> socket;
        Worker worker;
        worker.run([&] {
            socket = std::make_unique<Socket>();
            socket->connectTo(1, u"localhost"_s);
            if (round % 2)
                socket.reset();
        });
        worker.finish();
    }
}

void tst_Threads::aConnectionMovesWithWhatItHas()
{
    RawListener listener;
    auto *socket = new Socket;
    EventLog story(socket, EventLog::Story);
    socket->connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(story, "connected, ready");
    QVERIFY(peer.write("buffered "));
    WAIT_FOR(socket->readableLength() == 9);
    const QByteArray huge(20 * 1024 * 1024, 'h');
    socket->write(huge);
    std::atomic<bool> written = false;
    socket->write("tail", this, [&written] { written = true; });

    Worker worker;
    socket->moveToThread(&worker);
    QByteArray received;
    std::atomic<qsizetype> size = 0;
    worker.run([&] {
        connect(socket, &Socket::data, worker.object(), [&](const QByteArray &bytes) {
            received += bytes;
            size = received.size();
        });
    });
    QVERIFY(peer.read(huge.size()) == huge);
    QCOMPARE(peer.read(4), QByteArray("tail"));
    QVERIFY(peer.write("and more"));
    WAIT_FOR(size == 17);
    WAIT_FOR(written);
    worker.run([socket] { delete socket; });
    worker.finish();
    QCOMPARE(received, QByteArray("buffered and more"));
}

void tst_Threads::aListeningServerMoves()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    for (const bool local : {false, true}) {
        auto *server = new Server;
        if (local)
            server->listen(path);
        else
            server->listen(0, u"127.0.0.1"_s);
        WAIT_FOR(server->isListening());
        test::settle();
        const quint16 port = server->address().port;
        // One waits in the queue while the server moves.
        RawPeer early = local ? RawPeer::connectedTo(path) : RawPeer::connectedTo(port);
        Worker worker;
        std::atomic<QThread *> served = nullptr;
        connect(
            server, &Server::connection, worker.object(),
            [&served](Socket *socket) {
                served = socket->thread();
                socket->end("moved");
            },
            Qt::DirectConnection);
        server->moveToThread(&worker);
        QCOMPARE(early.readToEnd(), QByteArray("moved"));
        RawPeer late = local ? RawPeer::connectedTo(path) : RawPeer::connectedTo(port);
        QCOMPARE(late.readToEnd(), QByteArray("moved"));
        QCOMPARE(served.load(), &worker);
        worker.run([server] { delete server; });
        QVERIFY(!QFile::exists(path));
    }
}

QTEST_GUILESS_MAIN(tst_Threads)
#include "tst_threads.moc"
