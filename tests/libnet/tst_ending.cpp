#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <cerrno>

using namespace Qt::StringLiterals;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

Q_DECLARE_METATYPE(test::ConnectedPair::Over)

/// The ends of both directions, in every order, up to closed().
class tst_Ending : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ourEndThenThePeers_data() { transports(); }
    void ourEndThenThePeers();
    void ourEndFollowsThePeers_data() { transports(); }
    void ourEndFollowsThePeers();
    void halfOpenThePeerEndsFirst_data() { transports(); }
    void halfOpenThePeerEndsFirst();
    void halfOpenBothWays();
    void afterOurEndWeGoOnReading();
    void endWithDataSendsItFirst();
    void callbacksOfEndRunBeforeFinish();
    void endAfterFinishTellsItsCallback();
    void endWithDataAfterFinishIsAnError();
    void endWhileConnecting();
    void anEndThatNeverComesTellsItsCallback();
    void endInsideConnected();
    void destroyInsideASlot_data();
    void destroyInsideASlot();
    void destroyTwiceClosesOnce();
    void theEndInMidMessage();
    void aResetIsAnError();
    void aResetAfterBothEndsIsNone();
    void resetAndDestroySendsOne();
    void destroySoonWritesEverything();

private:
    static void transports();
};

void tst_Ending::transports()
{
    QTest::addColumn<ConnectedPair::Over>("over");
    QTest::newRow("tcp") << ConnectedPair::Over::Tcp;
    QTest::newRow("path") << ConnectedPair::Over::Path;
}

void tst_Ending::ourEndThenThePeers()
{
    QFETCH(ConnectedPair::Over, over);
    ConnectedPair pair({}, {}, over);
    QVERIFY(pair.accepted);
    EventLog ours(&pair.client);
    EventLog theirs(pair.accepted);
    pair.client.end("bye");
    COMPARE_EVENTS(ours, "finish, ended, closed");
    COMPARE_EVENTS(theirs, "data 3, ended, finish, closed");
}

void tst_Ending::ourEndFollowsThePeers()
{
    QFETCH(ConnectedPair::Over, over);
    ConnectedPair pair({.allowHalfOpen = true}, {}, over);
    QVERIFY(pair.accepted);
    EventLog ours(&pair.client);
    EventLog theirs(pair.accepted);
    pair.accepted->end("bye");
    COMPARE_EVENTS(ours, "data 3, ended, finish, closed");
    COMPARE_EVENTS(theirs, "finish, ended, closed");
}

void tst_Ending::halfOpenThePeerEndsFirst()
{
    QFETCH(ConnectedPair::Over, over);
    ConnectedPair pair({.allowHalfOpen = true}, {.allowHalfOpen = true}, over);
    QVERIFY(pair.accepted);
    EventLog ours(&pair.client);
    EventLog theirs(pair.accepted);
    pair.client.end("hi");
    COMPARE_EVENTS(ours, "finish");
    COMPARE_EVENTS(theirs, "data 2, ended");
    QVERIFY(pair.accepted->isWritable());
    pair.accepted->write("still ");
    COMPARE_EVENTS(ours, "finish, data 6");
    pair.accepted->end("there");
    COMPARE_EVENTS(ours, "finish, data 11, ended, closed");
    COMPARE_EVENTS(theirs, "data 2, ended, finish, closed");
}

void tst_Ending::halfOpenBothWays()
{
    RawListener listener;
    Socket socket({.allowHalfOpen = true});
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    peer.shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready, ended");
    const QByteArray answer(1 << 20, 'x');
    socket.write(answer);
    QVERIFY(peer.read(answer.size()) == answer);
    QVERIFY(!peer.sawEnd());
    socket.end();
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(peer.sawEnd());
    WAIT_FOR(log.contains(u"closed"_s));
    QCOMPARE(log.events().mid(log.events().size() - 2), QStringList({u"finish"_s, u"closed"_s}));
}

void tst_Ending::afterOurEndWeGoOnReading()
{
    RawListener listener;
    Socket socket; // without allowHalfOpen: that is about the other direction
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    socket.end();
    COMPARE_EVENTS(log, "connected, ready, finish");
    QVERIFY(!socket.isWritable());
    QVERIFY(socket.isReadable());
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(peer.write("more"));
    COMPARE_EVENTS(log, "connected, ready, finish, data 4");
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, finish, data 4, ended, closed");
}

void tst_Ending::endWithDataSendsItFirst()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(log, "connected, ready");
    const QByteArray huge(20 * 1024 * 1024, 'h');
    socket.write("first ", this, log.noting(u"first"_s));
    socket.write(huge, this, log.noting(u"huge"_s));
    socket.end("last", this, log.noting(u"end"_s));
    const QByteArray all = peer.readToEnd();
    QVERIFY(all == "first " + huge + "last");
    COMPARE_EVENTS(log, "connected, ready, first, huge, end, finish");
    QVERIFY(socket.writableFinished());
}

void tst_Ending::callbacksOfEndRunBeforeFinish()
{
    ConnectedPair pair({.allowHalfOpen = true});
    EventLog log(&pair.client);
    pair.client.end("x", this, log.noting(u"first"_s));
    pair.client.end({}, this, log.noting(u"second"_s));
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "first, second, finish");
}

