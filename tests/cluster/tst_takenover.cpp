#include "tests/cluster/leavesnothing.h"
#include "tests/cluster/stage.h"

#include <fcntl.h>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;
using test::Stage;

Q_DECLARE_METATYPE(net::Cluster::SchedulingPolicy)

/// A worker that was taken over, and what it can't get from its primary.
class tst_TakenOver : public test::LeavesNothing
{
    Q_OBJECT
private Q_SLOTS:
    void theSocketsOfThePrimaryAreItsOwn_data();
    void theSocketsOfThePrimaryAreItsOwn();

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

QTEST_GUILESS_MAIN(tst_TakenOver)
#include "tst_takenover.moc"
