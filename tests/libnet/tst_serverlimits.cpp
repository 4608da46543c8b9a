#include "tests/support/descriptorshortage.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

#include <libnet/server.h>
#include <libnet/socket.h>

#include <cerrno>

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// More clients than a server wants, or than the process has descriptors for.
class tst_ServerLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tooManyAreDroppedWithBothEnds();
    void aSlotIsFreeAgainAfterAClose();
    void zeroDropsEveryone();
    void aDropSlotMayDeleteTheServer();
    void withoutDescriptorsClientsAreToldAndAcceptingGoesOn_data();
    void withoutDescriptorsClientsAreToldAndAcceptingGoesOn();
    void withoutDescriptorsConnectingFails();
    void aBurstIsAcceptedWhole_data();
    void aBurstIsAcceptedWhole();
};

void tst_ServerLimits::tooManyAreDroppedWithBothEnds()
{
    Server server;
    EventLog log(&server);
    QList<net::Endpoints> dropped;
    connect(&server, &Server::drop, this, [&dropped](const net::Endpoints &ends) { dropped.append(ends); });
    QCOMPARE(server.maxConnections(), -1);
    server.setMaxConnections(1);
    server.listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "listening");
    RawPeer first = RawPeer::connectedTo(server.address().port);
    COMPARE_EVENTS(log, "listening, connection");
    RawPeer second = RawPeer::connectedTo(server.address().port);
    const quint16 port = second.localPort();
    COMPARE_EVENTS(log, "listening, connection, drop");
    QCOMPARE(second.readToEnd(), QByteArray());
    QVERIFY(second.sawEnd() || second.readError());
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.first().local, server.address());
    QCOMPARE(dropped.first().remote.address, u"127.0.0.1"_s);
    QCOMPARE(dropped.first().remote.port, port);
    QVERIFY(first.write("still connected"));
}

void tst_ServerLimits::aSlotIsFreeAgainAfterAClose()
{
    Server server;
    EventLog log(&server);
    server.setMaxConnections(1);
    server.listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "listening");
    RawPeer first = RawPeer::connectedTo(server.address().port);
    COMPARE_EVENTS(log, "listening, connection");
    first.close();
    WAIT_FOR(server.findChildren<Socket *>().isEmpty());
    RawPeer second = RawPeer::connectedTo(server.address().port);
    COMPARE_EVENTS(log, "listening, connection, connection");
    // Raised while listening, it holds at once.
    server.setMaxConnections(2);
    RawPeer third = RawPeer::connectedTo(server.address().port);
    COMPARE_EVENTS(log, "listening, connection, connection, connection");
}

void tst_ServerLimits::zeroDropsEveryone()
{
    QTemporaryDir folder;
    Server server;
    EventLog log(&server);
    server.setMaxConnections(0);
    server.listen(folder.filePath(u"a.sock"_s));
    COMPARE_EVENTS(log, "listening");
    RawPeer peer = RawPeer::connectedTo(folder.filePath(u"a.sock"_s));
    COMPARE_EVENTS(log, "listening, drop");
    QCOMPARE(peer.readToEnd(), QByteArray());
    server.setMaxConnections(-1);
    RawPeer other = RawPeer::connectedTo(folder.filePath(u"a.sock"_s));
    COMPARE_EVENTS(log, "listening, drop, connection");
}

void tst_ServerLimits::aDropSlotMayDeleteTheServer()
{
    auto *server = new Server;
    EventLog log(server);
    server->setMaxConnections(0);
    connect(server, &Server::drop, this, [server] { delete server; });
    server->listen(0, u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "listening");
    const quint16 port = server->address().port;
    RawPeer first = RawPeer::connectedTo(port);
    RawPeer second = RawPeer::connectedTo(port);
    COMPARE_EVENTS(log, "listening, drop");
    QVERIFY(!RawPeer::connectedTo(port).isOpen());
}

