#include "tests/cluster/handing.h"

#include <libnet/boundsocket.h>
#include <libnet/net.h>
#include <libnet/probe/tap.h>

using namespace Qt::StringLiterals;
using test::Footprint;
using test::Handing;
using test::RawPeer;

namespace {

struct Cookies
{
    static void changed(net::probe::Subject &, net::probe::EventKind why, net::probe::State, quint32, quint64 a,
                        quint64)
    {
        if (why == net::probe::EventKind::HandedOver)
            handedOver = a;
        if (why == net::probe::EventKind::TakenOver)
            takenOver = a;
    }
    static inline quint64 handedOver = 0;
    static inline quint64 takenOver = 0;
};

} // namespace

/// Sockets and servers that go from one process to another.
class tst_Handover : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aSocketIsServedByTheChild();
    void whatWasNotReadGoesAlong();
    void aPausedSocketArrivesPaused_data();
    void aPausedSocketArrivesPaused();
    void whatWasNotSentGoesAlong();
    void aPeersEndGoesAlong();
    void theSendersSocketIsClosedAndThePeerNoticesNothing();
    void keepOpenLeavesItOpenHereToo();
    void aSentSocketIsCountedUntilItClosesThere();
    void closingTheServerWaitsForSentSockets();
    void aDeadChildsSocketsAreCountedNoMore();
    void maxConnectionsIsNotMeantForSentSockets();
    void aSocketComesBackAndIsCountedAllTheWay();
    void aSocketWithoutAConnectionIsLeftOut();
    void thousandsInARowLoseNone();
    void aLostHandleIsClosedAndReported();
    void aChildThatDiesClosesWhatIsOnItsWay();
    void aServerIsSharedByBoth();
    void aBoundSocketMoves();
    void aBoundPathMovesWithItsFile();
    void aSocketOfAnotherThreadIsRefused();
    void theSocketHasOneCookieInBothProcesses();

private:
    std::unique_ptr<Handing> m_handing;
    QTemporaryDir m_folder;
    Footprint m_before;
};

void tst_Handover::initTestCase()
{
    Handing warm;
    QVERIFY(warm.end());
}

void tst_Handover::init()
{
    test::settle();
    m_before = Footprint::now(m_folder.path());
    m_handing = std::make_unique<Handing>();
}

void tst_Handover::cleanup()
{
    if (!m_handing->child->isDead())
        QVERIFY(m_handing->end());
    m_handing.reset();
    test::waitFor([this] { return Footprint::now(m_folder.path()) == m_before; }, 3000);
    QCOMPARE(Footprint::now(m_folder.path()).text(), m_before.text());
}

void tst_Handover::aSocketIsServedByTheChild()
{
    RawPeer peer = m_handing->connect();
    m_handing->accepted.first()->resume();
    m_handing->order(u"serve"_s, m_handing->accepted.first().data());
    QVERIFY(m_handing->take(u"serving"_s).value(u"socket"_s).toBool());
    const QByteArray hello = "worker 0 pid " + QByteArray::number(m_handing->child->processId()) + "\n";
    QCOMPARE(peer.read(hello.size()), hello);
    QVERIFY(peer.write("over"));
    QCOMPARE(peer.read(4), QByteArray("over"));
    peer.shutdownWrite();
    QCOMPARE(peer.readToEnd(), QByteArray());
    QVERIFY(peer.sawEnd());
}

void tst_Handover::whatWasNotReadGoesAlong()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    // Read by us and given back, and more that is still in the kernel.
    QVERIFY(peer.write("read before "));
    QByteArray got;
    connect(socket, &net::Socket::data, socket, [&got](const QByteArray &bytes) { got += bytes; });
    socket->resume();
    WAIT_FOR(got.size() == 12);
    socket->pause();
    socket->unshift(got);
    QVERIFY(peer.write("and not"));
    m_handing->order(u"look"_s, socket);
    QCOMPARE(m_handing->take(u"looked"_s).value(u"unread"_s).toInteger(), 12);
    m_handing->order(u"resume"_s);
    QByteArray there;
    while (there.size() < 19)
        there += m_handing->take(u"data"_s).value(u"bytes"_s).toByteArray();
    QCOMPARE(there, QByteArray("read before and not"));
    peer.shutdownWrite();
    QVERIFY(!m_handing->take(u"ended"_s).isEmpty());
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
}

void tst_Handover::aPausedSocketArrivesPaused_data()
{
    QTest::addColumn<bool>("paused");
    QTest::newRow("paused") << true;
    QTest::newRow("not paused") << false;
}

