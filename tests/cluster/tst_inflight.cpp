#include "tests/cluster/handing.h"

#include <libnet/boundsocket.h>

#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Worker;
using test::RawPeer;
using test::Stage;

/// Handles that are on their way when something happens to one of the two processes.
class tst_InFlight : public test::HandingTest
{
    Q_OBJECT
private Q_SLOTS:
    void whatAStoppedChildHasNotTakenIsClosedAndReported();
    void aPathOnItsWayToADeadChildIsRemoved_data();
    void aPathOnItsWayToADeadChildIsRemoved();
    void connectionsThatArriveWhileAServerIsHandedOverAreAllAnswered();
    void aWorkersSocketIsCountedInWhateverThreadItLives();
    void aPrimaryThatDiesWithHandlesOnTheirWayLeavesNothing();
    void garbageOnTheChannelIsAnErrorAndItsEnd();
};

void tst_InFlight::whatAStoppedChildHasNotTakenIsClosedAndReported()
{
    constexpr int Many = 300;
    std::vector<RawPeer> peers;
    for (int i = 0; i < Many; ++i)
        peers.push_back(m_handing->connect());
    ::kill(pid_t(m_handing->child->processId()), SIGSTOP);
    const QCborMap message = {{u"do"_s, u"serve"_s}, {u"padding"_s, QByteArray(1000, 'x')}};
    int refusals = 0;
    int failed = 0;
    for (const QPointer<net::Socket> &socket : std::as_const(m_handing->accepted)) {
        refusals += !m_handing->child->send(message, socket.data(), {}, this,
                                            [&failed](const net::Error &error) { failed += bool(error); });
    }
    // Who sends on is told that too much waits, and nothing of it leaves.
    QVERIFY(refusals > Many / 3);
    QVERIFY(m_handing->child->writableLength() >= 128 * 1024);
    QVERIFY(m_handing->child->writableLength() < (Many + 1) * 1200);
    QCOMPARE(m_handing->count(), Many);
    m_handing->child->kill(SIGKILL);
    WAIT_FOR(m_handing->child->isDead());
    // One had left and was not taken; all others never left.
    QCOMPARE(failed, Many - 1);
    QCOMPARE(m_handing->errors.join(u' '), u"SentHandleNotReceivedWarning"_s);
    for (RawPeer &peer : peers)
        QCOMPARE(peer.readToEnd(), QByteArray());
    QCOMPARE(m_handing->count(), 0);
    QCOMPARE(m_handing->child->writableLength(), 0);
}

void tst_InFlight::aPathOnItsWayToADeadChildIsRemoved_data()
{
    QTest::addColumn<bool>("deleted");
    QTest::newRow("the child is killed") << false;
    QTest::newRow("its object is deleted") << true;
}

void tst_InFlight::aPathOnItsWayToADeadChildIsRemoved()
{
    QFETCH(const bool, deleted);
    Worker *const child = m_handing->child.get();
    const auto process = pid_t(child->processId());
    ::kill(process, SIGSTOP);
    net::BoundSocket first({.path = path()});
    net::BoundSocket second({.path = path() + u"2"_s});
    m_handing->order(u"bound"_s, &first);
    m_handing->order(u"bound"_s, &second);
    QCOMPARE(first.fd(), -1);
    QVERIFY(QFile::exists(path()));
    if (deleted) {
        m_handing->child.reset(Worker::fork({.exec = test::actorProgram(), .args = QStringList()}));
        // What has left is the child's to take; what has not is nobody's.
        QVERIFY(QFile::exists(path()));
        QVERIFY(!QFile::exists(path() + u"2"_s));
        QFile::remove(path());
    }
    ::kill(process, SIGKILL);
    if (!deleted)
        WAIT_FOR(m_handing->child->isDead());
    QVERIFY(!QFile::exists(path()));
    QVERIFY(!QFile::exists(path() + u"2"_s));
}

