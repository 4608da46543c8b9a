#include "desk.h"
#include "inspector/session/sessionrecorder.h"

#include <QAction>
#include <QProcess>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// A running program that a card calls an application, at an agent made here.
class Application
{
public:
    Application(const FakeAgent &agent, const QString &directory, const QString &name,
                const QStringList &command = {u"sleep"_s, u"600"_s})
        : m_rendezvous(directory)
    {
        m_process.start(command.constFirst(), command.mid(1));
        m_process.waitForStarted();
        m_pid = m_process.processId();
        m_rendezvous.publish({.pid = m_pid,
                              .name = name,
                              .startTime = processStartTime(m_pid),
                              .protocol = newestVersion,
                              .socket = agent.card().socket});
    }
    ~Application()
    {
        m_process.kill();
        m_process.waitForFinished();
        QFile::remove(m_rendezvous.cardPath(m_pid));
    }
    qint64 pid() const { return m_pid; }

private:
    Rendezvous m_rendezvous;
    QProcess m_process;
    qint64 m_pid = 0;
};

/// Agents of applications that come and go, and nobody else's: the agent's own card is taken away.
class Stage
{
public:
    Stage() : directory(FakeAgent::makeDirectory()), agent(directory->path(), u"stage"_s)
    {
        QFile::remove(Rendezvous(directory->path()).cardPath(agent.card().pid));
        agent.opening =
            Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), Scene::accepted(2, 1, 7)});
    }
    std::unique_ptr<Application> run(const QString &name = u"shop"_s,
                                     const QStringList &command = {u"sleep"_s, u"600"_s})
    {
        return std::make_unique<Application>(agent, directory->path(), name, command);
    }

    std::unique_ptr<QTemporaryDir> directory;
    FakeAgent agent;
};

bool isAttachedTo(const Session &session, qint64 pid)
{
    return session.feeds().size() == 1 && session.feeds().front()->card().pid == pid &&
           session.feeds().front()->link().state() == Link::State::Attached;
}

const RowIdentity &identity(const Session &session, SubjectKey key)
{
    return session.records().objects.identity(session.records().objects.find(key));
}

} // namespace

/// An application goes away and comes back.
class tst_Restart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whoWasChosenIsAttachedToAgain();
    void againAndAgain();
    void anotherNameOrProgramIsSomebodyElse();
    void whoWasThereBeforeIsSomebodyElse();
    void theWindowKeepsWhatWasThere();
    void aRecordingGoesOn();
};

void tst_Restart::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"0"_s);
}

void tst_Restart::whoWasChosenIsAttachedToAgain()
{
    Stage stage;
    auto first = stage.run();
    Session session({.directory = stage.directory->path(), .pids = {first->pid()}});
    session.setLinger(std::chrono::milliseconds(0));
    session.start();
    QTRY_VERIFY(isAttachedTo(session, first->pid()));
    first.reset();
    QTRY_VERIFY(session.feeds().empty());
    const auto second = stage.run();
    QTRY_VERIFY(isAttachedTo(session, second->pid()));
    QCOMPARE(identity(session, {2, 0}).heirOf, 1u);
    QCOMPARE(identity(session, {1, 0}).heirOf, 0u);
    // What was there stays to be seen, though closed rows leave at once.
    session.endFrame();
    const ObjectTable &objects = session.records().objects;
    QTRY_VERIFY(objects.find({2, 2}) >= 0);
    for (const quint64 subject : {0, 1, 2}) {
        QVERIFY(objects.isShown(objects.find({1, subject})));
        QCOMPARE(identity(session, {1, subject}).life, RowLife::Closed);
        QCOMPARE(identity(session, {2, subject}).life, RowLife::Live);
    }
    session.forgetEnded();
    QVERIFY(!objects.isShown(objects.find({1, 2})));
    QVERIFY(objects.isShown(objects.find({2, 2})));
}

