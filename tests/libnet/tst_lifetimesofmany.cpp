#include "tests/support/connectedpair.h"
#include "tests/support/eventlog.h"
#include "tests/support/rawpeer.h"

using namespace Qt::StringLiterals;
using net::Server;
using net::Socket;
using test::ConnectedPair;
using test::EventLog;
using test::RawListener;
using test::RawPeer;

/// Servers and whole groups of sockets that are deleted in the middle of something.
class tst_LifetimesOfMany : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aServerMayBeDeletedInEachOfItsSignals_data();
    void aServerMayBeDeletedInEachOfItsSignals();
    void anAcceptedSocketMayBeDeletedAtOnce();
    void oneSocketMayDeleteAnother();
    void allSocketsMayGoInOneTurn();
    void nestedLoopsGoOnWithTheRest();
    void aSlotMayReplaceEverything();
};

void tst_LifetimesOfMany::aServerMayBeDeletedInEachOfItsSignals_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("moment");
    for (const char *kind : {"tcp", "path", "adopted path"}) {
        for (const char *moment : {"listening", "connection", "closed", "error", "callback of listen",
                                   "callback of close", "callback of getConnections"})
            QTest::addRow("%s: %s", kind, moment) << QString::fromLatin1(kind) << QString::fromLatin1(moment);
    }
}

void tst_LifetimesOfMany::aServerMayBeDeletedInEachOfItsSignals()
{
    QFETCH(QString, kind);
    QFETCH(QString, moment);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a.sock"_s);
    QPointer<Server> server = new Server;
    int left = 0;
    const auto leave = [&] {
        ++left;
        delete server;
    };
    if (moment == u"listening"_s)
        connect(server, &Server::listening, this, leave);
    else if (moment == u"connection"_s)
        connect(server, &Server::connection, this, leave);
    else if (moment == u"closed"_s)
        connect(server, &Server::closed, this, leave);
    else if (moment == u"error"_s)
        connect(server, &Server::errorOccurred, this, leave);

    net::ListenOptions options = {.path = path};
    if (kind == u"tcp"_s)
        options = {.port = 0, .host = u"127.0.0.1"_s};
    if (kind == u"adopted path"_s)
        server->listenDescriptor(RawListener(path).release());
    else if (moment == u"callback of listen"_s)
        server->listen(options, this, leave);
    else
        server->listen(options);
    if (moment == u"error"_s)
        server->listen(options);
    WAIT_FOR(!server || server->isListening());
    test::settle();
    std::vector<RawPeer> clients;
    if (server) {
        const quint16 port = server->address().port;
        for (int i = 0; i < 3; ++i)
            clients.push_back(kind == u"tcp"_s ? RawPeer::connectedTo(port) : RawPeer::connectedTo(path));
        if (moment == u"callback of getConnections"_s)
            server->getConnections(this, leave);
        WAIT_FOR(!server || server->findChildren<Socket *>().size() == 3);
    }
    if (server && moment == u"callback of close"_s)
        server->close(this, leave);
    else if (server)
        server->close();
    for (RawPeer &client : clients)
        client.close();
    if (server && kind == u"adopted path"_s && moment == u"callback of listen"_s)
        leave(); // listenDescriptor() has none
    WAIT_FOR(server.isNull());
    test::settle();
    QCOMPARE(left, 1);
}

void tst_LifetimesOfMany::anAcceptedSocketMayBeDeletedAtOnce()
{
    Server server;
    int deleted = 0;
    connect(&server, &Server::connection, this, [&deleted](Socket *socket) {
        ++deleted;
        delete socket;
    });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(RawPeer::connectedTo(server.address().port).readToEnd(), QByteArray());
    QCOMPARE(deleted, 3);
    int open = -1;
    server.getConnections(this, [&open](const net::Error &, int count) { open = count; });
    WAIT_FOR(open == 0);
}

void tst_LifetimesOfMany::oneSocketMayDeleteAnother()
{
    // Both are ready in the same turn: the first one's slot deletes the second, whose event is already collected.
    RawListener listener;
    for (int round = 0; round < 20; ++round) {
        auto first = std::make_unique<Socket>();
        auto second = std::make_unique<Socket>();
        first->connectTo(listener.port(), u"127.0.0.1"_s);
        RawPeer firstPeer = listener.accept();
        second->connectTo(listener.port(), u"127.0.0.1"_s);
        RawPeer secondPeer = listener.accept();
        int calls = 0;
        connect(first.get(), &Socket::data, this, [&] {
            ++calls;
            second.reset();
        });
        connect(second.get(), &Socket::data, this, [&] {
            ++calls;
            first.reset();
        });
        WAIT_FOR(!first->isPending() && !second->isPending());
        test::settle();
        ::send(firstPeer.descriptor(), "a", 1, 0);
        ::send(secondPeer.descriptor(), "b", 1, 0);
        WAIT_FOR(calls > 0);
        test::settle();
        QCOMPARE(calls, 1);
        // The survivor's descriptor number is used anew at once by the next round's sockets.
    }
}

void tst_LifetimesOfMany::allSocketsMayGoInOneTurn()
{
    RawListener listener(64);
    std::vector<std::unique_ptr<Socket>> sockets;
    std::vector<RawPeer> peers;
    int calls = 0;
    for (int i = 0; i < 40; ++i) {
        sockets.push_back(std::make_unique<Socket>());
        connect(sockets.back().get(), &Socket::data, this, [&] {
            ++calls;
            sockets.clear();
        });
        sockets.back()->connectTo(listener.port(), u"127.0.0.1"_s);
        peers.push_back(listener.accept());
    }
    WAIT_FOR(std::all_of(sockets.begin(), sockets.end(), [](const auto &socket) { return !socket->isPending(); }));
    for (RawPeer &peer : peers)
        ::send(peer.descriptor(), "x", 1, 0);
    WAIT_FOR(calls > 0);
    test::settle();
    QCOMPARE(calls, 1);
}

void tst_LifetimesOfMany::nestedLoopsGoOnWithTheRest()
{
    // A slot that waits for the answer to its own question, four deep.
    ConnectedPair pair;
    QVERIFY(pair.accepted);
    connect(pair.accepted, &Socket::data, pair.accepted, [&](const QByteArray &bytes) { pair.accepted->write(bytes); });
    QByteArray answers;
    int depth = 0;
    connect(&pair.client, &Socket::data, this, [&](const QByteArray &bytes) {
        answers += bytes;
        if (++depth <= 4) {
            const qsizetype before = answers.size();
            pair.client.write(QByteArray::number(depth));
            QVERIFY(test::waitFor([&] { return answers.size() > before; }));
        }
    });
    pair.client.write("0");
    WAIT_FOR(depth == 5);
    QCOMPARE(answers, QByteArray("01234"));
}

void tst_LifetimesOfMany::aSlotMayReplaceEverything()
{
    RawListener listener;
    RawListener other;
    std::unique_ptr<Socket> socket = std::make_unique<Socket>();
    EventLog log;
    log.watch(socket.get(), u"first"_s);
    connect(socket.get(), &Socket::closed, this, [&] {
        socket = std::make_unique<Socket>();
        log.watch(socket.get(), u"second"_s);
        socket->connectTo(other.port(), u"127.0.0.1"_s);
    });
    socket->connectTo(listener.port(), u"127.0.0.1"_s);
    listener.accept().close();
    COMPARE_EVENTS(log, "first connected, first ready, first ended, first finish, first closed, second connected, "
                        "second ready");
}

QTEST_GUILESS_MAIN(tst_LifetimesOfMany)
#include "tst_lifetimesofmany.moc"
