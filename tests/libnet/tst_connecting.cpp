#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/net.h>

using namespace Qt::StringLiterals;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// The ways to a connection that succeeds, and what a socket knows of it.
class tst_Connecting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPortTellsTheWholeStory();
    void nothingIsToldFromInsideTheCall();
    void aNameIsLookedUpFirst();
    void withoutAHostItIsLocalhost();
    void ipv6IsSpokenToo();
    void aPathConnects();
    void aPathMayHaveAnyCharacter();
    void anAbstractPathConnects();
    void pathWinsOverPort();
    void theLocalEndCanBeChosen();
    void bothEndsAreKnownAndTheRemoteOneIsRemembered();
    void localSocketsHaveNoAddresses();
    void readyStateFollowsTheStory();
    void theCallbackRunsOnceBeforeReady();
    void theCallbackDiesWithItsContext();
    void aSecondCallMeanwhileChangesNothing();
    void settingsFromBeforeArePutOnTheDescriptor();
    void theTypeOfServiceIsAnOption();
    void settingsCanBeTakenBack();
    void connectWithoutParentDeletesItself();
    void connectWithParentIsKept();
};

void tst_Connecting::aPortTellsTheWholeStory()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket, EventLog::Data | EventLog::Attempts);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "attempt 127.0.0.1, connected, ready");
    RawPeer peer = listener.accept();
    QVERIFY(peer.write("hello"));
    peer.close();
    COMPARE_EVENTS(log, "attempt 127.0.0.1, connected, ready, data 5, ended, finish, closed");
    QCOMPARE(log.bytes(), QByteArray("hello"));
}

void tst_Connecting::nothingIsToldFromInsideTheCall()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QCOMPARE(log.text(), QString());
    QVERIFY(socket.isConnecting());
    WAIT_FOR(!socket.isConnecting());
}

void tst_Connecting::aNameIsLookedUpFirst()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo({.port = listener.port(), .host = u"localhost"_s, .family = net::Family::IPv4});
    COMPARE_EVENTS(log, "lookup localhost 127.0.0.1 4, attempt 127.0.0.1, connected, ready");
    QCOMPARE(socket.autoSelectFamilyAttemptedAddresses(), QStringList());
}

void tst_Connecting::withoutAHostItIsLocalhost()
{
    net::Server server;
    server.listen(0);
    WAIT_FOR(server.isListening());
    net::Socket socket;
    QSignalSpy lookups(&socket, &net::Socket::lookup);
    QSignalSpy connected(&socket, &net::Socket::connected);
    socket.connectTo(server.address().port);
    WAIT_FOR(!connected.isEmpty());
    QVERIFY(!lookups.isEmpty());
    QCOMPARE(lookups.first().at(3).toString(), u"localhost"_s);
}

void tst_Connecting::ipv6IsSpokenToo()
{
    RawListener listener(16, "::1");
    if (!listener.isOpen())
        QSKIP("no IPv6 on this machine");
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(listener.port(), u"::1"_s);
    COMPARE_EVENTS(log, "attempt ::1, connected, ready");
    QCOMPARE(socket.remoteAddress(), u"::1"_s);
    QCOMPARE(socket.remoteFamily(), u"IPv6"_s);
    QCOMPARE(socket.localFamily(), u"IPv6"_s);
    QCOMPARE(socket.remote().toString(), u"[::1]:%1"_s.arg(listener.port()));
}

void tst_Connecting::aPathConnects()
{
    QTemporaryDir folder;
    RawListener listener(folder.filePath(u"a.sock"_s));
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(folder.filePath(u"a.sock"_s));
    QCOMPARE(log.text(), QString());
    COMPARE_EVENTS(log, "connected, ready");
    RawPeer peer = listener.accept();
    socket.write("over a path");
    QCOMPARE(peer.read(11), QByteArray("over a path"));
}

void tst_Connecting::aPathMayHaveAnyCharacter()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"größe und 木.sock"_s);
    RawListener listener(path);
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(path);
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(socket.remote().address, path);
}