void tst_ServerLimits::withoutDescriptorsClientsAreToldAndAcceptingGoesOn_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"tcp", "path", "adopted path"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void tst_ServerLimits::withoutDescriptorsClientsAreToldAndAcceptingGoesOn()
{
    QFETCH(QString, kind);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    Server server;
    EventLog log(&server);
    if (kind == u"tcp"_s)
        server.listen(0, u"127.0.0.1"_s);
    else if (kind == u"path"_s)
        server.listen(path);
    else
        server.listenDescriptor(RawListener(path).release());
    COMPARE_EVENTS(log, "listening");
    const auto call = [&] {
        return kind == u"tcp"_s ? RawPeer::connectedTo(server.address().port) : RawPeer::connectedTo(path);
    };

    // An ordinary one comes and goes first: QTcpServer by itself would hear of no shortage after it.
    RawPeer early = call();
    WAIT_FOR(server.findChild<Socket *>());
    early.reset();
    WAIT_FOR(!server.findChild<Socket *>());
    QCOMPARE(log.text(), u"listening, connection"_s);
    // They are in the listener's queue before the shortage, and the event loop does not run in between.
    std::vector<RawPeer> clients;
    for (int i = 0; i < 5; ++i)
        clients.push_back(call());
    test::DescriptorShortage shortage(2);
    COMPARE_EVENTS(log, "listening, connection, connection, connection, drop, drop, drop");
    for (int i = 2; i < 5; ++i) {
        QCOMPARE(clients[size_t(i)].readToEnd(), QByteArray());
        QVERIFY(clients[size_t(i)].sawEnd() || clients[size_t(i)].readError() == ECONNRESET);
    }
    // Those who came first are served all the while.
    server.findChild<Socket *>()->write("served");
    QCOMPARE(clients[0].read(6), QByteArray("served"));

    shortage.allow(8);
    RawPeer late = call();
    QVERIFY(late.isOpen());
    COMPARE_EVENTS(log, "listening, connection, connection, connection, drop, drop, drop, connection");
}

void tst_ServerLimits::withoutDescriptorsConnectingFails()
{
    RawListener listener;
    Socket socket;
    EventLog log(&socket);
    {
        const test::DescriptorShortage shortage(0);
        socket.connectTo(listener.port(), u"127.0.0.1"_s);
        COMPARE_EVENTS(log, "error EMFILE, closed after error");
    }
    QCOMPARE(log.error().message(), u"connect EMFILE 127.0.0.1:%1"_s.arg(listener.port()));
    socket.connectTo(listener.port(), u"127.0.0.1"_s);
    COMPARE_EVENTS(log, "error EMFILE, closed after error, connected, ready");

    Server server;
    EventLog serverLog(&server);
    {
        const test::DescriptorShortage shortage(0);
        server.listen(0);
        COMPARE_EVENTS(serverLog, "error EMFILE, closed");
    }
    server.listen(0);
    COMPARE_EVENTS(serverLog, "error EMFILE, closed, listening");
}

void tst_ServerLimits::aBurstIsAcceptedWhole_data()
{
    QTest::addColumn<bool>("local");
    QTest::newRow("tcp") << false;
    QTest::newRow("path") << true;
}

void tst_ServerLimits::aBurstIsAcceptedWhole()
{
    QFETCH(bool, local);
    constexpr int Clients = 150; // more than are accepted in one turn
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    Server server;
    int accepted = 0;
    connect(&server, &Server::connection, this, [&accepted](Socket *socket) {
        ++accepted;
        socket->end("ok");
    });
    if (local)
        server.listen(path);
    else
        server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    std::vector<RawPeer> clients;
    for (int i = 0; i < Clients; ++i) {
        clients.push_back(local ? RawPeer::connectedTo(path) : RawPeer::connectedTo(server.address().port));
        QVERIFY(clients.back().isOpen());
    }
    for (RawPeer &client : clients)
        QCOMPARE(client.readToEnd(), QByteArray("ok"));
    QCOMPARE(accepted, Clients);
}

QTEST_GUILESS_MAIN(tst_ServerLimits)
#include "tst_serverlimits.moc"
