#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/stage.h"
#include "tests/support/privatememory.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;
using test::Stage;

Q_DECLARE_METATYPE(net::Cluster::SchedulingPolicy)

namespace {

/// As long as it lives, the process may have so many descriptors.
class DescriptorLimit
{
public:
    explicit DescriptorLimit(int most)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = rlim_t(most);
        m_isSet = ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
    }
    ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    DescriptorLimit(const DescriptorLimit &) = delete;
    DescriptorLimit &operator=(const DescriptorLimit &) = delete;

    bool isSet() const { return m_isSet; }

private:
    rlimit m_before = {};
    bool m_isSet = false;
};

} // namespace

/// A worker that was taken over, and what it can't get from its primary.
class tst_TakenOver : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void theSocketsOfThePrimaryAreItsOwn_data();
    void theSocketsOfThePrimaryAreItsOwn();
    void itsPortsHaveABound_data();
    void itsPortsHaveABound();
    void whatIsHeavyOnceReadIsRefused();
    void whoAsksAndDoesNotListenIsHungUpOn_data();
    void whoAsksAndDoesNotListenIsHungUpOn();
    void whoCountsWithoutEndIsHungUpOn();
    void whatNobodyReceivesHasABound_data();
    void whatNobodyReceivesHasABound();

private:
    static Worker *fork(const QString &what, int number);
};

static const auto RoundRobin = Cluster::SchedulingPolicy::RoundRobin;
static const auto SharedHandle = Cluster::SchedulingPolicy::SharedHandle;

static QString strangersProgram()
{
    return QCoreApplication::applicationDirPath() + u"/cluster_takenoverworker"_s;
}

/// One of the stage's cluster that was taken over.
Worker *tst_TakenOver::fork(const QString &what, int number)
{
    Cluster::instance()->setupPrimary({.exec = strangersProgram(), .args = QStringList{what, QString::number(number)}});
    return Cluster::instance()->fork();
}

void tst_TakenOver::theSocketsOfThePrimaryAreItsOwn_data()
{
    QTest::addColumn<Cluster::SchedulingPolicy>("policy");
    QTest::addColumn<QString>("which");
    QTest::addColumn<int>("error");
    for (const auto policy : {RoundRobin, SharedHandle}) {
        const QByteArray name = policy == RoundRobin ? "round robin, " : "shared handle, ";
        QTest::newRow(name + "a listener") << policy << u"listener"_s << EACCES;
        QTest::newRow(name + "a listener for workers") << policy << u"inherited"_s << 0;
        QTest::newRow(name + "a connection") << policy << u"connection"_s << EACCES;
        QTest::newRow(name + "a connection that is inherited") << policy << u"inherited connection"_s << EINVAL;
        QTest::newRow(name + "no socket") << policy << u"file"_s << EINVAL;
        QTest::newRow(name + "nothing") << policy << u"nothing"_s << EBADF;
    }
}

void tst_TakenOver::theSocketsOfThePrimaryAreItsOwn()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    QFETCH(const QString, which);
    QFETCH(const int, error);
    const test::RawListener listener;
    std::array<int, 2> pair = {};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
    QFile file(u"/dev/null"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    int asked = 1000;
    if (which.endsWith(u"connection"_s))
        asked = pair[0];
    else if (which == "file"_L1)
        asked = file.handle();
    else if (which != "nothing"_L1)
        asked = listener.descriptor();
    if (which.startsWith(u"inherited"_s) || which == "file"_L1)
        ::fcntl(asked, F_SETFD, 0);
    const int flags = ::fcntl(pair[0], F_GETFL);
    Stage stage(policy);
    const QCborMap answer = stage.told(fork(u"name"_s, asked), u"answer"_s);
    QCOMPARE(answer.value(u"error"_s).toInteger(-1), error);
    QCOMPARE(answer.value(u"handle"_s).toBool(), error == 0 && policy == SharedHandle);
    // It is as it was.
    QCOMPARE(::fcntl(pair[0], F_GETFL), flags);
    QCOMPARE(stage.leftOver(), QString());
    ::close(pair[0]);
    ::close(pair[1]);
}

void tst_TakenOver::itsPortsHaveABound_data()
{
    QTest::addColumn<Cluster::SchedulingPolicy>("policy");
    QTest::addColumn<int>("descriptors");
    QTest::addColumn<int>("granted");
    for (const auto policy : {RoundRobin, SharedHandle}) {
        const QByteArray name = policy == RoundRobin ? "round robin, " : "shared handle, ";
        QTest::newRow(name + "few descriptors") << policy << 512 << 64;
        QTest::newRow(name + "many descriptors") << policy << 10000 << 1024;
    }
}

