#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/boundsocket.h>
#include <libnet/net.h>

#include <fcntl.h>

using namespace Qt::StringLiterals;
using net::BoundSocket;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// An address that is taken now, to listen on or to connect from later.
class tst_BoundSockets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aBoundSocketIsAdopted();
    void aBoundPathIsRemovedAtTheEnd();
    void aBoundSocketThatFailedSaysWhy();
    void aSocketGivesWhatItWasBoundTo();
    void aConnectedSocketIsNoListener();

private:
    QTemporaryDir m_folder;
    static RawPeer connectedTo(const net::SocketAddress &address);
};

RawPeer tst_BoundSockets::connectedTo(const net::SocketAddress &address)
{
    return address.family == net::Family::Local ? RawPeer::connectedTo(address.address)
                                                : RawPeer::connectedTo(address.port);
}

void tst_BoundSockets::aBoundSocketIsAdopted()
{
    BoundSocket bound({.host = u"127.0.0.1"_s});
    QVERIFY(!bound.error());
    const net::SocketAddress address = bound.address();
    Server server;
    EventLog log(&server);
    server.listen(&bound);
    COMPARE_EVENTS(log, "listening");
    QCOMPARE(server.address(), address);
    QCOMPARE(bound.error().code(), u"ERR_SOCKET_HANDLE_ADOPTED"_s);
    QVERIFY(bound.address().isNull());
    QCOMPARE(bound.fd(), -1);
    const RawPeer peer = connectedTo(address);
    COMPARE_EVENTS(log, "listening, connection");
    Server late;
    EventLog lateLog(&late);
    late.listen({.handle = &bound, .backlog = 1});
    COMPARE_EVENTS(lateLog, "error ERR_SOCKET_HANDLE_ADOPTED, closed");
}

void tst_BoundSockets::aBoundPathIsRemovedAtTheEnd()
{
    const QString path = m_folder.filePath(u"bound.sock"_s);
    {
        BoundSocket bound({.path = path});
        Server server;
        EventLog log(&server);
        server.listen(&bound);
        COMPARE_EVENTS(log, "listening");
        QCOMPARE(server.address().address, path);
        const RawPeer peer = RawPeer::connectedTo(path);
        COMPARE_EVENTS(log, "listening, connection");
    }
    QVERIFY(!QFile::exists(path));
    BoundSocket bound({.path = path});
    Socket socket({.handle = &bound});
    Server server;
    EventLog log(&server);
    server.listen(&socket);
    COMPARE_EVENTS(log, "listening");
    server.close();
    QVERIFY(!QFile::exists(path));
}

void tst_BoundSockets::aBoundSocketThatFailedSaysWhy()
{
    const RawListener taken;
    BoundSocket bound({.host = u"127.0.0.1"_s, .port = taken.port()});
    Server server;
    EventLog log(&server);
    server.listen(&bound);
    COMPARE_EVENTS(log, "error EADDRINUSE, closed");
    BoundSocket closed({.host = u"127.0.0.1"_s});
    closed.close();
    server.listen(&closed);
    WAIT_FOR(log.count(u"closed"_s) == 2);
    QCOMPARE(log.error().code(), u"EBADF"_s);
}

void tst_BoundSockets::aSocketGivesWhatItWasBoundTo()
{
    BoundSocket bound({.host = u"127.0.0.1"_s});
    const net::SocketAddress address = bound.address();
    Socket socket({.handle = &bound});
    Server server;
    EventLog log(&server);
    server.listen(&socket);
    COMPARE_EVENTS(log, "listening");
    QCOMPARE(server.address(), address);
    const RawPeer peer = connectedTo(address);
    COMPARE_EVENTS(log, "listening, connection");
}

void tst_BoundSockets::aConnectedSocketIsNoListener()
{
    RawListener listener;
    Socket socket;
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    WAIT_FOR(!socket.isPending());
    Server server;
    EventLog log(&server);
    server.listen(&socket);
    COMPARE_EVENTS(log, "error EINVAL, closed");
    QCOMPARE(log.error().message(), u"listen EINVAL: invalid argument"_s);
    socket.end("still open");
    QCOMPARE(peer.readToEnd(), QByteArray("still open"));
}

QTEST_GUILESS_MAIN(tst_BoundSockets)
#include "tst_boundsockets.moc"
