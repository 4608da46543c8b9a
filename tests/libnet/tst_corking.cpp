#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// What cork() holds back, and what lets it go.
class tst_Corking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLastUncorkSendsEverything();
    void endUncorksFully();
    void corkBeforeTheConnectionHoldsAfterIt();
    void corkAfterEndHoldsNothing_data();
    void corkAfterEndHoldsNothing();
    void uncorkInsideConnectedSends();
    void destroyedWhileCorkedTellsItsCallbacks();
};

void tst_Corking::theLastUncorkSendsEverything()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QTRY_VERIFY(!socket.isPending());
    RawPeer peer = listener.accept();
    socket.cork();
    socket.cork();
    socket.write("a");
    socket.uncork();
    socket.write("b");
    QCOMPARE(socket.writableCorked(), 1);
    QCOMPARE(socket.writableLength(), 2);
    QCoreApplication::processEvents();
    QCOMPARE(peer.readSome(), QByteArray());
    socket.uncork();
    QCOMPARE(peer.read(2), QByteArray("ab"));
    QCOMPARE(socket.writableLength(), 0);
}

void tst_Corking::endUncorksFully()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QTRY_VERIFY(!socket.isPending());
    RawPeer peer = listener.accept();
    socket.cork();
    socket.cork();
    socket.write("a", this, log.noting(u"written"_s));
    socket.end("b");
    QCOMPARE(socket.writableCorked(), 0);
    QCOMPARE(peer.readToEnd(), QByteArray("ab"));
    COMPARE_EVENTS(log, "connected, ready, written, finish");
}

void tst_Corking::corkBeforeTheConnectionHoldsAfterIt()
{
    RawListener listener;
    Socket socket;
    socket.cork();
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.write("held");
    QTRY_VERIFY(!socket.isPending());
    RawPeer peer = listener.accept();
    QCoreApplication::processEvents();
    QCOMPARE(peer.readSome(), QByteArray());
    socket.uncork();
    QCOMPARE(peer.read(4), QByteArray("held"));
}

void tst_Corking::corkAfterEndHoldsNothing_data()
{
    QTest::addColumn<bool>("beforeTheConnection");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("connecting") << true << QByteArray();
    QTest::newRow("connecting, with bytes") << true << QByteArray("bytes");
    QTest::newRow("connected") << false << QByteArray();
    QTest::newRow("connected, with bytes") << false << QByteArray("bytes");
}

void tst_Corking::corkAfterEndHoldsNothing()
{
    QFETCH(bool, beforeTheConnection);
    QFETCH(QByteArray, bytes);
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    if (!beforeTheConnection)
        QTRY_VERIFY(!socket.isPending());
    socket.end(bytes);
    socket.cork();
    QCOMPARE(socket.writableCorked(), 1);
    RawPeer peer = listener.accept();
    QCOMPARE(peer.readToEnd(), bytes);
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, finish, ended, closed");
}

void tst_Corking::uncorkInsideConnectedSends()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.cork();
    socket.write("held");
    connect(&socket, &Socket::connected, this, [&] { socket.uncork(); });
    RawPeer peer = listener.accept();
    QCOMPARE(peer.read(4), QByteArray("held"));
}

void tst_Corking::destroyedWhileCorkedTellsItsCallbacks()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QTRY_VERIFY(!socket.isPending());
    RawPeer peer = listener.accept();
    socket.cork();
    socket.write("a", this, log.noting(u"written"_s));
    socket.destroy();
    COMPARE_EVENTS(log, "connected, ready, written ERR_STREAM_DESTROYED, closed");
    QCOMPARE(peer.readToEnd(), QByteArray());
}

QTEST_GUILESS_MAIN(tst_Corking)
#include "tst_corking.moc"
