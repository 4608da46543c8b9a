#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// When write() says no, and when drain() says yes again.
class tst_Backpressure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whileConnectingTheMarkCounts();
    void whatTheKernelTakesDoesNotCount();
    void aMarkOfZeroIsReachedByAnythingThatWaits();
    void aLoopAroundWriteEnds();
    void eachRefusalIsAnsweredByOneDrain();
    void aDrainSlotMayWriteAgain();
    void noDrainOnceEnded();
    void nobodyWaitsForEverWithATinyMark();
    void everyByteArrivesAtASlowReader_data();
    void everyByteArrivesAtASlowReader();
};

void tst_Backpressure::whileConnectingTheMarkCounts()
{
    RawListener listener;
    Socket socket({.highWaterMark = 10});
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QCOMPARE(socket.writableHighWaterMark(), 10);
    QVERIFY(socket.write("1234"));
    QVERIFY(socket.write("5678"));
    QVERIFY(socket.write("9"));
    QVERIFY(!socket.writableNeedDrain());
    QVERIFY(!socket.write("0"));
    QVERIFY(socket.writableNeedDrain());
    QVERIFY(!socket.write("1")); // refused, but taken nevertheless
    QCOMPARE(socket.writableLength(), 11);
    COMPARE_EVENTS(log, "connected, drain, ready");
    QVERIFY(!socket.writableNeedDrain());
    QCOMPARE(socket.writableLength(), 0);
    QCOMPARE(listener.accept().read(11), QByteArray("12345678901"));
}

void tst_Backpressure::whatTheKernelTakesDoesNotCount()
{
    ConnectedPair pair({}, {.highWaterMark = 10});
    EventLog log(&pair.client);
    for (const int size : {5, 10, 11, 1000, 0})
        QVERIFY(pair.client.write(QByteArray(size, 'x')));
    QVERIFY(!pair.client.writableNeedDrain());
    test::settle();
    QCOMPARE(log.text(), QString());
}

void tst_Backpressure::aMarkOfZeroIsReachedByAnythingThatWaits()
{
    RawListener listener;
    Socket socket({.highWaterMark = 0});
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QVERIFY(!socket.write("x"));
    COMPARE_EVENTS(log, "connected, drain, ready");
    QVERIFY(socket.write("taken at once"));
}

void tst_Backpressure::aLoopAroundWriteEnds()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    const QByteArray piece(1000, 'p');
    qint64 written = piece.size();
    while (socket.write(piece)) {
        written += piece.size();
        QVERIFY2(written < 256 * 1024 * 1024, "write() never says no");
    }
    QVERIFY(socket.writableLength() >= socket.writableHighWaterMark());
    QVERIFY(socket.writableNeedDrain());
    QCOMPARE(socket.bytesWritten(), written);
    QCOMPARE(peer.read(written).size(), written);
    COMPARE_EVENTS(log, "connected, ready, drain");
    QCOMPARE(socket.writableLength(), 0);
}

void tst_Backpressure::eachRefusalIsAnsweredByOneDrain()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    qint64 received = 0;
    connect(pair.accepted, &Socket::data, this, [&](const QByteArray &bytes) { received += bytes.size(); });
    QSignalSpy drains(&pair.client, &Socket::drain);
    const QByteArray piece(128 * 1024, 'p');
    for (int round = 1; round <= 5; ++round) {
        while (pair.client.write(piece)) {
        }
        QVERIFY(!pair.client.write(piece));
        QCOMPARE(drains.size(), round - 1);
        WAIT_FOR(received == pair.client.bytesWritten());
        test::settle();
        QCOMPARE(drains.size(), round);
    }
}

void tst_Backpressure::aDrainSlotMayWriteAgain()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    qint64 received = 0;
    connect(pair.accepted, &Socket::data, this, [&](const QByteArray &bytes) { received += bytes.size(); });
    constexpr qint64 Enough = 24 * 1024 * 1024;
    const QByteArray piece(100'000, 'p');
    const auto fill = [&] {
        while (pair.client.bytesWritten() < Enough && pair.client.write(piece)) {
        }
        if (pair.client.bytesWritten() >= Enough)
            pair.client.end();
    };
    connect(&pair.client, &Socket::drain, this, fill);
    fill();
    WAIT_FOR(received >= Enough);
    QCOMPARE(received, pair.client.bytesWritten());
}

