#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/net.h>

#include <QBuffer>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Deleting in places where others still stand on the stack: pipes, servers with connections, failed attempts.
class tst_Deleting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSocketWhoseAttemptFails_data();
    void aSocketWhoseAttemptFails();
    void eitherEndOfAPipe_data();
    void eitherEndOfAPipe();
    void theSocketWhenItsPipeFails_data();
    void theSocketWhenItsPipeFails();
    void aServerInsideTheDataOfItsConnection();
    void aServerInsideTheCloseOfItsConnection();
    void aServerWithConnectionsInEveryState();
    void aServerThatDrops();
    void aServerInsideANestedLoopOfData();
    void theSocketThatIsWaitedForInANestedLoop();
    void connectionsInsideNestedLoopsInAnyOrder();
    void theDeviceInsideItsOwnSignals_data();
    void theDeviceInsideItsOwnSignals();
};

void tst_Deleting::aSocketWhoseAttemptFails_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("first attempt") << 1;
    QTest::newRow("second attempt") << 2;
}

void tst_Deleting::aSocketWhoseAttemptFails()
{
    QFETCH(int, which);
    const test::DeafPort deaf;
    QPointer<Socket> socket = new Socket;
    int failed = 0;
    connect(socket, &Socket::connectionAttemptFailed, this, [&] {
        if (++failed == which)
            delete socket;
    });
    const net::Lookup lookup = [](const QString &, net::Family, const net::LookupReply &reply) {
        reply({}, {{.address = u"127.0.0.1"_s, .family = net::Family::IPv4},
                   {.address = u"::1"_s, .family = net::Family::IPv6},
                   {.address = u"127.0.0.1"_s, .family = net::Family::IPv4}});
    };
    socket->connectTo({.port = deaf.port(), .host = u"somewhere"_s, .lookup = lookup});
    WAIT_FOR(!socket);
    test::settle();
    QCOMPARE(failed, which);
}

void tst_Deleting::eitherEndOfAPipe_data()
{
    QTest::addColumn<QString>("signal");
    QTest::addColumn<bool>("source");
    for (const char *signal : {"piped", "unpiped by hand", "unpiped at the end", "data", "drain", "finish"}) {
        QTest::addRow("source in %s", signal) << QString::fromLatin1(signal) << true;
        QTest::addRow("destination in %s", signal) << QString::fromLatin1(signal) << false;
    }
}

