#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/net.h>

using namespace Qt::StringLiterals;
using test::DeafPort;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// One socket, many connections.
class tst_Reconnecting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fromClosed();
    void fromErrorOccurredTheOldStoryEndsFirst();
    void countersStartAnew();
    void aPauseIsKept();
    void whatWasBufferedIsForgotten();
    void fromOneKindToTheOther();
    void endedBeforeConnectingFinishesOnceConnected();
    void manyTimes();
};

void tst_Reconnecting::fromClosed()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    int left = 2;
    connect(&socket, &net::Socket::closed, this, [&] {
        if (left-- > 0)
            socket.connectTo(listener.port(), u"127.0.0.1"_s);
    });
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    for (int i = 0; i < 3; ++i) {
        RawPeer peer = listener.accept();
        QVERIFY(peer.write("abc"));
    }
    COMPARE_EVENTS(log,
                   "connected, ready, data 3, ended, finish, closed, connected, ready, data 3, ended, finish, closed, "
                   "connected, ready, data 3, ended, finish, closed");
}

void tst_Reconnecting::fromErrorOccurredTheOldStoryEndsFirst()
{
    RawListener listener;
    DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket);
    connect(
        &socket, &net::Socket::errorOccurred, this, [&] { socket.connectTo(listener.port(), u"127.0.0.1"_s); },
        Qt::SingleShotConnection);
    socket.connectTo(deaf.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error, connected, ready");
    QVERIFY(!socket.isDestroyed());
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("abc"));
    COMPARE_EVENTS(log, "error ECONNREFUSED, closed after error, connected, ready, data 3");
}

void tst_Reconnecting::countersStartAnew()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("abc"));
    socket.write("12345");
    COMPARE_EVENTS(log, "connected, ready, data 3");
    socket.destroy();
    COMPARE_EVENTS(log, "connected, ready, data 3, closed");
    QCOMPARE(socket.bytesRead(), 3);
    QCOMPARE(socket.bytesWritten(), 5);

    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QCOMPARE(socket.bytesRead(), 0);
    QCOMPARE(socket.bytesWritten(), 0);
    QCOMPARE(socket.writableLength(), 0);
    QVERIFY(socket.remote().isNull());
    socket.write("1");
    RawPeer second = listener.accept();
    QCOMPARE(second.read(1), QByteArray("1"));
    QCOMPARE(socket.bytesWritten(), 1);
    QVERIFY(second.write("abcd"));
    COMPARE_EVENTS(log, "connected, ready, data 3, closed, connected, ready, data 4");
    QCOMPARE(socket.bytesRead(), 4);
}

void tst_Reconnecting::aPauseIsKept()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    socket.pause();
    socket.destroy();
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready, closed, connected, ready");
    QVERIFY(socket.isPaused());
    listener.accept();
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("abc"));
    socket.resume();
    COMPARE_EVENTS(log, "connected, ready, closed, connected, ready, data 3");
}

void tst_Reconnecting::whatWasBufferedIsForgotten()
{
    RawListener listener;
    net::Socket socket;
    EventLog story(&socket, EventLog::Story);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("unread"));
    WAIT_FOR(socket.readableLength() == 6);
    socket.destroy();
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QCOMPARE(socket.readableLength(), 0);
    RawPeer second = listener.accept();
    QVERIFY(second.write("new"));
    WAIT_FOR(socket.readableLength() == 3);
    EventLog log(&socket);
    COMPARE_EVENTS(log, "data 3");
    QCOMPARE(log.bytes(), QByteArray("new"));
}

void tst_Reconnecting::fromOneKindToTheOther()
{
    QTemporaryDir folder;
    RawListener byPort;
    RawListener byPath(folder.filePath(u"a.sock"_s));
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(byPort.port(), u"127.0.0.1"_s);
    byPort.accept().close();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
    QCOMPARE(socket.remoteAddress(), u"127.0.0.1"_s);
    socket.connectTo(folder.filePath(u"a.sock"_s));
    byPath.accept().close();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed, connected, ready, ended, finish, closed");
    QCOMPARE(socket.remote().address, folder.filePath(u"a.sock"_s));
    QCOMPARE(socket.remoteAddress(), QString());
}

void tst_Reconnecting::endedBeforeConnectingFinishesOnceConnected()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.end({}, this, log.noting(u"end"_s));
    test::settle();
    QCOMPARE(log.text(), QString());
    QCOMPARE(socket.readyState(), net::Socket::ReadyState::ReadOnly);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(peer.sawEnd());
    COMPARE_EVENTS(log, "connected, ready, end, finish");
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, end, finish, ended, closed");
}

void tst_Reconnecting::manyTimes()
{
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) { socket->end("bye"); });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    net::Socket socket;
    int lives = 0;
    qint64 bytes = 0;
    connect(&socket, &net::Socket::data, this, [&](const QByteArray &data) { bytes += data.size(); });
    connect(&socket, &net::Socket::closed, this, [&] {
        if (++lives < 200)
            socket.connectTo(server.address().port, u"127.0.0.1"_s);
    });
    socket.connectTo(server.address().port, u"127.0.0.1"_s);
    WAIT_FOR(lives == 200);
    QCOMPARE(bytes, 600);
}

QTEST_GUILESS_MAIN(tst_Reconnecting)
#include "tst_reconnecting.moc"