void tst_InFlight::connectionsThatArriveWhileAServerIsHandedOverAreAllAnswered()
{
    constexpr int Many = 400;
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) { socket->write("worker of none\n"); });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    const quint16 port = server.address().port;
    RawPeer early = RawPeer::connectedTo(port);
    QCOMPARE(early.read(15), QByteArray("worker of none\n"));
    std::vector<RawPeer> peers;
    for (int i = 0; i < Many; ++i) {
        peers.push_back(RawPeer::connectedTo(port));
        QVERIFY(peers.back().isOpen());
        if (i == Many / 4)
            m_handing->order(u"accept"_s, &server);
        if (i == Many / 2) {
            QVERIFY(m_handing->take(u"accepting"_s).value(u"server"_s).toBool());
            server.close();
        }
    }
    int there = 0;
    for (RawPeer &peer : peers) {
        QByteArray line;
        while (!line.endsWith('\n')) {
            const QByteArray one = peer.read(1);
            QVERIFY2(!one.isEmpty(), "a connection without an answer");
            line += one;
        }
        there += line != "worker of none\n";
    }
    // All that have come since we closed; of the others, whoever was quicker has each.
    QVERIFY(there >= Many / 2 - 1);
    peers.clear();
    m_handing->child->kill(SIGKILL);
    WAIT_FOR(m_handing->child->isDead());
}

void tst_InFlight::aWorkersSocketIsCountedInWhateverThreadItLives()
{
    Stage stage;
    Worker *const one = stage.fork();
    Worker *const two = stage.fork();
    const QCborMap order = {{u"port"_s, 0}, {u"moving"_s, true}};
    const auto port = quint16(stage.listen(one, order).value(u"port"_s).toInteger());
    stage.listen(two, order);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 12; ++i) {
        peers.push_back(RawPeer::connectedTo(port));
        QVERIFY(Stage::who(peers.back()));
    }
    QCOMPARE(stage.count(one), 12);
    QCOMPARE(stage.count(two), 12);
    for (int left = 12; left > 6; --left)
        peers.pop_back();
    WAIT_FOR(stage.count(one) == 6);
    peers.clear();
    WAIT_FOR(stage.count(two) == 0);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_InFlight::aPrimaryThatDiesWithHandlesOnTheirWayLeavesNothing()
{
    QProcess primary;
    primary.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    primary.start(QCoreApplication::applicationDirPath() + u"/cluster_primary"_s,
                  {test::actorProgram(), path(), u"rr"_s});
    QByteArray said;
    WAIT_FOR((said += primary.readAllStandardOutput(), said.count('\n') == 6));
    QSet<qint64> processes;
    for (const QByteArray &line : said.trimmed().split('\n'))
        processes.insert(line.split(' ').first().toLongLong());
    for (const qint64 process : std::as_const(processes))
        ::kill(pid_t(process), SIGSTOP);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 20; ++i)
        peers.push_back(RawPeer::connectedTo(path()));
    test::settle();
    ::kill(pid_t(primary.processId()), SIGKILL);
    WAIT_FOR(primary.state() == QProcess::NotRunning);
    for (const qint64 process : std::as_const(processes))
        ::kill(pid_t(process), SIGCONT);
    for (const qint64 process : std::as_const(processes))
        WAIT_FOR(Stage::hasEnded(process));
    for (RawPeer &peer : peers) {
        peer.readToEnd();
        QVERIFY(peer.sawEnd() || peer.readError());
    }
    QVERIFY(!QFile::exists(path()));
}

void tst_InFlight::garbageOnTheChannelIsAnErrorAndItsEnd()
{
    const QString script = u"printf 'this is no message' >&$LIBNET_CHANNEL_FD; exec sleep 60"_s;
    const std::unique_ptr<Worker> child(Worker::fork({.exec = u"bash"_s, .args = {{u"-c"_s, script}}}));
    QStringList events;
    connect(child.get(), &Worker::errorOccurred, this, [&](const net::Error &error) { events.append(error.code()); });
    connect(child.get(), &Worker::disconnected, this, [&] { events.append(u"disconnected"_s); });
    connect(child.get(), &Worker::exited, this, [&] { events.append(u"exited"_s); });
    WAIT_FOR(events.contains(u"disconnected"_s));
    QVERIFY(!child->isConnected());
    child->kill(SIGKILL);
    WAIT_FOR(child->isDead());
    QCOMPARE(events.join(u' '), u"EPROTO disconnected exited"_s);
}

QTEST_GUILESS_MAIN(tst_InFlight)
#include "tst_inflight.moc"
