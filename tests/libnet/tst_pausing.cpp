#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include "libnet/server.h"

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What a pause holds back, and what it does not.
class tst_Pausing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPauseStopsDataUntilResume();
    void aPauseInsideDataHolds();
    void anExplicitPauseWinsOverAReceiver();
    void pausedBeforeConnectingReadsNothing();
    void pausedBeforeConnectingDoesNotSeeTheEnd();
    void pausedWithDataTheEndWaits();
    void pausedWithoutDataTheEndComes();
    void pausedWhenAcceptedTheEndComes();
    void pauseIsToldAtOnceResumeLater();
};

void tst_Pausing::aPauseStopsDataUntilResume()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("a"));
    COMPARE_EVENTS(log, "connected, ready, data 1");
    socket.pause();
    QVERIFY(socket.isPaused());
    QVERIFY(peer.write("bcd"));
    WAIT_FOR(socket.readableLength() == 3); // read ahead, as far as the mark
    QCOMPARE(log.text(), u"connected, ready, data 1"_s);
    socket.resume();
    QVERIFY(!socket.isPaused());
    QCOMPARE(log.text(), u"connected, ready, data 1"_s);
    COMPARE_EVENTS(log, "connected, ready, data 4");
    QCOMPARE(log.bytes(), QByteArray("abcd"));
}

void tst_Pausing::aPauseInsideDataHolds()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    // Two chunks in the buffer.
    QVERIFY(peer.write("one"));
    WAIT_FOR(socket.readableLength() == 3);
    QVERIFY(peer.write("two"));
    WAIT_FOR(socket.readableLength() == 6);
    EventLog log(&socket);
    connect(
        &socket, &Socket::data, this, [&] { socket.pause(); }, Qt::SingleShotConnection);
    COMPARE_EVENTS(log, "data 3");
    QCOMPARE(socket.readableLength(), 3);
    socket.resume();
    COMPARE_EVENTS(log, "data 6");
}

void tst_Pausing::anExplicitPauseWinsOverAReceiver()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("abc"));
    WAIT_FOR(socket.readableLength() == 3);
    socket.pause();
    EventLog log(&socket);
    test::settle();
    QCOMPARE(log.text(), QString());
    QVERIFY(socket.isPaused());
    socket.resume();
    COMPARE_EVENTS(log, "data 3");
}

void tst_Pausing::pausedBeforeConnectingReadsNothing()
{
    RawListener listener;
    Socket socket;
    socket.pause();
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("abc"));
    COMPARE_EVENTS(log, "connected, ready");
    // A second socket that reads what came later shows that there was time to read.
    Socket other;
    EventLog otherLog(&other);
    other.connectTo(listener.port(), u"127.0.0.1"_s);
    QVERIFY(listener.accept().write("later"));
    WAIT_FOR(otherLog.contains(u"data 5"_s));
    QCOMPARE(socket.bytesRead(), 0);
    socket.resume();
    COMPARE_EVENTS(log, "connected, ready, data 3");
}

void tst_Pausing::pausedBeforeConnectingDoesNotSeeTheEnd()
{
    RawListener listener;
    Socket socket;
    socket.pause();
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    peer.shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready");
    socket.resume();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
}

void tst_Pausing::pausedWithDataTheEndWaits()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket.pause();
    QVERIFY(peer.write("abc"));
    peer.shutdownWrite();
    WAIT_FOR(socket.readableLength() == 3);
    test::settle();
    QCOMPARE(log.text(), u"connected, ready"_s);
    socket.resume();
    COMPARE_EVENTS(log, "connected, ready, data 3, ended, finish, closed");
}

void tst_Pausing::pausedWithoutDataTheEndComes()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    socket.pause();
    listener.accept().shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
}

void tst_Pausing::pausedWhenAcceptedTheEndComes()
{
    Server server;
    std::unique_ptr<EventLog> log;
    connect(&server, &Server::connection, this, [&](Socket *socket) {
        log = std::make_unique<EventLog>(socket);
        socket->pause();
    });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    RawPeer peer = RawPeer::connectedTo(server.address().port);
    peer.shutdownWrite();
    WAIT_FOR(log && log->text().contains(u"ended"_s));
    COMPARE_EVENTS(*log, "ended, finish, closed");
}

void tst_Pausing::pauseIsToldAtOnceResumeLater()
{
    Socket socket;
    EventLog log(&socket, EventLog::Flow);
    socket.pause();
    QCOMPARE(log.text(), u"paused"_s);
    socket.pause();
    socket.resume();
    QCOMPARE(log.text(), u"paused"_s);
    COMPARE_EVENTS(log, "paused, resumed");
    socket.resume();
    COMPARE_EVENTS(log, "paused, resumed");
}

QTEST_GUILESS_MAIN(tst_Pausing)
#include "tst_pausing.moc"
