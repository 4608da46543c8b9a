#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/socket.h>

#include <netinet/in.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Sockets made of a descriptor that somebody else has opened.
class tst_SocketDescriptors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDescriptorIsAdopted();
    void aDescriptorMayBeToConnectFrom();
    void aLostConnectionIsNotTakenForAFreshDescriptor();
    void anAdoptedDescriptorMayBeForReadingOnly();
};

void tst_SocketDescriptors::aDescriptorIsAdopted()
{
    RawListener listener;
    RawPeer client = RawPeer::connectedTo(listener.port());
    RawPeer peer = listener.accept();
    net::Socket socket({.fd = client.release(), .readable = true, .writable = true});
    EventLog log(&socket);
    QCOMPARE(socket.readyState(), net::Socket::ReadyState::Open);
    QCOMPARE(socket.remotePort(), int(listener.port()));
    socket.end("ping");
    QCOMPARE(peer.readToEnd(), QByteArray("ping"));
    QVERIFY(peer.write("pong"));
    peer.close();
    COMPARE_EVENTS(log, "finish, data 4, ended, closed");

    net::Socket wrong({.fd = 987, .readable = true, .writable = true});
    EventLog wrongLog(&wrong);
    COMPARE_EVENTS(wrongLog, "error EBADF, closed after error");
}

void tst_SocketDescriptors::aDescriptorMayBeToConnectFrom()
{
    RawListener listener;
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in local = {};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = htonl(0x7F000002);
    QCOMPARE(::bind(fd, reinterpret_cast<const sockaddr *>(&local), sizeof local), 0);
    net::Socket socket({.fd = fd, .readable = true, .writable = true});
    EventLog log(&socket);
    test::settle();
    COMPARE_EVENTS(log, "");
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    RawPeer peer = listener.accept();
    COMPARE_EVENTS(log, "connected, ready");
    QCOMPARE(test::descriptorOf(socket), fd);
    QCOMPARE(socket.localAddress(), u"127.0.0.2"_s);
    socket.end("ping");
    QCOMPARE(peer.readToEnd(), QByteArray("ping"));
    peer.close();
    COMPARE_EVENTS(log, "connected, ready, finish, ended, closed");
}

void tst_SocketDescriptors::aLostConnectionIsNotTakenForAFreshDescriptor()
{
    RawListener listener;
    RawPeer client = RawPeer::connectedTo(listener.port());
    RawPeer peer = listener.accept();
    peer.reset();
    net::Socket socket({.fd = client.release(), .readable = true, .writable = true});
    EventLog log(&socket);
    COMPARE_EVENTS(log, "error ECONNRESET, closed after error");
}

void tst_SocketDescriptors::anAdoptedDescriptorMayBeForReadingOnly()
{
    RawListener listener;
    RawPeer client = RawPeer::connectedTo(listener.port());
    RawPeer peer = listener.accept();
    net::Socket socket({.fd = client.release(), .readable = true});
    EventLog log(&socket);
    QCOMPARE(socket.readyState(), net::Socket::ReadyState::ReadOnly);
    QVERIFY(peer.write("only"));
    peer.shutdownWrite();
    COMPARE_EVENTS(log, "data 4, ended, closed");
}

QTEST_GUILESS_MAIN(tst_SocketDescriptors)
#include "tst_socketdescriptors.moc"
