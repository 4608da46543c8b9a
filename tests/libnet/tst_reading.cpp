#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

using namespace Qt::StringLiterals;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What flows, what waits, and what is lost.
class tst_Reading : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aReceiverThatComesLateGetsEverything();
    void withoutAReceiverReadingStopsAtTheMark();
    void resumedWithoutAReceiverDataIsLost();
    void stoppedTheDescriptorIsSomebodyElses();
    void whatWasReadFlowsOnAfterDestroy();
    void pushedBytesComeAfterTheUnread();
    void afterThePushedEndNothingMayBePushed();
    void unheardWithDataTheEndWaits();
    void unheardWithoutDataTheEndComes();
    void oneByteAtATimeIsAllOfThem();
    void theCounterStaysAfterClosing();
    void whatASlotKeepsIsItsOwn();
    void aNestedEventLoopKeepsTheOrder();
    void readableDataIsTakenByRead();
    void readTellsNothingAfterClosed();
    void whatIsPutBackComesAgain();
};

void tst_Reading::aReceiverThatComesLateGetsEverything()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("early "));
    WAIT_FOR(socket.readableLength() == 6);
    QVERIFY(peer.write("birds"));
    WAIT_FOR(socket.readableLength() == 11);
    QCOMPARE(socket.bytesRead(), 11);
    EventLog log(&socket);
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "data 11");
    QCOMPARE(log.bytes(), QByteArray("early birds"));
    QCOMPARE(socket.readableLength(), 0);
}

void tst_Reading::withoutAReceiverReadingStopsAtTheMark()
{
    RawListener listener;
    Socket socket({.highWaterMark = 1000});
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    const QByteArray all = QByteArray(300'000, 'a') + QByteArray(300'000, 'b');
    QVERIFY(peer.write(all));
    WAIT_FOR(socket.readableLength() >= 1000);
    test::settle();
    // One read may go beyond the mark, a second one may not.
    QVERIFY(socket.readableLength() < 300'000);
    QCOMPARE(socket.bytesRead(), socket.readableLength());
    EventLog log(&socket);
    COMPARE_EVENTS(log, "data 600000");
    QVERIFY(log.bytes() == all);
}

void tst_Reading::resumedWithoutAReceiverDataIsLost()
{
    RawListener listener;
    Socket socket;
    socket.resume();
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("lost"));
    WAIT_FOR(socket.bytesRead() == 4);
    QCOMPARE(socket.readableLength(), 0);
    EventLog log(&socket);
    QVERIFY(peer.write("kept"));
    COMPARE_EVENTS(log, "data 4");
    QCOMPARE(log.bytes(), QByteArray("kept"));
}

void tst_Reading::stoppedTheDescriptorIsSomebodyElses()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(log, "connected, ready");
    socket.stopReading();
    QVERIFY(peer.write("for a child"));
    RawPeer child(::dup(int(socket.socketDescriptor())));
    QCOMPARE(child.read(11), QByteArray("for a child"));
    QVERIFY(peer.write("for us"));
    peer.shutdownWrite();
    test::settle();
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(socket.bytesRead(), 0);
    child.close();
    socket.resume();
    COMPARE_EVENTS(log, "connected, ready, data 6, ended, finish, closed");
}

void tst_Reading::whatWasReadFlowsOnAfterDestroy()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.pause();
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(log, "connected, ready");
    socket.unshift("third");
    socket.unshift("second");
    socket.unshift("first");
    QByteArray heard;
    connect(&socket, &Socket::data, this, [&](const QByteArray &bytes) {
        heard += bytes + ' ';
        socket.destroy();
    });
    socket.resume();
    WAIT_FOR(socket.isDestroyed() && log.text().endsWith(u"closed"_s));
    QCOMPARE(heard, QByteArray("first second third "));
}

void tst_Reading::pushedBytesComeAfterTheUnread()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(log, "connected, ready");
    socket.pause();
    QVERIFY(peer.write("from the peer"));
    WAIT_FOR(socket.readableLength() == 13);
    QVERIFY(socket.push(", and not"));
    QVERIFY(!socket.push(QByteArray(int(socket.readableHighWaterMark()), 'x')));
    QCOMPARE(socket.read(22), QByteArray("from the peer, and not"));
    QCOMPARE(socket.bytesRead(), 13);
    socket.pushEnd();
    socket.resume();
    WAIT_FOR(log.text().endsWith(u"ended, finish, closed"_s));
}

void tst_Reading::afterThePushedEndNothingMayBePushed()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    socket.pushEnd();
    QVERIFY(!socket.push("late"));
    COMPARE_EVENTS(log, "connected, ready, error ERR_STREAM_PUSH_AFTER_EOF, closed after error");
}

