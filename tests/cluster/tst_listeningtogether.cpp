#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/stage.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace Qt::StringLiterals;
using net::Cluster;
using test::RawPeer;
using test::Stage;

Q_DECLARE_METATYPE(net::Cluster::SchedulingPolicy)

/// One port and several workers, under both policies.
class tst_ListeningTogether : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void theSamePortIsOnePort_data() { policies(); }
    void theSamePortIsOnePort();
    void portZeroIsOnePortForAllWorkers_data() { policies(); }
    void portZeroIsOnePortForAllWorkers();
    void twoServersOfAWorkerHaveTwoPortsZero_data() { policies(); }
    void twoServersOfAWorkerHaveTwoPortsZero();
    void theSamePathIsOnePath_data() { policies(); }
    void theSamePathIsOnePath();
    void exclusiveIsAPortOfItsOwn_data() { policies(); }
    void exclusiveIsAPortOfItsOwn();
    void errorsReachTheWorker_data() { policies(); }
    void errorsReachTheWorker();
    void theFirstBacklogCounts_data() { policies(); }
    void theFirstBacklogCounts();
    void aDescriptorIsOneOfThePrimarys_data() { policies(); }
    void aDescriptorIsOneOfThePrimarys();
    void connectionsAreCountedOverAllWorkers_data() { policies(); }
    void connectionsAreCountedOverAllWorkers();
    void aServerOfAnotherThreadListensToo_data() { policies(); }
    void aServerOfAnotherThreadListensToo();
    void closingOneServerLeavesTheOthers_data() { policies(); }
    void closingOneServerLeavesTheOthers();
    void whoIsFullLeavesConnectionsToOthers();
    void whoIsToDropDrops();
    void connectionsWaitWhileAllAreFull();

private:
    static void policies();
};

void tst_ListeningTogether::policies()
{
    QTest::addColumn<Cluster::SchedulingPolicy>("policy");
    QTest::newRow("round robin") << Cluster::SchedulingPolicy::RoundRobin;
    QTest::newRow("shared handle") << Cluster::SchedulingPolicy::SharedHandle;
}

#define STAGE()                                      \
    QFETCH(const Cluster::SchedulingPolicy, policy); \
    Stage stage(policy)

#define NOTHING_IS_LEFT() QCOMPARE(stage.leftOver(), QString())

static quint16 portOf(const QCborMap &told)
{
    return quint16(told.value(u"port"_s).toInteger());
}

// Many at once: of those that come one by one, the kernel may give every one to the same worker.
static QSet<int> whoAnswers(const std::function<RawPeer()> &connect, std::vector<RawPeer> &peers, int expected)
{
    QSet<int> answers;
    for (int round = 0; round < 100 && answers.size() < expected; ++round) {
        peers.clear();
        for (int i = 0; i < 60; ++i)
            peers.push_back(connect());
        for (RawPeer &peer : peers)
            answers.insert(Stage::who(peer));
    }
    return answers;
}