void tst_Connecting::anAbstractPathConnects()
{
    const QString name = QChar(0) + u"libnet test %1"_s.arg(QUuid::createUuid().toString());
    RawListener listener(name);
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(name);
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(socket.remote().address, name);
    QCOMPARE(socket.remote().toString(), u'@' + name.mid(1));
}

void tst_Connecting::pathWinsOverPort()
{
    QTemporaryDir folder;
    RawListener listener(folder.filePath(u"a.sock"_s));
    test::DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo({.port = deaf.port(), .path = folder.filePath(u"a.sock"_s)});
    COMPARE_EVENTS(log, "connected, ready");
}

void tst_Connecting::theLocalEndCanBeChosen()
{
    RawListener listener;
    quint16 port = 0;
    {
        test::DeafPort free("127.0.0.2");
        port = free.port();
    }
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(
        {.port = listener.port(), .host = u"127.0.0.1"_s, .localAddress = u"127.0.0.2"_s, .localPort = port});
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(socket.localAddress(), u"127.0.0.2"_s);
    QCOMPARE(socket.localPort(), int(port));
}

void tst_Connecting::bothEndsAreKnownAndTheRemoteOneIsRemembered()
{
    RawListener listener;
    net::Socket socket;
    QVERIFY(socket.remote().isNull());
    QVERIFY(socket.address().isNull());
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    const net::SocketAddress local = socket.address();
    QCOMPARE(local.address, u"127.0.0.1"_s);
    QCOMPARE(local.family, net::Family::IPv4);
    QVERIFY(local.port > 0);
    RawPeer peer = listener.accept();
    peer.reset();
    COMPARE_EVENTS(log, "connected, ready, error ECONNRESET, closed after error");
    QCOMPARE(socket.remoteAddress(), u"127.0.0.1"_s);
    QCOMPARE(socket.remotePort(), int(listener.port()));
    QCOMPARE(socket.remoteFamily(), u"IPv4"_s);
    QVERIFY(socket.address().isNull());
}

void tst_Connecting::localSocketsHaveNoAddresses()
{
    QTemporaryDir folder;
    RawListener listener(folder.filePath(u"a.sock"_s));
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(folder.filePath(u"a.sock"_s));
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(socket.remoteAddress(), QString());
    QCOMPARE(socket.remoteFamily(), QString());
    QCOMPARE(socket.localAddress(), QString());
    QCOMPARE(socket.remotePort(), 0);
    QCOMPARE(socket.localPort(), 0);
}

void tst_Connecting::readyStateFollowsTheStory()
{
    RawListener listener;
    net::Socket socket({.allowHalfOpen = true});
    EventLog log(&socket);
    using State = net::Socket::ReadyState;
    QCOMPARE(socket.readyState(), State::Open); // Node's answer too, however pending it is
    QVERIFY(socket.isPending());
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    QCOMPARE(socket.readyState(), State::Opening);
    QVERIFY(socket.isPending() && socket.isConnecting());
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(socket.readyState(), State::Open);
    QVERIFY(!socket.isPending() && !socket.isConnecting());
    RawPeer peer = listener.accept();
    peer.shutdownWrite();
    COMPARE_EVENTS(log, "connected, ready, ended");
    QCOMPARE(socket.readyState(), State::WriteOnly);
    QVERIFY(!socket.isReadable() && socket.isWritable());
    socket.destroy();
    QCOMPARE(socket.readyState(), State::Closed);
    QVERIFY(socket.isDestroyed() && socket.isPending());

    net::Socket ending({.allowHalfOpen = true});
    EventLog endingLog(&ending);
    ending.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(endingLog, "connected, ready");
    ending.end();
    QCOMPARE(ending.readyState(), State::ReadOnly);
}

void tst_Connecting::theCallbackRunsOnceBeforeReady()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo({.port = listener.port(), .host = u"127.0.0.1"_s}, this, [&log] { log.note(u"callback"_s); });
    COMPARE_EVENTS(log, "connected, callback, ready");
    socket.destroy();
    COMPARE_EVENTS(log, "connected, callback, ready, closed");
    socket.connectTo({.port = listener.port(), .host = u"127.0.0.1"_s});
    COMPARE_EVENTS(log, "connected, callback, ready, closed, connected, ready");
}

