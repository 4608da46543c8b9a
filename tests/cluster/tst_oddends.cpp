#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/stage.h"

#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;
using test::RawPeer;
using test::Stage;

/// Workers that are made and deleted where one would not expect it.
class tst_OddEnds : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void aWorkerIsReplacedInsideItsOwnEvent_data();
    void aWorkerIsReplacedInsideItsOwnEvent();
    void aWorkerIsDeletedInsideItsOwnEvent_data();
    void aWorkerIsDeletedInsideItsOwnEvent();
    void whatADeletedWorkerHasNotTakenGoesToAnother();
    void theNextWorkerIsStartedAsSetUpLast();
    void workersEndWithTheApplication_data();
    void workersEndWithTheApplication();
};

static void events()
{
    QTest::addColumn<QString>("event");
    for (const char *event : {"online", "listening", "message", "disconnected", "exited"})
        QTest::newRow(event) << QString::fromLatin1(event);
}

/// Calls \a slot in \a event of \a worker, and nothing else of it.
static void when(const QString &event, Worker *worker, QObject *context, const std::function<void()> &slot)
{
    if (event == "online"_L1)
        QObject::connect(worker, &Worker::online, context, slot);
    else if (event == "listening"_L1)
        QObject::connect(worker, &Worker::listening, context, slot);
    else if (event == "message"_L1)
        QObject::connect(worker, &Worker::message, context, slot);
    else if (event == "disconnected"_L1)
        QObject::connect(worker, &Worker::disconnected, context, slot);
    else
        QObject::connect(worker, &Worker::exited, context, slot);
}

/// Brings \a worker through all its events.
static void live(Worker *worker, QObject *context)
{
    QObject::connect(worker, &Worker::listening, context, [worker] { Stage::order(worker, u"leave"_s); });
    Stage::order(worker, u"listen"_s, {{u"port"_s, 0}});
}

void tst_OddEnds::aWorkerIsReplacedInsideItsOwnEvent_data()
{
    events();
}

void tst_OddEnds::aWorkerIsReplacedInsideItsOwnEvent()
{
    QFETCH(const QString, event);
    Stage stage;
    QObject context;
    Worker *const first = Cluster::instance()->fork();
    QPointer<Worker> second;
    when(event, first, &context, [&] {
        if (!second)
            second = Cluster::instance()->fork();
    });
    const int id = first->id();
    live(first, &context);
    WAIT_FOR(second);
    QCOMPARE(second->id(), id + 1);
    WAIT_FOR(stage.events.contains(u"online %1"_s.arg(id + 1)));
    WAIT_FOR(stage.events.contains(u"exit %1 0 0"_s.arg(id)));
    QCOMPARE(Cluster::instance()->workers(), QList<Worker *>({second}));
    QCOMPARE(stage.listen(second, {{u"port"_s, 0}}).value(u"told"_s).toString(), u"listening"_s);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_OddEnds::aWorkerIsDeletedInsideItsOwnEvent_data()
{
    events();
}

void tst_OddEnds::aWorkerIsDeletedInsideItsOwnEvent()
{
    QFETCH(const QString, event);
    Stage stage;
    QObject context;
    Worker *const other = stage.fork();
    const QPointer<Worker> worker = Cluster::instance()->fork();
    const QString id = QString::number(worker->id());
    when(event, worker, &context, [&] { delete worker; });
    live(worker, &context);
    WAIT_FOR(!worker);
    test::settle();
    // Nobody hears of it any more; the others live on.
    const QString told = event == "disconnected"_L1 ? u"disconnect"_s : event == "exited"_L1 ? u"exit"_s : event;
    for (const QString &line : std::as_const(stage.events))
        QVERIFY2(!line.startsWith(told + u' ' + id), qPrintable(line));
    QCOMPARE(Cluster::instance()->workers(), QList<Worker *>({other}));
    QCOMPARE(stage.listen(other, {{u"port"_s, 0}}).value(u"told"_s).toString(), u"listening"_s);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_OddEnds::whatADeletedWorkerHasNotTakenGoesToAnother()
{
    Stage stage;
    Worker *const stopped = stage.fork();
    Worker *const other = stage.fork();
    const auto port = quint16(stage.listen(stopped, {{u"port"_s, 0}}).value(u"port"_s).toInteger());
    stage.listen(other, {{u"port"_s, 0}});
    const auto process = pid_t(stopped->processId());
    ::kill(process, SIGSTOP);
    std::vector<RawPeer> peers;
    for (int i = 0; i < 10; ++i)
        peers.push_back(RawPeer::connectedTo(port));
    test::settle();
    delete stopped;
    ::kill(process, SIGKILL);
    for (RawPeer &peer : peers)
        QCOMPARE(Stage::who(peer), other->id());
    peers.clear();
    QCOMPARE(stage.leftOver(), QString());
}

void tst_OddEnds::theNextWorkerIsStartedAsSetUpLast()
{
    Stage stage;
    Worker *const first = stage.fork();
    const net::ForkOptions before = Cluster::instance()->settings();
    net::ForkOptions changed = before;
    changed.environment.insert(u"LIBNET_TEST_SETUP"_s, u"changed"_s);
    int told = 0;
    connect(Cluster::instance(), &Cluster::setup, this,
            [&told](const net::ForkOptions &options) { told += options.environment.contains(u"LIBNET_TEST_SETUP"_s); });
    Cluster::instance()->setupPrimary(changed);
    Worker *const second = stage.fork();
    disconnect(Cluster::instance(), &Cluster::setup, this, nullptr);
    QCOMPARE(told, 2); // by setupPrimary() and by fork()
    for (Worker *const worker : {first, second})
        Stage::order(worker, u"environment"_s, {{u"variable"_s, u"LIBNET_TEST_SETUP"_s}});
    QCOMPARE(stage.told(first, u"environment"_s).value(u"value"_s).toString(), QString());
    QCOMPARE(stage.told(second, u"environment"_s).value(u"value"_s).toString(), u"changed"_s);
    Cluster::instance()->setupPrimary(before);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_OddEnds::workersEndWithTheApplication_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("workers");
    QTest::newRow("a cluster") << u"a cluster"_s << 2;
    QTest::newRow("a child") << u"a child"_s << 1;
    QTest::newRow("a child that hears nothing") << u"a child that hears nothing"_s << 1;
    for (const char *what : {"one cluster after another", "workers with two applications"})
        QTest::newRow(what) << QString::fromLatin1(what) << (*what == 'o' ? 4 : 2);
}

void tst_OddEnds::workersEndWithTheApplication()
{
    QFETCH(const QString, what);
    QFETCH(const int, workers);
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationDirPath() + u"/cluster_outliver"_s,
                  {test::actorProgram(), path(), what});
    WAIT_FOR(process.state() == QProcess::NotRunning);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QByteArrayList lines = process.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.takeLast(), QByteArray("out"));
    QCOMPARE(lines.size(), workers);
    for (const QByteArray &line : std::as_const(lines))
        WAIT_FOR(Stage::hasEnded(line.toLongLong()));
    QVERIFY(!QFile::exists(path()));
}

QTEST_GUILESS_MAIN(tst_OddEnds)
#include "tst_oddends.moc"
