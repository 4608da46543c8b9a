#include "fakesubject.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <sys/wait.h>
#include <unistd.h>

// A child has lost the agent's thread and with it what only that thread's stack refers to: no leak to be found there.
static bool inForkedChild = false;
extern "C" Q_DECL_EXPORT int __lsan_is_turned_off() // NOLINT(bugprone-reserved-identifier): its name, not ours
{
    return inForkedChild ? 1 : 0;
}

using namespace net;
using namespace Qt::StringLiterals;
using probe::SubjectKind;

/// A forked child has no agent: it neither answers for its parent, nor holds its connections, nor clears its files.
class tst_Fork : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void childKeepsNoneOfTheAgentsSockets();
    void childIsNotWatched();
    void childThatExitsLeavesTheParentsAgentAlone();

private:
    QStringList agentsSockets() const;
    static QStringList heldBy(qint64 pid);
    static int statusOf(pid_t child);

    std::unique_ptr<QTemporaryDir> m_place;
};

void tst_Fork::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start(), qPrintable(Agent::errorString()));
}

// As links below /proc: listener and accepted ones all bear the path.
QStringList tst_Fork::agentsSockets() const
{
    QStringList links;
    QFile table(u"/proc/net/unix"_s);
    if (!table.open(QIODevice::ReadOnly))
        return links;
    const QList<QByteArray> lines = table.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() >= 8 && words.at(7) == Agent::socketPath().toLocal8Bit())
            links.append(u"socket:[%1]"_s.arg(words.at(6).toLongLong()));
    }
    return links;
}

QStringList tst_Fork::heldBy(qint64 pid)
{
    QStringList links;
    const QDir descriptors(u"/proc/%1/fd"_s.arg(pid));
    const QStringList names = descriptors.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
    for (const QString &name : names) {
        char link[256];
        const auto size = ::readlink(QFile::encodeName(descriptors.filePath(name)).constData(), link, sizeof link);
        if (size > 0)
            links.append(QString::fromLocal8Bit(link, size));
    }
    return links;
}

int tst_Fork::statusOf(pid_t child)
{
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void tst_Fork::childKeepsNoneOfTheAgentsSockets()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    const QStringList sockets = agentsSockets();
    QVERIFY(sockets.size() >= 2);
    int pipe[2];
    QCOMPARE(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto written = ::write(pipe[1], ".", 1);
        ::pause();
        ::_exit(int(written));
    }
    char forked = 0;
    QCOMPARE(::read(pipe[0], &forked, 1), 1);
    ::close(pipe[0]);
    ::close(pipe[1]);
    const QStringList parents = heldBy(::getpid());
    const QStringList childs = heldBy(child);
    ::kill(child, SIGKILL);
    statusOf(child);
    QVERIFY(!childs.isEmpty());
    for (const QString &socket : sockets) {
        QVERIFY(parents.contains(socket));
        QVERIFY(!childs.contains(socket));
    }
}

void tst_Fork::childIsNotWatched()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    const pid_t child = ::fork();
    if (child == 0) {
        const bool alone = !probe::tap() && !Agent::isRunning() && !Agent::start();
        socket.receive("in the child");
        ::_exit(alone ? 0 : 1);
    }
    QCOMPARE(statusOf(child), 0);
    socket.receive("in the parent");
    QTRY_COMPARE(inspector.counters(socket.id()).received, 13u);
    QVERIFY(Agent::isRunning());
}

void tst_Fork::childThatExitsLeavesTheParentsAgentAlone()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    const pid_t child = ::fork();
    if (child == 0) {
        inForkedChild = true;
        ::exit(7);
    }
    QCOMPARE(statusOf(child), 7);
    QVERIFY(QFile::exists(Agent::socketPath()));
    const int statuses = inspector.statuses;
    QTRY_VERIFY(inspector.statuses > statuses);
    TestInspector another(Agent::socketPath());
    QVERIFY(another.attach());
}

QTEST_GUILESS_MAIN(tst_Fork)
#include "tst_fork.moc"