void tst_TakenOver::itsPortsHaveABound()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    QFETCH(const int, descriptors);
    QFETCH(const int, granted);
    const DescriptorLimit limit(descriptors);
    if (!limit.isSet())
        QSKIP("this process may not have as many descriptors");
    Stage stage(policy);
    Worker *const stranger = fork(u"ports"_s, granted + 100);
    const QCborMap told = stage.told(stranger, u"ports"_s);
    QCOMPARE(told.value(u"granted"_s).toInteger(), granted);
    QCOMPARE(told.value(u"error"_s).toInteger(), EMFILE);
    QVERIFY(test::Footprint::now().descriptors >= granted);
    // Others are not bound by it, and all is given back when it is gone.
    Cluster::instance()->setupPrimary({.exec = test::actorProgram(), .args = QStringList()});
    Worker *const honest = stage.fork();
    QCOMPARE(stage.listen(honest, {{u"port"_s, 0}}).value(u"told"_s).toString(), u"listening"_s);
    const QPointer<Worker> gone = stranger;
    stranger->kill(SIGKILL);
    WAIT_FOR(!gone);
    QVERIFY(test::Footprint::now().descriptors < granted);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_TakenOver::whatIsHeavyOnceReadIsRefused()
{
    Stage stage;
    // Two million of them are no more than a message may have.
    Worker *const worker = fork(u"zeros"_s, 2'097'152);
    QStringList events;
    connect(worker, &Worker::message, this, [&events] { events.append(u"message"_s); });
    connect(worker, &Worker::errorOccurred, this, [&events](const net::Error &error) { events.append(error.code()); });
    connect(worker, &Worker::disconnected, this, [&events] { events.append(u"disconnect"_s); });
    connect(worker, &Worker::exited, this, [&events] { events.append(u"exit"_s); });
    WAIT_FOR(events.contains(u"exit"_s));
    QCOMPARE(events.join(u' '), u"EPROTO disconnect exit"_s);
    QCOMPARE(stage.leftOver(), QString());
}

void tst_TakenOver::whoAsksAndDoesNotListenIsHungUpOn_data()
{
    QTest::addColumn<Cluster::SchedulingPolicy>("policy");
    QTest::addColumn<QString>("what");
    QTest::newRow("questions") << RoundRobin << u"ask deaf"_s;
    QTest::newRow("questions for a handle") << SharedHandle << u"ask deaf"_s;
    QTest::newRow("handles that are none") << RoundRobin << u"announce deaf"_s;
}

void tst_TakenOver::whoAsksAndDoesNotListenIsHungUpOn()
{
    QFETCH(const Cluster::SchedulingPolicy, policy);
    QFETCH(const QString, what);
    Stage stage(policy);
    Worker *const worker = fork(what, 0);
    QStringList events;
    connect(worker, &Worker::errorOccurred, this, [&events](const net::Error &error) { events.append(error.code()); });
    connect(worker, &Worker::disconnected, this, [&events] { events.append(u"disconnect"_s); });
    connect(worker, &Worker::exited, this, [&events] { events.append(u"exit"_s); });
    WAIT_FOR(events.contains(u"exit"_s));
    QCOMPARE(events.join(u' '), u"EPROTO disconnect exit"_s);
    QCOMPARE(stage.leftOver(), QString());
}

// Beside one that never answers.
void tst_TakenOver::whoCountsWithoutEndIsHungUpOn()
{
    constexpr int size = 8'000;
    constexpr qint64 most = 10'000;
    Stage stage(RoundRobin);
    Worker *const silent = fork(u"listen"_s, 0);
    bool listens = false;
    connect(silent, &Worker::message, this, [&listens] { listens = true; });
    WAIT_FOR(listens);
    const qint64 before = test::privateMemory();
    Worker *const worker = fork(u"count"_s, size);
    QStringList events;
    connect(worker, &Worker::errorOccurred, this, [&events](const net::Error &error) { events.append(error.code()); });
    connect(worker, &Worker::disconnected, this, [&events] { events.append(u"disconnect"_s); });
    connect(worker, &Worker::exited, this, [&events] { events.append(u"exit"_s); });
    WAIT_FOR(events.contains(u"exit"_s));
    QCOMPARE(events.join(u' '), u"EPROTO disconnect exit"_s);
    // What the silent one owes an answer to is still known, and what else there was in the questions is not.
    const qint64 grown = test::privateMemory() - before;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // these keep what was freed
    QVERIFY2(grown < size * most / 4, qPrintable(QString::number(grown)));
#else
    Q_UNUSED(grown)
#endif
    QVERIFY(silent->isConnected());
    silent->kill(SIGKILL);
    WAIT_FOR(silent->isDead());
    QCOMPARE(stage.leftOver(), QString());
}

void tst_TakenOver::whatNobodyReceivesHasABound_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("sent");
    QTest::addColumn<int>("held");
    QTest::newRow("large ones") << u"talk much"_s << 40 << 31;
    QTest::newRow("small ones") << u"talk"_s << 1200 << 1000;
    QTest::newRow("descriptors") << u"hand over"_s << 150 << 128;
}

void tst_TakenOver::whatNobodyReceivesHasABound()
{
    QFETCH(const QString, what);
    QFETCH(const int, sent);
    QFETCH(const int, held);
    const DescriptorLimit limit(512);
    const std::unique_ptr<Worker> worker(
        Worker::fork({.exec = strangersProgram(), .args = QStringList{what, QString::number(sent)}}));
    QStringList errors;
    connect(worker.get(), &Worker::errorOccurred, this,
            [&errors](const net::Error &error) { errors.append(error.syscall() + u' ' + error.code()); });
    WAIT_FOR(errors.size() == sent - held);
    QCOMPARE(errors.count(u"read ENOBUFS"_s), sent - held);
    QVERIFY(test::Footprint::now().descriptors < 256);
    int received = 0;
    connect(worker.get(), &Worker::message, this, [&received] { ++received; });
    WAIT_FOR(received == held);
    worker->kill(SIGKILL);
    WAIT_FOR(worker->isDead());
    QCOMPARE(received, held);
    QCOMPARE(errors.size(), sent - held);
}

QTEST_GUILESS_MAIN(tst_TakenOver)
#include "tst_takenover.moc"
