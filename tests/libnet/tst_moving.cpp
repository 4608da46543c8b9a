#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"
#include "tests/support/worker.h"

#include <libnet/net.h>

#include <QBuffer>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::RawListener;
using test::RawPeer;
using test::Worker;

/// moveToThread() takes along what is buffered, queued, posted and on its way.
class tst_Moving : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whileItConnects_data();
    void whileItConnects();
    void withUnreadBytes_data();
    void withUnreadBytes();
    void inTheMiddleOfAStream();
    void fromInsideItsOwnSlot();
    void withAnEndOnItsWay();
    void withWhatWasPostedInThisTurn();
    void withATimeout();
    void withItsDevice();
    void withAPipeToADevice();
    void aServerWithItsConnections();
    void deletedInTheNewThreadAtOnce();

private:
    RawListener m_listener;
    Socket *connectPeer(RawPeer &peer);
};

// A connected socket; its raw peer at the other end.
Socket *tst_Moving::connectPeer(RawPeer &peer)
{
    auto *socket = new Socket;
    socket->connectTo(m_listener.port(), u"127.0.0.1"_s);
    peer = m_listener.accept();
    test::waitFor([&] { return !socket->isPending(); });
    test::settle();
    return socket;
}

void tst_Moving::whileItConnects_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("literal") << u"127.0.0.1"_s;
    QTest::newRow("name") << u"localhost"_s;
}

void tst_Moving::whileItConnects()
{
    QFETCH(QString, host);
    Worker worker;
    auto *socket = new Socket;
    std::atomic<QThread *> connectedIn = nullptr;
    connect(
        socket, &Socket::connected, worker.object(), [&] { connectedIn = QThread::currentThread(); },
        Qt::DirectConnection);
    socket->connectTo({.port = m_listener.port(), .host = host, .family = net::Family::IPv4});
    socket->write("queued before ");
    socket->moveToThread(&worker);
    RawPeer peer = m_listener.accept();
    WAIT_FOR(connectedIn.load());
    QCOMPARE(connectedIn.load(), &worker);
    worker.run([socket] { socket->end("and after"); });
    QCOMPARE(peer.readToEnd(), QByteArray("queued before and after"));
    worker.run([socket] { delete socket; });
}

void tst_Moving::withUnreadBytes_data()
{
    QTest::addColumn<QString>("state");
    for (const char *state : {"untouched", "paused", "readyRead", "unshifted"})
        QTest::newRow(state) << QString::fromLatin1(state);
}

void tst_Moving::withUnreadBytes()
{
    QFETCH(QString, state);
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    if (state == u"paused"_s)
        socket->pause();
    QVERIFY(peer.write("bytes"));
    WAIT_FOR(socket->readableLength() == 5);
    if (state == u"unshifted"_s)
        socket->unshift("some ");
    QByteArray received;
    std::atomic<bool> ended = false;
    const auto take = [&](const QByteArray &bytes) {
        received += bytes;
    };
    if (state == u"readyRead"_s) // due, and not told yet
        connect(
            socket, &Socket::readyRead, worker.object(), [&, socket] { received += socket->read(); },
            Qt::DirectConnection);
    socket->moveToThread(&worker);
    worker.run([&] {
        connect(
            socket, &Socket::ended, worker.object(), [&] { ended = true; }, Qt::DirectConnection);
        if (state != u"readyRead"_s) {
            connect(socket, &Socket::data, worker.object(), take, Qt::DirectConnection);
            socket->resume();
        }
    });
    peer.shutdownWrite();
    WAIT_FOR(ended.load());
    worker.run([socket] { delete socket; });
    QCOMPARE(received, state == u"unshifted"_s ? QByteArray("some bytes") : QByteArray("bytes"));
}