void tst_Backpressure::noDrainOnceEnded()
{
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    EventLog log(&pair.client);
    const QByteArray huge(32 * 1024 * 1024, 'h');
    QVERIFY(!pair.client.write(huge, this, log.noting(u"written"_s)));
    pair.client.end();
    QVERIFY(!pair.client.writableNeedDrain());
    EventLog other(pair.accepted);
    COMPARE_EVENTS(log, "written, finish, ended, closed");
    QVERIFY(other.bytes() == huge);
}

void tst_Backpressure::nobodyWaitsForEverWithATinyMark()
{
    // Both sides count one byte as too much; still everything passes, byte for byte.
    ConnectedPair pair({.highWaterMark = 1}, {.highWaterMark = 1});
    QVERIFY(pair.accepted);
    pair.accepted->pipe(pair.accepted);
    EventLog log(&pair.client);
    QByteArray sent;
    for (int i = 0; i < 200; ++i) {
        const QByteArray piece(1 + (i * 37) % 5000, char('a' + i % 26));
        sent += piece;
        pair.client.write(piece);
    }
    pair.client.end();
    WAIT_FOR(log.contains(u"closed"_s));
    QVERIFY(log.bytes() == sent);
}

void tst_Backpressure::everyByteArrivesAtASlowReader_data()
{
    QTest::addColumn<bool>("overPath");
    QTest::addColumn<bool>("heeding");
    QTest::newRow("tcp, heeding backpressure") << false << true;
    QTest::newRow("tcp, all at once") << false << false;
    QTest::newRow("path, heeding backpressure") << true << true;
    QTest::newRow("path, all at once") << true << false;
}

void tst_Backpressure::everyByteArrivesAtASlowReader()
{
    QFETCH(bool, overPath);
    QFETCH(bool, heeding);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    const std::unique_ptr<RawListener> listener =
        overPath ? std::make_unique<RawListener>(path) : std::make_unique<RawListener>();
    Socket socket;
    EventLog story(&socket);
    if (overPath)
        socket.connectTo(path);
    else
        socket.connectTo(listener->port(), u"127.0.0.1"_s);
    WAIT_FOR(story.contains(u"ready"_s));
    RawPeer peer = listener->accept();

    // Sizes from 1 byte to 1 MiB, bytes that tell every offset apart; the same on every run.
    QRandomGenerator random(75);
    QCryptographicHash sent(QCryptographicHash::Sha1);
    QCryptographicHash received(QCryptographicHash::Sha1);
    qint64 got = 0;
    int left = 400;
    int called = 0;
    const auto fill = [&] {
        while (left > 0) {
            const int size = 1 << random.bounded(21);
            QByteArray piece(left % 3 ? size : qMax(1, size - 1), Qt::Uninitialized);
            std::generate_n(piece.data(), piece.size(), [&random, value = 0u, have = 0]() mutable {
                if (have-- == 0) {
                    value = random.generate();
                    have = 3;
                }
                return char(value >>= 8);
            });
            if (--left % 4)
                piece.truncate(1 + piece.size() / 64);
            sent.addData(piece);
            if (!socket.write(piece, this, [&called] { ++called; }) && heeding)
                return;
        }
        if (socket.isWritable())
            socket.end();
    };
    connect(&socket, &Socket::drain, this, fill);
    fill();
    int chunk = 1;
    while (!peer.sawEnd() && !peer.readError()) {
        const QByteArray bytes = peer.read(chunk);
        received.addData(bytes);
        got += bytes.size();
        chunk = chunk * 7 % 100'003;
    }
    QCOMPARE(got, socket.bytesWritten());
    QCOMPARE(received.result().toHex(), sent.result().toHex());
    QCOMPARE(called, 400);
    QVERIFY(got > 4 * 1024 * 1024);
}

QTEST_GUILESS_MAIN(tst_Backpressure)
#include "tst_backpressure.moc"
