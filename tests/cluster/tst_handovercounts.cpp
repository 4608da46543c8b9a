#include "tests/cluster/handing.h"

#include <libnet/net.h>

using namespace Qt::StringLiterals;
using test::RawPeer;

/// Sockets that have gone to another process: counted until they close there, and none is lost.
class tst_HandoverCounts : public test::HandingTest
{
    Q_OBJECT
private Q_SLOTS:
    void aSentSocketIsCountedUntilItClosesThere();
    void closingTheServerWaitsForSentSockets();
    void aDeadChildsSocketsAreCountedNoMore();
    void maxConnectionsIsNotMeantForSentSockets();
    void aSocketComesBackAndIsCountedAllTheWay();
    void thousandsInARowLoseNone();
    void aLostHandleIsClosedAndReported();
    void aChildThatDiesClosesWhatIsOnItsWay();
    void keepOpenLeavesItOpenHereToo();
};

void tst_HandoverCounts::aSentSocketIsCountedUntilItClosesThere()
{
    std::vector<RawPeer> peers;
    for (int i = 0; i < 3; ++i)
        peers.push_back(m_handing->connect());
    QCOMPARE(m_handing->count(), 3);
    for (int i = 0; i < 2; ++i) {
        m_handing->accepted.at(i)->resume();
        m_handing->order(u"serve"_s, m_handing->accepted.at(i).data());
        QVERIFY(m_handing->take(u"serving"_s).value(u"socket"_s).toBool());
    }
    QCOMPARE(m_handing->count(), 3);
    QCOMPARE(m_handing->server.connectionCount(), 1); // of this process
    peers.at(0).close();
    WAIT_FOR(m_handing->count() == 2);
    peers.at(1).reset();
    WAIT_FOR(m_handing->count() == 1);
}

void tst_HandoverCounts::closingTheServerWaitsForSentSockets()
{
    RawPeer peer = m_handing->connect();
    m_handing->accepted.first()->resume();
    m_handing->order(u"serve"_s, m_handing->accepted.first().data());
    m_handing->take(u"serving"_s);
    bool closed = false;
    m_handing->server.close(this, [&closed](const net::Error &error) { closed = !error; });
    test::settle();
    QVERIFY(!closed);
    peer.close();
    WAIT_FOR(closed);
}

void tst_HandoverCounts::aDeadChildsSocketsAreCountedNoMore()
{
    RawPeer peer = m_handing->connect();
    m_handing->order(u"look"_s, m_handing->accepted.first().data());
    m_handing->take(u"looked"_s);
    QCOMPARE(m_handing->count(), 1);
    m_handing->child->kill(9);
    WAIT_FOR(m_handing->child->isDead());
    QCOMPARE(m_handing->count(), 0);
    QCOMPARE(peer.readToEnd(), QByteArray());
}

void tst_HandoverCounts::maxConnectionsIsNotMeantForSentSockets()
{
    m_handing->server.setMaxConnections(1);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 3; ++i) {
        peers.push_back(m_handing->connect());
        QCOMPARE(m_handing->accepted.size(), i + 1);
        m_handing->order(u"look"_s, m_handing->accepted.last().data());
        m_handing->take(u"looked"_s);
    }
    QCOMPARE(m_handing->count(), 3);
}

void tst_HandoverCounts::aSocketComesBackAndIsCountedAllTheWay()
{
    RawPeer peer = m_handing->connect();
    m_handing->order(u"echo"_s, m_handing->accepted.first().data());
    m_handing->take(u"echo"_s);
    WAIT_FOR(m_handing->back.size() == 1);
    QCOMPARE(m_handing->count(), 1);
    net::Socket *const back = m_handing->back.first();
    QVERIFY(back->isPaused());
    back->write("here again");
    QCOMPARE(peer.read(10), QByteArray("here again"));
    back->destroy();
    WAIT_FOR(m_handing->count() == 0);
}

void tst_HandoverCounts::thousandsInARowLoseNone()
{
    QTemporaryDir folder;
    net::Server server;
    QList<net::Socket *> waiting;
    connect(&server, &net::Server::connection, this,
            [&](net::Socket *socket) { m_handing->order(u"serve"_s, socket); });
    server.listen(folder.filePath(u"s"_s));
    WAIT_FOR(server.isListening());
    const QByteArray expected = "worker 0 pid " + QByteArray::number(m_handing->child->processId()) + "\n";
    for (int round = 0; round < 34; ++round) {
        std::vector<RawPeer> peers;
        for (int i = 0; i < 150; ++i) {
            peers.push_back(RawPeer::connectedTo(folder.filePath(u"s"_s)));
            QVERIFY(peers.back().isOpen());
        }
        for (RawPeer &peer : peers)
            QCOMPARE(peer.read(expected.size()), expected);
    }
    QVERIFY(m_handing->errors.isEmpty());
    m_handing->told.clear();
    bool closed = false;
    server.close(this, [&closed] { closed = true; });
    WAIT_FOR(closed);
}

void tst_HandoverCounts::aLostHandleIsClosedAndReported()
{
    // The child has no number left for another descriptor.
    RawPeer peer = m_handing->connect();
    m_handing->order(u"no descriptors"_s);
    m_handing->take(u"limited"_s);
    m_handing->order(u"serve"_s, m_handing->accepted.first().data());
    m_handing->order(u"echo"_s);
    QCOMPARE(m_handing->take(u"serving"_s).value(u"socket"_s).toBool(true), false);
    QVERIFY(!m_handing->take(u"echo"_s).isEmpty()); // messages go on
    QCOMPARE(m_handing->errors.join(u' '), u"SentHandleNotReceivedWarning"_s);
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(peer.sawEnd() || peer.readError());
    QCOMPARE(m_handing->count(), 0);
}

void tst_HandoverCounts::aChildThatDiesClosesWhatIsOnItsWay()
{
    m_handing->order(u"block"_s);
    m_handing->take(u"blocking"_s);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 5; ++i) {
        peers.push_back(m_handing->connect());
        m_handing->order(u"serve"_s, m_handing->accepted.last().data());
    }
    QCOMPARE(m_handing->count(), 5);
    m_handing->child->kill(9);
    for (RawPeer &peer : peers)
        QCOMPARE(peer.readToEnd(), QByteArray());
    WAIT_FOR(m_handing->count() == 0);
    WAIT_FOR(m_handing->child->isDead());
}

void tst_HandoverCounts::keepOpenLeavesItOpenHereToo()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    m_handing->order(u"look"_s, socket, {.keepOpen = true});
    m_handing->take(u"looked"_s);
    QVERIFY(!socket->isDestroyed());
    QCOMPARE(m_handing->count(), 1);
    socket->write("from here");
    QCOMPARE(peer.read(9), QByteArray("from here"));
    socket->destroy();
    test::settle();
    QCOMPARE(peer.readSome(), QByteArray());
    QVERIFY(!peer.sawEnd()); // the child has it still
}

QTEST_GUILESS_MAIN(tst_HandoverCounts)
#include "tst_handovercounts.moc"