void tst_Restart::againAndAgain()
{
    Stage stage;
    auto run = stage.run();
    Session session({.directory = stage.directory->path(), .pids = {run->pid()}});
    session.start();
    for (quint32 process = 1; process <= 3; ++process) {
        QTRY_VERIFY(isAttachedTo(session, run->pid()));
        QCOMPARE(identity(session, {process, 0}).heirOf, process - 1);
        run.reset(); // and back at once, in one look at the directory
        run = stage.run();
    }
}

void tst_Restart::anotherNameOrProgramIsSomebodyElse()
{
    Stage stage;
    auto first = stage.run();
    Session session({.directory = stage.directory->path(), .pids = {first->pid()}});
    session.start();
    QTRY_VERIFY(isAttachedTo(session, first->pid()));
    first.reset();
    QTRY_VERIFY(session.feeds().empty());
    const auto otherName = stage.run(u"mail"_s);
    const auto otherProgram = stage.run(u"shop"_s, {u"tail"_s, u"-f"_s, u"/dev/null"_s});
    QTRY_COMPARE(session.directory().agents().size(), 2);
    QVERIFY(session.feeds().empty());
    const auto second = stage.run();
    QTRY_VERIFY(isAttachedTo(session, second->pid()));
}

void tst_Restart::whoWasThereBeforeIsSomebodyElse()
{
    Stage stage;
    auto first = stage.run();
    const auto beside = stage.run();
    Session session({.directory = stage.directory->path(), .pids = {first->pid()}});
    session.start();
    QTRY_VERIFY(isAttachedTo(session, first->pid()));
    first.reset();
    QTRY_COMPARE(session.directory().agents().size(), 1);
    QVERIFY(session.feeds().empty());
    const auto second = stage.run();
    QTRY_VERIFY(isAttachedTo(session, second->pid()));
}

void tst_Restart::theWindowKeepsWhatWasThere()
{
    Stage stage;
    auto first = stage.run();
    Session session({.directory = stage.directory->path(), .pids = {first->pid()}});
    MainWindow window(session);
    session.setLinger(std::chrono::milliseconds(0));
    window.show();
    session.start();
    const auto rows = [&] {
        QStringList names = printed(window.workspace().objects, {static_cast<int>(Column::Name)});
        for (QString &name : names)
            name = name.section(u" ("_s, 0, 0);
        return names;
    };
    const QStringList one{u"shop"_s, u"  echo"_s, u"    #2"_s};
    QTRY_COMPARE(rows(), one);
    window.workspace().selection.choose({1, 2});
    first.reset();
    QTRY_VERIFY(session.feeds().empty());
    const auto second = stage.run();
    QTRY_COMPARE(rows(), one + one);
    QCOMPARE(window.workspace().selection.key(), (SubjectKey{1, 2}));
    window.workspace().selection.choose({2, 0});
    QVERIFY(printed(window.workspace().facts, {0, 1}).join(u'\n').contains(u"Before → shop ("_s));

    window.actions().clear->trigger();
    QTRY_COMPARE(rows(), one);
    QVERIFY(window.actions().keepEnded->isChecked());
    window.actions().keepEnded->trigger();
    QVERIFY(!session.isPreserving());
}

void tst_Restart::aRecordingGoesOn()
{
    QTemporaryDir place;
    Stage stage;
    auto first = stage.run();
    Session session({.directory = stage.directory->path(), .pids = {first->pid()}});
    SessionRecorder recorder(session);
    session.start();
    QCOMPARE(recorder.start(place.filePath(u"a.netsession"_s), false), QString());
    QTRY_VERIFY(isAttachedTo(session, first->pid()));
    first.reset();
    QTRY_VERIFY(session.feeds().empty());
    const auto second = stage.run();
    QTRY_VERIFY(session.records().objects.find({2, 2}) >= 0);
    QCOMPARE(recorder.stop(), QString());
    QCOMPARE(recorder.counts().processes, 2);
}

QTEST_MAIN(tst_Restart)
#include "tst_restart.moc"