void tst_ListeningTogether::theSamePortIsOnePort()
{
    STAGE();
    QSet<int> all;
    quint16 port = 0;
    for (int i = 0; i < 4; ++i) {
        net::Worker *const worker = stage.fork();
        all.insert(worker->id());
        if (!i) {
            // One that is free.
            port = portOf(stage.listen(worker, {{u"port"_s, 0}, {u"name"_s, u"first"_s}}));
            Stage::order(worker, u"close"_s, {{u"name"_s, u"first"_s}});
            stage.told(worker, u"closed"_s);
        }
        QCOMPARE(portOf(stage.listen(worker, {{u"port"_s, port}})), port);
    }
    // A second server of one worker is not shared with the first.
    const QCborMap again =
        stage.listen(Cluster::instance()->workerById(*all.cbegin()), {{u"port"_s, port}, {u"name"_s, u"again"_s}});
    QCOMPARE(again.value(u"code"_s).toString(), u"EADDRINUSE"_s);
    std::vector<RawPeer> peers;
    const QSet<int> answers = whoAnswers([port] { return RawPeer::connectedTo(port); }, peers, 4);
    QCOMPARE(answers, all);
    peers.clear();
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::portZeroIsOnePortForAllWorkers()
{
    STAGE();
    QSet<int> ports;
    QSet<int> all;
    for (int i = 0; i < 4; ++i) {
        net::Worker *const worker = stage.fork();
        all.insert(worker->id());
        ports.insert(portOf(stage.listen(worker, {{u"port"_s, 0}})));
    }
    QCOMPARE(ports.size(), 1);
    std::vector<RawPeer> peers;
    const quint16 port = quint16(*ports.cbegin());
    const QSet<int> answers = whoAnswers([port] { return RawPeer::connectedTo(port); }, peers, 4);
    QCOMPARE(answers, all);
    peers.clear();
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::twoServersOfAWorkerHaveTwoPortsZero()
{
    STAGE();
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 a = portOf(stage.listen(one, {{u"port"_s, 0}, {u"name"_s, u"a"_s}}));
    const quint16 b = portOf(stage.listen(one, {{u"port"_s, 0}, {u"name"_s, u"b"_s}}));
    QVERIFY(a && b && a != b);
    QCOMPARE(portOf(stage.listen(two, {{u"port"_s, 0}, {u"name"_s, u"a"_s}})), a);
    QCOMPARE(portOf(stage.listen(two, {{u"port"_s, 0}, {u"name"_s, u"b"_s}})), b);
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::theSamePathIsOnePath()
{
    STAGE();
    QSet<int> all;
    for (int i = 0; i < 3; ++i) {
        net::Worker *const worker = stage.fork();
        all.insert(worker->id());
        QCOMPARE(stage.listen(worker, {{u"path"_s, stage.path()}}).value(u"address"_s).toString(), stage.path());
    }
    QVERIFY(QFile::exists(stage.path()));
    std::vector<RawPeer> peers;
    const QSet<int> answers = whoAnswers([&] { return RawPeer::connectedTo(stage.path()); }, peers, 3);
    QCOMPARE(answers, all);
    peers.clear();
    NOTHING_IS_LEFT();
    QVERIFY(!QFile::exists(stage.path()));
}

void tst_ListeningTogether::exclusiveIsAPortOfItsOwn()
{
    STAGE();
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 own = portOf(stage.listen(one, {{u"port"_s, 0}, {u"exclusive"_s, true}}));
    QVERIFY(own);
    QCOMPARE(stage.listen(two, {{u"port"_s, own}}).value(u"code"_s).toString(), u"EADDRINUSE"_s);
    const QCborMap failed = stage.listen(two, {{u"port"_s, own}, {u"exclusive"_s, true}, {u"name"_s, u"b"_s}});
    QCOMPARE(failed.value(u"code"_s).toString(), u"EADDRINUSE"_s);
    const quint16 other = portOf(stage.listen(two, {{u"port"_s, 0}, {u"exclusive"_s, true}, {u"name"_s, u"c"_s}}));
    QVERIFY(other && other != own);
    // The other way round: what is shared can't be had alone.
    const quint16 shared = portOf(stage.listen(one, {{u"port"_s, 0}, {u"name"_s, u"d"_s}}));
    QCOMPARE(stage.listen(two, {{u"port"_s, shared}, {u"exclusive"_s, true}, {u"name"_s, u"e"_s}})
                 .value(u"code"_s)
                 .toString(),
             u"EADDRINUSE"_s);
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::errorsReachTheWorker()
{
    const test::RawListener taken;
    STAGE();
    net::Worker *const worker = stage.fork();
    const QCborMap inUse = stage.listen(worker, {{u"port"_s, taken.port()}});
    QCOMPARE(inUse.value(u"message"_s).toString(), u"bind EADDRINUSE 127.0.0.1:%1"_s.arg(taken.port()));
    QCOMPARE(inUse.value(u"syscall"_s).toString(), u"bind"_s);
    QCOMPARE(stage.told(worker, u"closed"_s).value(u"name"_s).toString(), QString());
    const QCborMap noAddress = stage.listen(worker, {{u"port"_s, 0}, {u"host"_s, u"192.0.2.1"_s}});
    QCOMPARE(noAddress.value(u"code"_s).toString(), u"EADDRNOTAVAIL"_s);
    const QCborMap noFolder = stage.listen(worker, {{u"path"_s, u"/there/is/no/such"_s}});
    QCOMPARE(noFolder.value(u"code"_s).toString(), u"EACCES"_s);
    // And it goes on as if nothing had been.
    QVERIFY(portOf(stage.listen(worker, {{u"port"_s, 0}})));
    NOTHING_IS_LEFT();
}

// The primary, who listens for its workers, is this process. -1: nobody listens here.
static int backlogOf(quint16 port)
{
    for (int descriptor = 0; descriptor < 1000; ++descriptor) {
        sockaddr_in address = {};
        socklen_t size = sizeof address;
        if (::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) != 0 ||
            address.sin_family != AF_INET || ntohs(address.sin_port) != port)
            continue;
        tcp_info info = {};
        size = sizeof info;
        // Of a listener, "sacked" is the backlog.
        if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_state == TCP_LISTEN)
            return int(info.tcpi_sacked);
    }
    return -1;
}

void tst_ListeningTogether::theFirstBacklogCounts()
{
    STAGE();
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 port = portOf(stage.listen(one, {{u"port"_s, 0}, {u"backlog"_s, 77}}));
    QCOMPARE(portOf(stage.listen(two, {{u"port"_s, 0}, {u"backlog"_s, 5}})), port);
    QCOMPARE(backlogOf(port), 77);
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::aDescriptorIsOneOfThePrimarys()
{
    const test::RawListener ours;
    const test::RawListener own;
    ::fcntl(ours.descriptor(), F_SETFD, 0); // for workers too
    STAGE();
    net::Worker *const worker = stage.fork();
    QCOMPARE(portOf(stage.listen(worker, {{u"fd"_s, ours.descriptor()}})), ours.port());
    RawPeer peer = RawPeer::connectedTo(ours.port());
    QCOMPARE(Stage::who(peer), worker->id());
    QCOMPARE(stage.listen(worker, {{u"fd"_s, 1000}, {u"name"_s, u"b"_s}}).value(u"code"_s).toString(), u"EBADF"_s);
    const QCborMap refused = stage.listen(worker, {{u"fd"_s, own.descriptor()}, {u"name"_s, u"c"_s}});
    QCOMPARE(refused.value(u"code"_s).toString(), u"EACCES"_s);
    peer.close();
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::connectionsAreCountedOverAllWorkers()
{
    STAGE();
    QList<net::Worker *> workers;
    quint16 port = 0;
    for (int i = 0; i < 3; ++i) {
        workers.append(stage.fork());
        port = portOf(stage.listen(workers.last(), {{u"port"_s, 0}}));
    }
    QCOMPARE(stage.count(workers.first()), 0);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 10; ++i) {
        peers.push_back(RawPeer::connectedTo(port));
        QVERIFY(Stage::who(peers.back()));
    }
    for (net::Worker *const worker : workers)
        QCOMPARE(stage.count(worker), 10);
    peers.resize(4);
    WAIT_FOR(stage.count(workers.last()) == 4);
    QCOMPARE(stage.count(workers.first()), 4);
    peers.clear();
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::aServerOfAnotherThreadListensToo()
{
    STAGE();
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 port = portOf(stage.listen(one, {{u"port"_s, 0}, {u"thread"_s, true}}));
    QCOMPARE(portOf(stage.listen(two, {{u"port"_s, 0}})), port);
    std::vector<RawPeer> peers;
    const QSet<int> answers = whoAnswers([port] { return RawPeer::connectedTo(port); }, peers, 2);
    QCOMPARE(answers.size(), 2);
    QCOMPARE(stage.count(two), int(peers.size()));
    peers.clear();
    WAIT_FOR(stage.count(two) == 0);
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::closingOneServerLeavesTheOthers()
{
    STAGE();
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 port = portOf(stage.listen(one, {{u"port"_s, 0}}));
    stage.listen(two, {{u"port"_s, 0}});
    Stage::order(one, u"close"_s, {{u"name"_s, QString()}});
    stage.told(one, u"closed"_s);
    for (int i = 0; i < 10; ++i) {
        RawPeer peer = RawPeer::connectedTo(port);
        QCOMPARE(Stage::who(peer), two->id());
    }
    Stage::order(two, u"delete"_s, {{u"name"_s, QString()}});
    WAIT_FOR(!RawPeer::connectedTo(port).isOpen());
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::whoIsFullLeavesConnectionsToOthers()
{
    Stage stage;
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 port = portOf(stage.listen(one, {{u"port"_s, 0}, {u"max"_s, 2}}));
    stage.listen(two, {{u"port"_s, 0}});
    QMap<int, int> answers;
    std::vector<RawPeer> peers;
    for (int i = 0; i < 10; ++i) {
        peers.push_back(RawPeer::connectedTo(port));
        ++answers[Stage::who(peers.back())];
    }
    QCOMPARE(answers.value(one->id()), 2);
    QCOMPARE(answers.value(two->id()), 8);
    QVERIFY(!stage.hasTold(one, u"drop"_s));
    // With room again it has its turns again.
    peers.clear();
    WAIT_FOR(stage.count(one) == 0);
    answers.clear();
    for (int i = 0; i < 4; ++i) {
        peers.push_back(RawPeer::connectedTo(port));
        ++answers[Stage::who(peers.back())];
    }
    QCOMPARE(answers.value(one->id()), 2);
    peers.clear();
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::whoIsToDropDrops()
{
    Stage stage;
    net::Worker *const one = stage.fork();
    net::Worker *const two = stage.fork();
    const quint16 port = portOf(stage.listen(one, {{u"port"_s, 0}, {u"max"_s, 1}, {u"dropMax"_s, true}}));
    stage.listen(two, {{u"port"_s, 0}});
    std::vector<RawPeer> peers;
    // One after the other, and whoever is quicker may have several turns.
    for (int i = 0; i < 50 && !stage.hasTold(one, u"drop"_s); ++i) {
        peers.push_back(RawPeer::connectedTo(port));
        Stage::who(peers.back());
        test::settle();
    }
    QVERIFY(!stage.told(one, u"drop"_s).isEmpty());
    peers.clear();
    NOTHING_IS_LEFT();
}

void tst_ListeningTogether::connectionsWaitWhileAllAreFull()
{
    Stage stage;
    net::Worker *const one = stage.fork();
    const quint16 port = portOf(stage.listen(one, {{u"port"_s, 0}, {u"max"_s, 1}}));
    RawPeer first = RawPeer::connectedTo(port);
    QCOMPARE(Stage::who(first), one->id());
    RawPeer second = RawPeer::connectedTo(port);
    test::settle();
    QCOMPARE(second.readSome(), QByteArray());
    first.close();
    QCOMPARE(Stage::who(second), one->id());
    second.close();
    NOTHING_IS_LEFT();
}

QTEST_GUILESS_MAIN(tst_ListeningTogether)
#include "tst_listeningtogether.moc"