void tst_Ending::endAfterFinishTellsItsCallback()
{
    ConnectedPair pair({.allowHalfOpen = true});
    EventLog log(&pair.client);
    pair.client.end();
    COMPARE_EVENTS(log, "finish");
    pair.client.end();
    pair.client.end({}, this, log.noting(u"end"_s));
    COMPARE_EVENTS(log, "finish, end ERR_STREAM_ALREADY_FINISHED");
}

void tst_Ending::endWithDataAfterFinishIsAnError()
{
    ConnectedPair pair({.allowHalfOpen = true});
    EventLog log(&pair.client);
    pair.client.end();
    COMPARE_EVENTS(log, "finish");
    pair.client.end("more", this, log.noting(u"end"_s));
    COMPARE_EVENTS(log, "finish, error ERR_STREAM_WRITE_AFTER_END, end ERR_STREAM_WRITE_AFTER_END, closed after error");
}

void tst_Ending::endWhileConnecting()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.write("a", this, log.noting(u"written"_s));
    socket.end("bc", this, log.noting(u"end"_s));
    COMPARE_EVENTS(log, "connected, written, ready, end, finish");
    RawPeer peer = listener.accept();
    QCOMPARE(peer.readToEnd(), QByteArray("abc"));
    peer.close();
    COMPARE_EVENTS(log, "connected, written, ready, end, finish, ended, closed");
}

// The write has no callback of its own: the one of end() is told all the same.
void tst_Ending::anEndThatNeverComesTellsItsCallback()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.write("x");
    socket.end({}, &socket, log.noting(u"end"_s));
    socket.write("late");
    COMPARE_EVENTS(log, "error ERR_STREAM_WRITE_AFTER_END, closed after error, end ERR_STREAM_WRITE_AFTER_END");
}

void tst_Ending::endInsideConnected()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    connect(&socket, &Socket::connected, this, [&] { socket.end("x"); });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QCOMPARE(listener.accept().readToEnd(), QByteArray("x"));
    COMPARE_EVENTS(log, "connected, ready, finish, ended, closed");
}

void tst_Ending::destroyInsideASlot_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("story");
    // Node says ready even then.
    QTest::newRow("connected") << u"connected"_s << u"connected, ready, closed"_s;
    QTest::newRow("ready") << u"ready"_s << u"connected, ready, closed"_s;
    QTest::newRow("data") << u"data"_s << u"connected, ready, data 3, closed"_s;
    QTest::newRow("ended") << u"ended"_s << u"connected, ready, data 3, ended, closed"_s;
    QTest::newRow("finish") << u"finish"_s << u"connected, ready, data 3, ended, finish, closed"_s;
}

void tst_Ending::destroyInsideASlot()
{
    QFETCH(QString, slot);
    QFETCH(QString, story);
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    const auto destroy = [&] {
        socket.destroy();
    };
    if (slot == u"connected"_s)
        connect(&socket, &Socket::connected, this, destroy);
    else if (slot == u"ready"_s)
        connect(&socket, &Socket::ready, this, destroy);
    else if (slot == u"data"_s)
        connect(&socket, &Socket::data, this, destroy);
    else if (slot == u"ended"_s)
        connect(&socket, &Socket::ended, this, destroy);
    else
        connect(&socket, &Socket::finish, this, destroy);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QVERIFY(listener.accept().write("abc"));
    QCOMPARE(log.textLike(story), story);
}

void tst_Ending::destroyTwiceClosesOnce()
{
    ConnectedPair pair;
    EventLog log(&pair.client);
    pair.client.destroy();
    pair.client.destroy(net::Error::fromCode(u"LATE"_s, u"too late"_s));
    COMPARE_EVENTS(log, "closed");
    pair.client.destroy();
    COMPARE_EVENTS(log, "closed");
}

void tst_Ending::theEndInMidMessage()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("Content-Length: 100\r\n\r\nonly so mu"));
    peer.shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready, data 33, ended, finish, closed");
}

void tst_Ending::aResetIsAnError()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    listener.accept().reset();
    COMPARE_EVENTS(log, "connected, ready, error ECONNRESET, closed after error");
    QCOMPARE(log.error().message(), u"read ECONNRESET"_s);
    QCOMPARE(log.error().errorNumber(), ECONNRESET);
    QCOMPARE(log.error().address(), QString());
}

void tst_Ending::aResetAfterBothEndsIsNone()
{
    RawListener listener;
    Socket socket({.allowHalfOpen = true});
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    peer.shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready, ended");
    socket.end();
    QCOMPARE(peer.readToEnd(), QByteArray());
    peer.reset();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
}

void tst_Ending::resetAndDestroySendsOne()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket.resetAndDestroy();
    QCOMPARE(peer.readToEnd(), QByteArray());
    QCOMPARE(peer.readError(), ECONNRESET);
    COMPARE_EVENTS(log, "connected, ready, closed");

    Socket never;
    EventLog neverLog(&never);
    never.resetAndDestroy();
    COMPARE_EVENTS(neverLog, "error ERR_SOCKET_CLOSED, closed after error");
}

void tst_Ending::destroySoonWritesEverything()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    const QByteArray huge(20 * 1024 * 1024, 'h');
    socket.write(huge);
    socket.destroySoon();
    QVERIFY(peer.readToEnd() == huge);
    COMPARE_EVENTS(log, "connected, ready, finish, closed");
}

QTEST_GUILESS_MAIN(tst_Ending)
#include "tst_ending.moc"