void tst_Handover::aPausedSocketArrivesPaused()
{
    QFETCH(const bool, paused);
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    if (!paused)
        socket->resume();
    m_handing->order(u"look"_s, socket);
    QCOMPARE(m_handing->take(u"looked"_s).value(u"paused"_s).toBool(), paused);
    // Until it is resumed nothing of it is lost.
    QVERIFY(peer.write("later"));
    m_handing->order(u"resume"_s);
    QCOMPARE(m_handing->take(u"data"_s).value(u"bytes"_s).toByteArray(), QByteArray("later"));
}

void tst_Handover::whatWasNotSentGoesAlong()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    // More than the kernel takes.
    const QByteArray much(6 << 20, 'm');
    bool sent = false;
    socket->write(much, this, [&sent](const net::Error &error) { sent = !error; });
    m_handing->order(u"serve"_s, socket);
    WAIT_FOR(sent);
    QByteArray got;
    WAIT_FOR((got += peer.readSome(), got.size() > much.size() && got.endsWith('\n')));
    QCOMPARE(got.left(much.size()), much);
    QVERIFY(got.mid(much.size()).startsWith("worker 0"));
}

void tst_Handover::aPeersEndGoesAlong()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    QVERIFY(peer.write("last words"));
    peer.shutdownWrite();
    // Read to the end, and not yet told.
    connect(socket, &net::Socket::readyRead, socket, [] {});
    socket->resume();
    WAIT_FOR(socket->readableLength() == 10);
    test::settle();
    socket->pause();
    m_handing->order(u"look"_s, socket);
    QCOMPARE(m_handing->take(u"looked"_s).value(u"unread"_s).toInteger(), 10);
    m_handing->order(u"resume"_s);
    QCOMPARE(m_handing->take(u"data"_s).value(u"bytes"_s).toByteArray(), QByteArray("last words"));
    QVERIFY(!m_handing->take(u"ended"_s).isEmpty());
    QCOMPARE(peer.readToEnd(), QByteArray("bye"));
}

void tst_Handover::theSendersSocketIsClosedAndThePeerNoticesNothing()
{
    RawPeer peer = m_handing->connect();
    net::Socket *const socket = m_handing->accepted.first();
    QStringList events;
    connect(socket, &net::Socket::closed, this,
            [&events](bool error) { events.append(error ? u"failed"_s : u"closed"_s); });
    connect(socket, &net::Socket::ended, this, [&events] { events.append(u"ended"_s); });
    connect(socket, &net::Socket::errorOccurred, this, [&events] { events.append(u"error"_s); });
    const int port = socket->remotePort();
    m_handing->order(u"look"_s, socket);
    QVERIFY(socket->isDestroyed());
    QCOMPARE(socket->remotePort(), port);
    m_handing->take(u"looked"_s);
    QCOMPARE(events.join(u' '), u"closed"_s);
    QVERIFY(m_handing->accepted.first().isNull()); // as every accepted socket, it has deleted itself
    QCOMPARE(peer.readSome(), QByteArray());
    QVERIFY(!peer.sawEnd());
}

void tst_Handover::keepOpenLeavesItOpenHereToo()
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

void tst_Handover::aSentSocketIsCountedUntilItClosesThere()
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

void tst_Handover::closingTheServerWaitsForSentSockets()
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

void tst_Handover::aDeadChildsSocketsAreCountedNoMore()
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

void tst_Handover::maxConnectionsIsNotMeantForSentSockets()
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

void tst_Handover::aSocketComesBackAndIsCountedAllTheWay()
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

void tst_Handover::aSocketWithoutAConnectionIsLeftOut()
{
    net::Socket socket;
    m_handing->order(u"serve"_s, &socket);
    QCOMPARE(m_handing->take(u"serving"_s).value(u"socket"_s).toBool(true), false);
    // Twice the same: the second message goes alone.
    RawPeer peer = m_handing->connect();
    net::Socket *const sent = m_handing->accepted.first();
    m_handing->order(u"look"_s, sent);
    m_handing->order(u"serve"_s, sent);
    QVERIFY(m_handing->take(u"looked"_s).value(u"socket"_s).toBool());
    QCOMPARE(m_handing->take(u"serving"_s).value(u"socket"_s).toBool(true), false);
}