void tst_Deleting::eitherEndOfAPipe()
{
    QFETCH(QString, signal);
    QFETCH(bool, source);
    RawListener listener;
    QPointer<Socket> from = new Socket;
    QPointer<Socket> to = new Socket;
    from->connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer fromPeer = listener.accept();
    to->connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer toPeer = listener.accept();
    WAIT_FOR(!from->isPending() && !to->isPending());
    bool left = false;
    const auto leave = [&] {
        if (!std::exchange(left, true))
            delete (source ? from : to);
    };
    if (signal == u"piped"_s)
        connect(to, &Socket::piped, this, leave);
    else if (signal.startsWith(u"unpiped"_s))
        connect(to, &Socket::unpiped, this, leave);
    else if (signal == u"data"_s)
        connect(from, &Socket::data, this, leave);
    else if (signal == u"drain"_s)
        connect(to, &Socket::drain, this, leave);
    else
        connect(to, &Socket::finish, this, leave);
    from->pipe(to);
    if (signal == u"unpiped by hand"_s)
        from->unpipe(to);
    const QByteArray piece(200'000, 'p');
    WAIT_FOR((fromPeer.writeSome(piece),
              left || signal == u"unpiped at the end"_s || signal == u"finish"_s || (to && to->writableNeedDrain())));
    fromPeer.shutdownWrite();
    WAIT_FOR((toPeer.readSome(1 << 20), left));
    test::settle();
    QVERIFY(source ? !from : !to);
    delete from;
    delete to;
}

void tst_Deleting::theSocketWhenItsPipeFails_data()
{
    QTest::addColumn<QString>("who");
    for (const char *who : {"socket to device", "device to socket"})
        QTest::newRow(who) << QString::fromLatin1(who);
}

void tst_Deleting::theSocketWhenItsPipeFails()
{
    QFETCH(QString, who);
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QPointer<QBuffer> buffer = new QBuffer;
    buffer->open(QIODevice::ReadWrite);
    bool failed = false;
    connect(pair.accepted, &Socket::pipeFailed, this, [&] {
        failed = true;
        delete pair.accepted;
    });
    if (who == u"socket to device"_s)
        pair.accepted->pipe(buffer.data());
    else
        net::pipe(buffer.data(), pair.accepted.data());
    pair.client.write("bytes");
    delete buffer;
    QVERIFY(failed);
    test::settle();
    QVERIFY(!buffer && !pair.accepted);
}

void tst_Deleting::aServerInsideTheDataOfItsConnection()
{
    auto *server = new Server;
    const QPointer<Server> alive = server;
    QPointer<Socket> accepted;
    connect(server, &Server::connection, this, [&](Socket *socket) {
        accepted = socket;
        connect(socket, &Socket::data, this, [server] { delete server; });
    });
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    std::vector<RawPeer> peers;
    for (int i = 0; i < 3; ++i) {
        peers.push_back(RawPeer::connectedTo(server->address().port));
        QVERIFY(peers.back().isOpen());
    }
    ::send(peers.back().descriptor(), "x", 1, 0);
    WAIT_FOR(!alive);
    test::settle();
    QVERIFY(!accepted);
    for (RawPeer &peer : peers)
        QCOMPARE(peer.readToEnd(), QByteArray());
}

void tst_Deleting::aServerInsideTheCloseOfItsConnection()
{
    auto *server = new Server;
    const QPointer<Server> alive = server;
    connect(server, &Server::connection, this, [server](Socket *socket) {
        socket->resume();
        QObject::connect(socket, &Socket::closed, server, [server] { delete server; });
    });
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    RawPeer::connectedTo(server->address().port).close();
    WAIT_FOR(!alive);
    test::settle();
}

void tst_Deleting::aServerWithConnectionsInEveryState()
{
    QPointer<Server> server = new Server({.allowHalfOpen = true});
    QList<QPointer<Socket>> sockets;
    connect(server, &Server::connection, this, [&](Socket *socket) { sockets.append(socket); });
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    std::vector<RawPeer> peers;
    for (int i = 0; i < 7; ++i) {
        peers.push_back(RawPeer::connectedTo(server->address().port));
        WAIT_FOR(sockets.size() == i + 1);
    }
    EventLog log;
    sockets[0]->write(QByteArray(8'000'000, 'q'), this, log.noting(u"written"_s)); // jammed
    sockets[1]->pause();
    QVERIFY(peers[1].write("unread"));
    sockets[2]->end("ended", this, log.noting(u"ended"_s));
    peers[3].shutdownWrite();
    sockets[3]->resume();
    sockets[4]->pipe(sockets[5]);
    QVERIFY(peers[4].write(QByteArray(100'000, 'p')));
    sockets[6]->destroy();
    server->close();
    delete server;
    for (const QPointer<Socket> &socket : std::as_const(sockets))
        QVERIFY(!socket);
    test::settle();
    // Whoever is gone calls nobody.
    QVERIFY(!log.contains(u"written"_s));
}

void tst_Deleting::aServerThatDrops()
{
    QPointer<Server> server = new Server;
    server->setMaxConnections(0);
    connect(server, &Server::drop, this, [&server] { delete server; });
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    std::vector<RawPeer> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(RawPeer::connectedTo(server->address().port));
    WAIT_FOR(!server);
    for (RawPeer &peer : peers)
        QCOMPARE(peer.readToEnd(), QByteArray());
}

void tst_Deleting::aServerInsideANestedLoopOfData()
{
    auto *server = new Server;
    bool returned = false;
    connect(server, &Server::connection, this, [&](Socket *socket) {
        connect(socket, &Socket::data, this, [&] {
            QEventLoop loop;
            QTimer::singleShot(0, &loop, [&] {
                delete server;
                loop.quit();
            });
            loop.exec();
            returned = true;
        });
    });
    server->listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server->isListening());
    RawPeer peer = RawPeer::connectedTo(server->address().port);
    QVERIFY(peer.write("x"));
    WAIT_FOR(returned);
    QCOMPARE(peer.readToEnd(), QByteArray());
}

void tst_Deleting::theSocketThatIsWaitedForInANestedLoop()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    bool gone = false;
    QByteArray received;
    connect(&pair.client, &Socket::data, this, [&](const QByteArray &bytes) {
        received += bytes;
        if (received.size() > 1)
            return;
        // Inside the slot: more data comes, the peer ends, and both sockets close.
        pair.accepted->end("bcd");
        gone = test::waitFor([&] { return pair.client.isDestroyed() && !pair.accepted; });
    });
    pair.accepted->write("a");
    WAIT_FOR(gone);
    QCOMPARE(received, QByteArray("abcd"));
}

void tst_Deleting::connectionsInsideNestedLoopsInAnyOrder()
{
    // Each slot waits in a loop of its own until the next socket is gone; the loops end from the inside out.
    constexpr int Depth = 5;
    RawListener listener;
    std::vector<std::unique_ptr<Socket>> sockets;
    std::vector<RawPeer> peers;
    int finished = 0;
    for (int i = 0; i < Depth; ++i) {
        sockets.push_back(std::make_unique<Socket>());
        sockets.back()->connectTo(listener.port(), u"127.0.0.1"_s);
        peers.push_back(listener.accept());
        connect(sockets.back().get(), &Socket::data, this, [&, i] {
            if (i + 1 < Depth) {
                QVERIFY(peers[size_t(i) + 1].write("next"));
                QVERIFY(test::waitFor([&] { return !sockets[size_t(i) + 1]; }));
            }
            ++finished;
            sockets[size_t(i)].reset();
        });
    }
    WAIT_FOR(std::all_of(sockets.begin(), sockets.end(), [](const auto &socket) { return !socket->isPending(); }));
    QVERIFY(peers[0].write("first"));
    WAIT_FOR(finished == Depth);
    test::settle();
}

void tst_Deleting::theDeviceInsideItsOwnSignals_data()
{
    QTest::addColumn<QString>("signal");
    for (const char *signal : {"readyRead", "bytesWritten", "readChannelFinished", "aboutToClose"})
        QTest::newRow(signal) << QString::fromLatin1(signal);
}

void tst_Deleting::theDeviceInsideItsOwnSignals()
{
    QFETCH(QString, signal);
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    QIODevice *device = pair.accepted->toDevice();
    const QPointer<QIODevice> alive = device;
    const auto leave = [device] {
        delete device;
    };
    if (signal == u"readyRead"_s)
        connect(device, &QIODevice::readyRead, this, leave);
    else if (signal == u"bytesWritten"_s)
        connect(device, &QIODevice::bytesWritten, this, leave);
    else if (signal == u"readChannelFinished"_s)
        connect(device, &QIODevice::readChannelFinished, this, leave);
    else
        connect(device, &QIODevice::aboutToClose, device, &QObject::deleteLater);
    device->write("out");
    if (signal == u"aboutToClose"_s)
        device->close();
    else
        pair.client.end("in");
    WAIT_FOR(!alive);
    test::settle();
}

QTEST_GUILESS_MAIN(tst_Deleting)
#include "tst_deleting.moc"
