#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

using namespace Qt::StringLiterals;
using net::Error;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

// More than the kernel takes on loopback for a peer that does not read.
static const QByteArray Huge(32 * 1024 * 1024, 'h');

/// Writes that can not be done, and what is told of them.
class tst_FailedWrites : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neverConnectedIsAnError();
    void afterEndIsAnError();
    void afterDestroyOnlyTheCallbackKnows();
    void afterThePeersEndIsEpipe();
    void aResetBehindAPauseIsTheWritesError();
    void destroyTellsWhatWasNotWritten_data();
    void destroyTellsWhatWasNotWritten();
    void aFailedWriteTellsItsCallbacksFirst();
    void aFailedReadTellsTheWritesAfterwards();
};

void tst_FailedWrites::neverConnectedIsAnError()
{
    Socket socket;
    EventLog log(&socket);
    QVERIFY(!socket.write("a", this, log.noting(u"written"_s)));
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "written ERR_SOCKET_CLOSED, error ERR_SOCKET_CLOSED, closed after error");
    QCOMPARE(log.error().message(), u"Socket is closed"_s);
}

void tst_FailedWrites::afterEndIsAnError()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.end("a", this, log.noting(u"end"_s));
    QVERIFY(!pair.client.write("b", this, log.noting(u"written"_s)));
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "written ERR_STREAM_WRITE_AFTER_END, end ERR_STREAM_WRITE_AFTER_END, "
                        "error ERR_STREAM_WRITE_AFTER_END, closed after error");
    QCOMPARE(log.error().message(), u"write after end"_s);
}

void tst_FailedWrites::afterDestroyOnlyTheCallbackKnows()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.destroy();
    QVERIFY(!pair.client.write("a", this, log.noting(u"written"_s)));
    COMPARE_EVENTS(log, "written ERR_STREAM_DESTROYED, closed");
    QVERIFY(!pair.client.write("a", this, log.noting(u"later"_s)));
    COMPARE_EVENTS(log, "written ERR_STREAM_DESTROYED, closed, later ERR_STREAM_DESTROYED");
    QVERIFY(!pair.client.write("a"));
    QCOMPARE(pair.client.bytesWritten(), 0);
}

void tst_FailedWrites::afterThePeersEndIsEpipe()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    // Ticks later, when our own end has followed the peer's.
    connect(&socket, &Socket::finish, this, [&] { socket.write("late", this, log.noting(u"written"_s)); });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    listener.accept().shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, written EPIPE, error EPIPE, closed after error");
    QCOMPARE(log.error().message(), u"This socket has been ended by the other party"_s);
}

// Nobody reads, so that the write is who finds out, and its bytes are neither sent nor lost track of.
void tst_FailedWrites::aResetBehindAPauseIsTheWritesError()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.pause();
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    listener.accept().reset();
    socket.write("late", this, log.noting(u"written"_s));
    COMPARE_EVENTS(log, "connected, ready, written ECONNRESET, error ECONNRESET, closed after error");
    QCOMPARE(log.error().syscall(), u"write"_s);
    QCOMPARE(socket.bytesWritten(), 4);
}

void tst_FailedWrites::destroyTellsWhatWasNotWritten_data()
{
    QTest::addColumn<bool>("withError");
    QTest::addColumn<QString>("story");
    QTest::newRow("plain")
        << false << u"small, huge ERR_STREAM_DESTROYED, last ERR_STREAM_DESTROYED, end ERR_STREAM_DESTROYED, closed"_s;
    QTest::newRow("with error") << true << u"small, error BOOM, huge BOOM, last BOOM, end BOOM, closed after error"_s;
}

void tst_FailedWrites::destroyTellsWhatWasNotWritten()
{
    QFETCH(bool, withError);
    QFETCH(QString, story);
    ConnectedPair pair({.pauseOnConnect = true});
    EventLog log(&pair.client);
    pair.client.write("small", this, log.noting(u"small"_s));
    pair.client.write(Huge, this, log.noting(u"huge"_s));
    pair.client.write("last", this, log.noting(u"last"_s));
    pair.client.end({}, this, log.noting(u"end"_s));
    pair.client.destroy(withError ? Error::fromCode(u"BOOM"_s, u"boom"_s) : Error());
    QCOMPARE(log.text(), QString());
    QCOMPARE(log.textLike(story), story);
    if (withError)
        QCOMPARE(log.error().message(), u"boom"_s);
}

// The order in both is Node's: whose failure it is decides who hears first.
void tst_FailedWrites::aFailedWriteTellsItsCallbacksFirst()
{
    RawListener listener;
    Socket socket;
    socket.pause(); // nobody reads: it is the write that fails
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket.write(Huge, this, log.noting(u"huge"_s));
    socket.write("b", this, log.noting(u"b"_s));
    socket.end({}, this, log.noting(u"end"_s));
    peer.reset();
    COMPARE_EVENTS(log, "connected, ready, huge ECONNRESET, b ECONNRESET, end ECONNRESET, error ECONNRESET, "
                        "closed after error");
    QCOMPARE(log.error().message(), u"write ECONNRESET"_s);
    QCOMPARE(log.error().syscall(), u"write"_s);
}

void tst_FailedWrites::aFailedReadTellsTheWritesAfterwards()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket.write(Huge, this, log.noting(u"huge"_s));
    socket.write("b", this, log.noting(u"b"_s));
    socket.end({}, this, log.noting(u"end"_s));
    peer.reset();
    COMPARE_EVENTS(log, "connected, ready, error ECONNRESET, huge ECONNRESET, b ECONNRESET, end ECONNRESET, "
                        "closed after error");
    QCOMPARE(log.error().message(), u"read ECONNRESET"_s);
}

QTEST_GUILESS_MAIN(tst_FailedWrites)
#include "tst_failedwrites.moc"