void tst_Handover::thousandsInARowLoseNone()
{
    QTemporaryDir folder;
    net::Server server;
    QList<net::Socket *> waiting;
    connect(&server, &net::Server::connection, this,
            [&](net::Socket *socket) { m_handing->order(u"serve"_s, socket); });
    server.listen(folder.filePath(u"s"_s));
    WAIT_FOR(server.isListening());
    const QByteArray expected = "worker 0 pid " + QByteArray::number(m_handing->child->processId()) + "\n";
    for (int round = 0; round < 20; ++round) {
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

void tst_Handover::aLostHandleIsClosedAndReported()
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

void tst_Handover::aChildThatDiesClosesWhatIsOnItsWay()
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

void tst_Handover::aServerIsSharedByBoth()
{
    net::Server server;
    connect(&server, &net::Server::connection, this, [](net::Socket *socket) { socket->end("parent\n"); });
    server.listen(0, u"127.0.0.1"_s);
    WAIT_FOR(server.isListening());
    const quint16 port = server.address().port;
    m_handing->order(u"accept"_s, &server);
    QVERIFY(m_handing->take(u"accepting"_s).value(u"server"_s).toBool());
    // Both accept, until we close; then the child does.
    QSet<QByteArray> answers;
    for (int i = 0; i < 2000 && answers.size() < 2; ++i)
        answers.insert(RawPeer::connectedTo(port).read(6));
    QCOMPARE(answers, QSet<QByteArray>({"parent", "worker"}));
    server.close();
    RawPeer other = RawPeer::connectedTo(port);
    QVERIFY(other.read(8).startsWith("worker 0"));
    m_handing->child->kill(9);
    WAIT_FOR(m_handing->child->isDead());
}

void tst_Handover::aBoundSocketMoves()
{
    net::BoundSocket bound({.host = u"127.0.0.1"_s});
    const quint16 port = bound.address().port;
    m_handing->order(u"bound"_s, &bound);
    QCOMPARE(bound.fd(), -1);
    QCOMPARE(bound.error().code(), u"ERR_SOCKET_HANDLE_ADOPTED"_s);
    QVERIFY(!m_handing->take(u"listening"_s).isEmpty());
    RawPeer peer = RawPeer::connectedTo(port);
    QVERIFY(peer.read(9).startsWith("worker 0"));
    // A listening server keeps the child running.
    m_handing->child->kill(9);
    WAIT_FOR(m_handing->child->isDead());
}

void tst_Handover::aBoundPathMovesWithItsFile()
{
    const QString path = m_folder.filePath(u"bound"_s);
    {
        net::BoundSocket bound({.path = path});
        m_handing->order(u"bound"_s, &bound);
    }
    QVERIFY(!m_handing->take(u"listening"_s).isEmpty());
    QVERIFY(RawPeer::connectedTo(path).read(9).startsWith("worker 0"));
    QVERIFY(QFile::exists(path));
    m_handing->child->send(QCborMap{{u"do"_s, u"close"_s}, {u"name"_s, QString()}});
    WAIT_FOR(!QFile::exists(path));
    // And one that nobody gets leaves no file.
    QVERIFY(m_handing->end());
    net::BoundSocket lost({.path = path});
    m_handing->order(u"bound"_s, &lost);
    QVERIFY(lost.fd() >= 0); // refused before it was touched
}

void tst_Handover::aSocketOfAnotherThreadIsRefused()
{
    QThread thread;
    thread.start();
    auto *const socket = new net::Socket;
    socket->moveToThread(&thread);
    QString code;
    m_handing->child->send(1, socket, {}, this, [&code](const net::Error &error) { code = error.code(); });
    WAIT_FOR(!code.isEmpty());
    QCOMPARE(code, u"ERR_INVALID_ARG_VALUE"_s);
    socket->deleteLater();
    thread.quit();
    thread.wait();
}

void tst_Handover::theSocketHasOneCookieInBothProcesses()
{
    using net::probe::Subject;
    static const net::probe::Tap tap = {
        .opened = [](Subject &subject) { subject.ledger = &subject; },
        .described = [](Subject &) {},
        .changed = Cookies::changed,
        .received = [](Subject &, const char *, qsizetype, quint64) {},
        .sent = [](Subject &, const char *, qsizetype, quint64, quint64) {},
        .queued = [](Subject &, quint64, quint64) {},
        .failed = [](Subject &, const net::Error &) {},
        .gone = [](Subject &) {},
    };
    net::probe::install(&tap);
    RawPeer peer = m_handing->connect();
    m_handing->order(u"echo"_s, m_handing->accepted.first().data());
    WAIT_FOR(m_handing->back.size() == 1);
    net::probe::install(nullptr);
    QVERIFY(Cookies::handedOver);
    QCOMPARE(Cookies::takenOver, Cookies::handedOver);
    m_handing->back.first()->destroy();
}

QTEST_GUILESS_MAIN(tst_Handover)
#include "tst_handover.moc"