void tst_Connecting::theCallbackDiesWithItsContext()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    auto context = std::make_unique<QObject>();
    socket.connectTo({.port = listener.port(), .host = u"127.0.0.1"_s}, context.get(),
                     [&log] { log.note(u"callback"_s); });
    context.reset();
    COMPARE_EVENTS(log, "connected, ready");
}

void tst_Connecting::aSecondCallMeanwhileChangesNothing()
{
    RawListener listener;
    test::DeafPort deaf;
    net::Socket socket;
    EventLog log(&socket, EventLog::Attempts);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    socket.connectTo(deaf.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "attempt 127.0.0.1, connected, ready");
    QCOMPARE(socket.remotePort(), int(listener.port()));
}

void tst_Connecting::settingsFromBeforeArePutOnTheDescriptor()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.setNoDelay().setKeepAlive(true, 7000);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    const int fd = test::descriptorOf(socket);
    QVERIFY(fd >= 0);
    QCOMPARE(test::optionOf(fd, IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(test::optionOf(fd, SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(test::optionOf(fd, IPPROTO_TCP, TCP_KEEPIDLE), 7);

    net::Socket other;
    EventLog otherLog(&other);
    other.connectTo({.port = listener.port(),
                     .host = u"127.0.0.1"_s,
                     .noDelay = true,
                     .keepAlive = true,
                     .keepAliveInitialDelay = 9000});
    COMPARE_EVENTS(otherLog, "connected, ready");
    const int otherFd = test::descriptorOf(other);
    QCOMPARE(test::optionOf(otherFd, IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(test::optionOf(otherFd, IPPROTO_TCP, TCP_KEEPIDLE), 9);
}

void tst_Connecting::theTypeOfServiceIsAnOption()
{
    RawListener listener;
    net::Socket socket({.typeOfService = 16});
    QCOMPARE(socket.typeOfService(), 16);
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(test::optionOf(test::descriptorOf(socket), IPPROTO_IP, IP_TOS), 16);
    net::Socket wrong({.typeOfService = 256});
    EventLog wrongLog(&wrong);
    COMPARE_EVENTS(wrongLog, "error ERR_OUT_OF_RANGE, closed after error");
}

void tst_Connecting::settingsCanBeTakenBack()
{
    RawListener listener;
    net::Socket socket;
    EventLog log(&socket);
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "connected, ready");
    const int fd = test::descriptorOf(socket);
    socket.setNoDelay(true).setKeepAlive(true);
    QCOMPARE(test::optionOf(fd, IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(test::optionOf(fd, SOL_SOCKET, SO_KEEPALIVE), 1);
    socket.setNoDelay(false).setKeepAlive(false);
    QCOMPARE(test::optionOf(fd, IPPROTO_TCP, TCP_NODELAY), 0);
    QCOMPARE(test::optionOf(fd, SOL_SOCKET, SO_KEEPALIVE), 0);
}

void tst_Connecting::connectWithoutParentDeletesItself()
{
    RawListener listener;
    QPointer<net::Socket> socket = net::connect(listener.port(), u"127.0.0.1"_s);
    EventLog log(socket);
    COMPARE_EVENTS(log, "connected, ready");
    listener.accept().close();
    WAIT_FOR(socket.isNull());
    QCOMPARE(log.text(), u"connected, ready, ended, finish, closed"_s);
}

void tst_Connecting::connectWithParentIsKept()
{
    QTemporaryDir folder;
    RawListener listener(folder.filePath(u"a.sock"_s));
    QObject parent;
    QPointer<net::Socket> socket = net::connect(folder.filePath(u"a.sock"_s), &parent);
    QCOMPARE(socket->parent(), &parent);
    EventLog log(socket);
    listener.accept().close();
    COMPARE_EVENTS(log, "connected, ready, ended, finish, closed");
    QVERIFY(socket);

    bool called = false;
    net::Socket *other = net::connect({.path = folder.filePath(u"a.sock"_s)}, &parent, [&called] { called = true; });
    WAIT_FOR(called);
    QVERIFY(!other->isPending());
}

QTEST_GUILESS_MAIN(tst_Connecting)
#include "tst_connecting.moc"