void tst_Reading::unheardWithDataTheEndWaits()
{
    RawListener listener;
    Socket socket;
    EventLog story(&socket, EventLog::Story);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("abc"));
    peer.close();
    WAIT_FOR(socket.readableLength() == 3);
    COMPARE_EVENTS(story, "connected, ready");
    QVERIFY(!socket.isDestroyed());
    EventLog log(&socket);
    COMPARE_EVENTS(log, "data 3, ended, finish, closed");
}

void tst_Reading::unheardWithoutDataTheEndComes()
{
    RawListener listener;
    Socket socket;
    EventLog story(&socket, EventLog::Story);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    listener.accept().close();
    COMPARE_EVENTS(story, "connected, ready, ended, finish, closed");
}

void tst_Reading::oneByteAtATimeIsAllOfThem()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QByteArray all;
    for (int i = 0; i < 256; ++i) {
        all.append(char(i));
        QVERIFY(peer.write(all.right(1)));
        WAIT_FOR(socket.bytesRead() == i + 1);
    }
    QCOMPARE(log.bytes(), all);
}

void tst_Reading::theCounterStaysAfterClosing()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QVERIFY(listener.accept().write("abc"));
    COMPARE_EVENTS(log, "connected, ready, data 3, ended, finish, closed");
    QCOMPARE(socket.bytesRead(), 3);
    QVERIFY(!socket.isReadable());
}

void tst_Reading::whatASlotKeepsIsItsOwn()
{
    // Large chunks are lent from a buffer that all sockets read into: who keeps one must not see it change.
    RawListener listener;
    Socket sockets[2];
    QList<QByteArray> kept[2];
    RawPeer peers[2];
    QByteArray sent[2];
    for (int i = 0; i < 2; ++i) {
        connect(&sockets[i], &Socket::data, this, [&kept, i](const QByteArray &bytes) { kept[i].append(bytes); });
        sockets[i].connectTo(listener.port(), u"127.0.0.1"_s);
        peers[i] = listener.accept();
    }
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 2; ++i) {
            const QByteArray bytes(200'000, char(' ' + 2 * round + i));
            sent[i] += bytes;
            QVERIFY(peers[i].write(bytes));
        }
    }
    for (int i = 0; i < 2; ++i) {
        WAIT_FOR(sockets[i].bytesRead() == sent[i].size());
        QVERIFY(kept[i].join() == sent[i]);
    }
}

void tst_Reading::aNestedEventLoopKeepsTheOrder()
{
    RawListener listener;
    Socket socket;
    QByteArray received;
    int depth = 0;
    int deepest = 0;
    connect(&socket, &Socket::data, this, [&](const QByteArray &bytes) {
        received += bytes;
        if (++depth < 4)
            test::waitFor([&, until = received.size()] { return received.size() > until; }, 1000);
        deepest = qMax(deepest, depth);
        --depth;
    });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QByteArray sent;
    for (int i = 0; i < 20; ++i)
        sent += QByteArray(20'000, char('a' + i));
    QVERIFY(peer.write(sent));
    WAIT_FOR(received.size() == sent.size());
    QVERIFY(received == sent);
    QVERIFY(deepest > 1);
}

void tst_Reading::readTellsNothingAfterClosed()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket, EventLog::Story);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("hello"));
    WAIT_FOR(socket.readableLength() == 5);
    socket.destroy();
    COMPARE_EVENTS(log, "connected, ready, closed");
    const QSignalSpy data(&socket, &Socket::data);
    QCOMPARE(socket.read(), QByteArray("hello"));
    QCOMPARE(data.count(), 0);
}

void tst_Reading::readableDataIsTakenByRead()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket, EventLog::Readable);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("hello"));
    COMPARE_EVENTS(log, "connected, ready, readyRead");
    QCOMPARE(socket.read(10), QByteArray());
    QCOMPARE(socket.read(2), QByteArray("he"));
    QCOMPARE(socket.read(), QByteArray("llo"));
    QCOMPARE(socket.read(), QByteArray());
    QVERIFY(peer.write("x"));
    COMPARE_EVENTS(log, "connected, ready, readyRead, readyRead");
    QCOMPARE(socket.read(), QByteArray("x"));
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, readyRead, readyRead, readyRead, ended, finish, closed");
}

void tst_Reading::whatIsPutBackComesAgain()
{
    RawListener listener;
    Socket socket;
    QByteArray received;
    bool first = true;
    connect(&socket, &Socket::data, this, [&](const QByteArray &bytes) {
        received += bytes;
        if (std::exchange(first, false)) {
            socket.pause();
            received.chop(2);
            socket.unshift("bo");
        }
    });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("HEADbo"));
    WAIT_FOR(received == "HEAD");
    QVERIFY(peer.write("dy"));
    WAIT_FOR(socket.readableLength() == 4);
    socket.resume();
    WAIT_FOR(received == "HEADbody");
    QCOMPARE(socket.bytesRead(), 8);
}

QTEST_GUILESS_MAIN(tst_Reading)
#include "tst_reading.moc"