void tst_Moving::inTheMiddleOfAStream()
{
    // Back and forth between two threads while an echo runs: every byte comes back, once and in order.
    Worker one;
    Worker two;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    connect(
        socket, &Socket::data, socket, [socket](const QByteArray &bytes) { socket->write(bytes); },
        Qt::DirectConnection);
    connect(
        socket, &Socket::ended, socket, [socket] { socket->end(); }, Qt::DirectConnection);
    socket->moveToThread(&one);
    QByteArray sent;
    QByteArray received;
    for (int round = 0; round < 60; ++round) {
        const QByteArray piece(10'000 + round * 977, char('0' + round));
        QVERIFY(peer.write(piece));
        sent += piece;
        Worker &from = round % 2 ? two : one;
        Worker &to = round % 2 ? one : two;
        from.run([&] { socket->moveToThread(&to); });
        received += peer.readSome(1 << 20);
    }
    received += peer.read(sent.size() - received.size());
    QVERIFY(received == sent);
    one.run([socket] { delete socket; });
}

void tst_Moving::fromInsideItsOwnSlot()
{
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    QByteArray there;
    std::atomic<bool> ended = false;
    connect(
        socket, &Socket::data, socket,
        [&](const QByteArray &bytes) {
            if (QThread::currentThread() == &worker)
                there += bytes;
            else
                socket->moveToThread(&worker);
        },
        Qt::DirectConnection);
    connect(
        socket, &Socket::ended, socket, [&] { ended = true; }, Qt::DirectConnection);
    QVERIFY(peer.write("here"));
    WAIT_FOR(socket->thread() == &worker);
    QVERIFY(peer.write("there"));
    peer.shutdownWrite();
    WAIT_FOR(ended.load());
    worker.run([socket] { delete socket; });
    QCOMPARE(there, QByteArray("there"));
}

void tst_Moving::withAnEndOnItsWay()
{
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    const QByteArray huge(8'000'000, 'h');
    std::atomic<bool> finished = false;
    std::atomic<bool> closed = false;
    connect(
        socket, &Socket::closed, worker.object(), [&] { closed = true; }, Qt::DirectConnection);
    socket->resume();
    socket->end(huge, worker.object(), [&](const net::Error &error) { finished = !error; });
    socket->moveToThread(&worker);
    QVERIFY(peer.readToEnd() == huge);
    peer.close();
    WAIT_FOR(finished && closed);
    worker.run([socket] { delete socket; });
}

void tst_Moving::withWhatWasPostedInThisTurn()
{
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    std::atomic<QThread *> failedIn = nullptr;
    std::atomic<QThread *> closedIn = nullptr;
    connect(
        socket, &Socket::errorOccurred, worker.object(), [&] { failedIn = QThread::currentThread(); },
        Qt::DirectConnection);
    connect(
        socket, &Socket::closed, worker.object(), [&] { closedIn = QThread::currentThread(); }, Qt::DirectConnection);
    socket->end();
    socket->write("too late");
    socket->moveToThread(&worker);
    WAIT_FOR(closedIn.load());
    QCOMPARE(failedIn.load(), &worker);
    QCOMPARE(closedIn.load(), &worker);
    worker.run([socket] { delete socket; });
}

void tst_Moving::withATimeout()
{
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    std::atomic<QThread *> timedOutIn = nullptr;
    connect(
        socket, &Socket::timedOut, worker.object(), [&] { timedOutIn = QThread::currentThread(); },
        Qt::DirectConnection);
    socket->setTimeout(30);
    socket->moveToThread(&worker);
    WAIT_FOR(timedOutIn.load());
    QCOMPARE(timedOutIn.load(), &worker);
    worker.run([socket] { delete socket; });
}

void tst_Moving::withItsDevice()
{
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    QIODevice *device = socket->toDevice();
    QVERIFY(peer.write("before "));
    WAIT_FOR(device->bytesAvailable() == 7);
    socket->moveToThread(&worker);
    QCOMPARE(device->thread(), &worker);
    QVERIFY(peer.write("after"));
    QByteArray received;
    worker.run([&] {
        while (device->bytesAvailable() < 12 && device->waitForReadyRead(test::LongestWait)) {
        }
        received = device->readAll();
        device->write("answer");
        device->close();
    });
    QCOMPARE(received, QByteArray("before after"));
    QCOMPARE(peer.readToEnd(), QByteArray("answer"));
    worker.run([socket] { delete socket; });
}

void tst_Moving::withAPipeToADevice()
{
    // Both ends of a pipe move, the device first.
    Worker worker;
    RawPeer peer;
    Socket *socket = connectPeer(peer);
    auto *buffer = new QBuffer;
    buffer->open(QIODevice::WriteOnly);
    socket->pipe(buffer);
    QVERIFY(peer.write("before "));
    WAIT_FOR(buffer->size() == 7);
    buffer->moveToThread(&worker);
    socket->moveToThread(&worker);
    QVERIFY(peer.write("after"));
    peer.close();
    const auto isClosed = [&] {
        bool closed = false;
        worker.run([&] { closed = !buffer->isOpen(); });
        return closed;
    };
    WAIT_FOR(isClosed());
    QCOMPARE(buffer->data(), QByteArray("before after"));
    worker.run([&] {
        delete socket;
        delete buffer;
    });
}

void tst_Moving::aServerWithItsConnections()
{
    Worker worker;
    auto *server = new Server;
    QList<Socket *> sockets;
    connect(server, &Server::connection, server, [&](Socket *socket) {
        sockets.append(socket);
        connect(
            socket, &Socket::data, socket, [socket](const QByteArray &bytes) { socket->write(bytes); },
            Qt::DirectConnection);
    });
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    std::vector<RawPeer> peers;
    for (int i = 0; i < 5; ++i)
        peers.push_back(RawPeer::connectedTo(server->address().port));
    WAIT_FOR(sockets.size() == 5);
    for (RawPeer &peer : peers)
        QVERIFY(peer.write("ab"));
    server->moveToThread(&worker);
    for (RawPeer &peer : peers) {
        QVERIFY(peer.write("cd"));
        QCOMPARE(peer.read(4), QByteArray("abcd"));
    }
    std::atomic<bool> closed = false;
    worker.run([&] { server->close(worker.object(), [&closed] { closed = true; }); });
    QVERIFY(!closed);
    peers.clear();
    WAIT_FOR(closed.load());
    worker.run([server] { delete server; });
}

void tst_Moving::deletedInTheNewThreadAtOnce()
{
    for (int round = 0; round < 20; ++round) {
        Worker worker;
        RawPeer peer;
        Socket *socket = connectPeer(peer);
        socket->write("last words");
        socket->moveToThread(&worker);
        // Before or after what was posted has arrived there.
        if (round % 2)
            worker.run([] {});
        worker.run([socket] { delete socket; });
        const QByteArray words = peer.readToEnd();
        QVERIFY(words == "last words" || words.isEmpty());
    }
}

QTEST_GUILESS_MAIN(tst_Moving)
#include "tst_moving.moc"
