#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/load.h"
#include "tests/cluster/stage.h"

#include <QProcess>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;
using test::RawPeer;
using test::Stage;

/// Seconds that the last test takes; --for changes them.
static int seconds = 3;

/// Workers and primaries that die, and what of it others notice.
class tst_Accidents : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void aDeadWorkerTakesOnlyItsOwnConnections_data() { policies(); }
    void aDeadWorkerTakesOnlyItsOwnConnections();
    void whatADeadWorkerHasNotTakenGoesToAnother();
    void aDeadPrimaryLeavesNobodyListening_data();
    void aDeadPrimaryLeavesNobodyListening();
    void aPathThatHasBecomeAnothersIsLeftAlone();
    void gracefulLeavingFinishesConnections_data() { policies(); }
    void gracefulLeavingFinishesConnections();
    void workersDieAtRandomUnderLoad_data() { policies(); }
    void workersDieAtRandomUnderLoad();

private:
    static void policies();
};

void tst_Accidents::policies()
{
    QTest::addColumn<Cluster::SchedulingPolicy>("policy");
    QTest::newRow("round robin") << Cluster::SchedulingPolicy::RoundRobin;
    QTest::newRow("shared handle") << Cluster::SchedulingPolicy::SharedHandle;
}

static quint16 listenAll(Stage &stage, QList<Worker *> &workers, int count)
{
    quint16 port = 0;
    for (int i = 0; i < count; ++i) {
        workers.append(stage.fork());
        port = quint16(stage.listen(workers.last(), {{u"port"_s, 0}}).value(u"port"_s).toInteger());
    }
    return port;
}

void tst_Accidents::aDeadWorkerTakesOnlyItsOwnConnections()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    Stage stage(policy);
    QList<Worker *> workers;
    const quint16 port = listenAll(stage, workers, 3);
    std::map<int, std::vector<RawPeer>> peers;
    std::vector<RawPeer> burst;
    for (int i = 0; i < 30; ++i)
        burst.push_back(RawPeer::connectedTo(port));
    for (RawPeer &peer : burst) {
        const int who = Stage::who(peer);
        QVERIFY(who);
        peers[who].push_back(std::move(peer));
    }
    Worker *const victim = workers.takeFirst();
    const int victimsId = victim->id();
    const int lost = int(peers[victimsId].size());
    victim->kill(SIGKILL);
    WAIT_FOR(stage.events.contains(u"exit %1 0 9"_s.arg(victimsId)));
    for (auto &[who, theirs] : peers) {
        for (RawPeer &peer : theirs) {
            if (who == victimsId) {
                QCOMPARE(peer.readToEnd(), QByteArray());
            } else {
                QVERIFY(peer.write("still here"));
                QCOMPARE(peer.read(10), QByteArray("still here"));
            }
        }
    }
    QCOMPARE(stage.count(workers.first()), 30 - lost);
    // The listener survives, and another worker joins.
    listenAll(stage, workers, 1);
    RawPeer next = RawPeer::connectedTo(port);
    QVERIFY(Stage::who(next));
    next.close();
    peers.clear();
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Accidents::whatADeadWorkerHasNotTakenGoesToAnother()
{
    Stage stage;
    QList<Worker *> workers;
    const quint16 port = listenAll(stage, workers, 2);
    Stage::order(workers.first(), u"block"_s);
    // Told before it stops, or not at all: either way it hears nothing more.
    test::settle();
    std::vector<RawPeer> peers;
    for (int i = 0; i < 6; ++i)
        peers.push_back(RawPeer::connectedTo(port));
    // One of them is with the deaf worker, and waits.
    const int other = workers.last()->id();
    int answered = 0;
    QList<QByteArray> got(6);
    WAIT_FOR([&] {
        answered = 0;
        for (size_t i = 0; i < peers.size(); ++i) {
            got[qsizetype(i)] += peers[i].readSome();
            answered += got[qsizetype(i)].endsWith('\n');
        }
        return answered >= 5;
    }());
    workers.first()->kill(SIGKILL);
    WAIT_FOR([&] {
        answered = 0;
        for (size_t i = 0; i < peers.size(); ++i) {
            got[qsizetype(i)] += peers[i].readSome();
            answered += got[qsizetype(i)].endsWith('\n');
        }
        return answered == 6;
    }());
    for (const QByteArray &line : std::as_const(got))
        QCOMPARE(line.split(' ').value(1).toInt(), other);
    peers.clear();
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Accidents::aDeadPrimaryLeavesNobodyListening_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<int>("signal");
    QTest::newRow("round robin, killed") << u"rr"_s << SIGKILL;
    QTest::newRow("shared handle, killed") << u"none"_s << SIGKILL;
    QTest::newRow("round robin, terminated") << u"rr"_s << SIGTERM;
}

void tst_Accidents::aDeadPrimaryLeavesNobodyListening()
{
    QFETCH(const QString, policy);
    QFETCH(const int, signal);
    const QString path = this->path();
    QProcess primary;
    primary.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    primary.start(QCoreApplication::applicationDirPath() + u"/cluster_primary"_s, {test::actorProgram(), path, policy});
    QByteArray said;
    WAIT_FOR((said += primary.readAllStandardOutput(), said.count('\n') == 6));
    QSet<qint64> processes;
    quint16 port = 0;
    for (const QByteArray &line : said.split('\n')) {
        if (line.isEmpty())
            continue;
        processes.insert(line.split(' ').first().toLongLong());
        port = qMax(port, quint16(line.split(' ').last().toUInt()));
    }
    QCOMPARE(processes.size(), 3);
    RawPeer peer = RawPeer::connectedTo(path);
    QVERIFY(Stage::who(peer));
    RawPeer tcp = RawPeer::connectedTo(port);
    QVERIFY(Stage::who(tcp));
    ::kill(pid_t(primary.processId()), signal);
    for (const qint64 process : processes)
        WAIT_FOR(Stage::hasEnded(process));
    WAIT_FOR(primary.state() == QProcess::NotRunning);
    QVERIFY(!QFile::exists(path));
    QVERIFY(!RawPeer::connectedTo(port).isOpen());
    QCOMPARE(peer.readToEnd(), QByteArray());
}

void tst_Accidents::aPathThatHasBecomeAnothersIsLeftAlone()
{
    Stage stage;
    QList<Worker *> workers;
    workers.append(stage.fork());
    QCOMPARE(stage.listen(workers.first(), {{u"path"_s, stage.path()}}).value(u"told"_s).toString(), u"listening"_s);
    QVERIFY(QFile::remove(stage.path()));
    {
        const test::RawListener another(stage.path());
        QVERIFY(another.isOpen());
        Stage::order(workers.first(), u"close"_s, {{u"name"_s, QString()}});
        stage.told(workers.first(), u"closed"_s);
        test::settle();
        QVERIFY(QFile::exists(stage.path()));
        QVERIFY(RawPeer::connectedTo(stage.path()).isOpen());
    }
    QFile::remove(stage.path());
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Accidents::gracefulLeavingFinishesConnections()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    Stage stage(policy);
    QList<Worker *> workers;
    const quint16 port = listenAll(stage, workers, 1);
    RawPeer before = RawPeer::connectedTo(port);
    QVERIFY(Stage::who(before));
    const QPointer<Worker> leaving = workers.first();
    leaving->disconnectWorker();
    QVERIFY(leaving->exitedAfterDisconnect());
    WAIT_FOR(!RawPeer::connectedTo(port).isOpen()); // nobody accepts any more
    QVERIFY(before.write("and yet"));
    QCOMPARE(before.read(7), QByteArray("and yet"));
    QVERIFY(leaving->isConnected());
    before.close();
    WAIT_FOR(leaving.isNull());
    QCOMPARE(stage.events.mid(stage.events.size() - 2).join(u", "_s),
             u"disconnect 1, exit 1 0 0"_s.replace(u"1"_s, stage.events.last().section(u' ', 1, 1)));
    QCOMPARE(stage.leftOver(), QString());
}

void tst_Accidents::workersDieAtRandomUnderLoad()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    Stage stage(policy);
    QList<Worker *> workers;
    const quint16 port = listenAll(stage, workers, 4);
    QCOMPARE(stage.count(workers.first()), 0);
    test::Load load(port);
    QDeadlineTimer end(seconds * 1000);
    int killed = 0;
    while (!end.hasExpired()) {
        QDeadlineTimer next(QRandomGenerator::global()->bounded(50, 400));
        test::waitFor([&] { return next.hasExpired(); });
        Worker *const victim = workers.takeAt(QRandomGenerator::global()->bounded(int(workers.size())));
        load.noteKilled(victim->processId());
        victim->kill(SIGKILL);
        ++killed;
        listenAll(stage, workers, 1);
    }
    load.stop();
    WAIT_FOR(load.isFinished());
    qInfo("%d workers killed, %d connections answered to their end, %d lost with a killed worker", killed,
          load.finished(), load.lostWithKilled());
    for (const QString &line : load.distribution())
        qInfo("%s", qPrintable(line));
    QVERIFY(load.finished() > 100);
    QCOMPARE(load.failures().join(u'\n'), QString());
    WAIT_FOR(stage.count(workers.first()) == 0);
    QCOMPARE(stage.leftOver(), QString());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QStringList arguments = app.arguments();
    const qsizetype given = arguments.indexOf(u"--for"_s);
    if (given > 0) {
        seconds = arguments.value(given + 1).toInt();
        arguments.remove(given, 2);
    }
    tst_Accidents test;
    return QTest::qExec(&test, arguments);
}

#include "tst_accidents.moc"
