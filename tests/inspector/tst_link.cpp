#include "fakeagent.h"
#include "inspector/models/objecttext.h"
#include "inspector/session/session.h"
#include "scene.h"

#include <QSignalSpy>
#include <QTest>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// A session that looks into a directory of its own.
struct Watch
{
    explicit Watch(const QList<qint64> &pids = {})
        : directory(FakeAgent::makeDirectory()),
          session({.directory = directory->path(), .pids = pids})
    {
        session.start();
    }

    Link *link() const { return session.feeds().empty() ? nullptr : &session.feeds().front()->link(); }
    Link::State state() const { return link() ? link()->state() : Link::State::Off; }
    RowLife life(quint32 process, quint64 subject)
    {
        const int row = session.records().objects.find({process, subject});
        return row < 0 ? RowLife::Free : session.records().objects.identity(row).life;
    }
    quint64 received(quint64 subject)
    {
        const int row = session.records().objects.find({1, subject});
        return row < 0 ? 0 : session.records().objects.counters(row).received;
    }

    std::unique_ptr<QTemporaryDir> directory;
    Session session;
};

/// A process of another user that listens at a path, and ends with how many bytes it was sent before it was hung up on.
/// Its child may only call the system.
class Stranger
{
public:
    explicit Stranger(const QByteArray &path)
    {
        int ready[2] = {-1, -1};
        if (::pipe(ready) != 0)
            return;
        m_child = ::fork();
        if (m_child == 0) {
            ::close(ready[0]);
            ::_exit(listen(path.constData(), ready[1]));
        }
        ::close(ready[1]);
        char byte = 0;
        m_isReady = ::read(ready[0], &byte, 1) == 1;
        ::close(ready[0]);
    }
    bool isReady() const { return m_isReady; }
    int bytesHeard() const
    {
        int status = 0;
        return ::waitpid(m_child, &status, 0) == m_child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    static int listen(const char *path, int ready)
    {
        constexpr uid_t stranger = 47111;
        const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, path, sizeof address.sun_path);
        // Who listens is whom the kernel names, whoever has bound it.
        if (::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
            ::setuid(stranger) != 0 || ::listen(listener, 1) != 0 || ::write(ready, "", 1) != 1)
            return 255;
        pollfd waiting{listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20'000) != 1)
            return 254;
        const int connection = ::accept(listener, nullptr, nullptr);
        int heard = 0;
        char byte = 0;
        while (heard < 100 && ::read(connection, &byte, 1) == 1)
            ++heard;
        return heard;
    }

    pid_t m_child = -1;
    bool m_isReady = false;
};

QByteArray opening(const QList<Description> &subjects, quint32 rights = Observe)
{
    return Scene::greeting(rights) + Scene::snapshot(subjects);
}

} // namespace

class tst_Link : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAnAgentThatComesLater();
    void findsADirectoryThatComesLater();
    void greetsAndAsksForWhatItMaySee();
    void comesBackAfterTheAgentHungUp();
    void comesBackAfterAnEndInMidFrame();
    void comesBackAfterGarbage();
    void saysWhichVersionsDoNotFit();
    void noticesThatTheProcessIsGone();
    void attachesOnlyToWhomItWasToldTo();
    void detachesAndAttachesOnRequest();
    void noticesThatAnAgentHasFallenSilent();
    void noticesTheEndOfWhomItHasLeft();
    void asksForThePayloadOfTheChosenOne();
    void refusesADirectoryThatIsOpenToOthers();
    void saysNothingToAnotherUsersProcess();
};

void tst_Link::findsAnAgentThatComesLater()
{
    Watch watch;
    QVERIFY(watch.session.feeds().empty());
    FakeAgent agent(watch.directory->path());
    agent.opening = opening({Scene::client(2, u"c"_s, 80)});
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
    QCOMPARE(watch.life(1, 0), RowLife::Live);
}

void tst_Link::findsADirectoryThatComesLater()
{
    const auto above = FakeAgent::makeDirectory();
    const QString path = above->filePath(u"meet"_s);
    Session session({.directory = path});
    session.start();
    QCOMPARE(Rendezvous(path).prepare(), QString());
    FakeAgent agent(path);
    QTRY_COMPARE(session.feeds().size(), 1u);
    QTRY_COMPARE(agent.greetings.size(), 1);
}

void tst_Link::greetsAndAsksForWhatItMaySee()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    QTRY_COMPARE(agent.greetings.size(), 1);
    const Hello hello = agent.greetings.constFirst();
    QCOMPARE(hello.side, Side::Inspector);
    QCOMPARE(hello.newest, newestVersion);
    QCOMPARE(hello.rights, Observe | SeePayload | Control);
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QVERIFY(watch.link()->hasRight(Observe));
    QVERIFY(!watch.link()->hasRight(SeePayload));
}

void tst_Link::comesBackAfterTheAgentHungUp()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    const Description client = Scene::client(2, u"c"_s, 80);
    agent.opening = opening({client});
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
    QSignalSpy states(watch.link(), &Link::stateChanged);
    agent.hangUp();
    QTRY_COMPARE(watch.state(), Link::State::Waiting);
    QVERIFY(!watch.link()->problem().isEmpty());
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QCOMPARE(watch.link()->problem(), QString());
    QCOMPARE(watch.session.feeds().size(), 1u); // the same process, not another one
    QByteArray bytes;
    const CounterRecord counters = Scene::counters(client, 77, 0);
    encode(bytes, std::span(&counters, 1), 1);
    agent.say(bytes);
    QTRY_COMPARE(watch.received(2), 77u);
}

void tst_Link::comesBackAfterAnEndInMidFrame()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    agent.opening = opening({Scene::server(1, u"a"_s, 1), Scene::client(2, u"c"_s, 80)}).chopped(90);
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    agent.opening = opening({Scene::client(2, u"c"_s, 80)});
    agent.hangUp();
    QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
    QTRY_VERIFY(watch.life(1, 1) != RowLife::Live);
}

void tst_Link::comesBackAfterGarbage()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    agent.opening = opening({Scene::client(2, u"c"_s, 80)});
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    agent.say(QByteArray(5000, '\xee'));
    QTRY_COMPARE(watch.state(), Link::State::Waiting);
    QVERIFY2(watch.link()->problem().startsWith(u"the agent does not speak the protocol"_s),
             qPrintable(watch.link()->problem()));
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QCOMPARE(watch.life(1, 2), RowLife::Live);
}

void tst_Link::saysWhichVersionsDoNotFit()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    Hello hello;
    hello.side = Side::Agent;
    hello.oldest = hello.newest = hello.version = 9;
    agent.opening.clear();
    encode(agent.opening, hello);
    QTRY_VERIFY(watch.link() && watch.link()->problem().startsWith(u"the agent speaks protocol version 9 to 9"_s));
    ObjectTable &objects = watch.session.records().objects;
    QVERIFY(objects.texts(objects.find({1, 0})).error.contains(u"version 9"_s));
}

void tst_Link::noticesThatTheProcessIsGone()
{
    Watch watch;
    {
        FakeAgent agent(watch.directory->path());
        agent.opening = opening({Scene::client(2, u"c"_s, 80)});
        QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
    }
    QTRY_VERIFY(watch.session.feeds().empty());
    QCOMPARE(watch.life(1, 0), RowLife::Closed);
    QCOMPARE(watch.life(1, 2), RowLife::Closed);
    const ObjectTable &objects = watch.session.records().objects;
    QCOMPARE(objects.texts(objects.find({1, 0})).error, QString()); // to end is no error
    // It returns as a process of its own.
    FakeAgent again(watch.directory->path(), u"again"_s);
    again.opening = opening({Scene::client(2, u"c"_s, 80)});
    QTRY_COMPARE(watch.life(2, 2), RowLife::Live);
    QCOMPARE(watch.life(1, 2), RowLife::Closed);
}

void tst_Link::attachesOnlyToWhomItWasToldTo()
{
    Watch others({1});
    FakeAgent agent(others.directory->path());
    QTRY_COMPARE(others.session.directory().agents().size(), 1);
    QVERIFY(others.session.feeds().empty());
    Watch mine({QCoreApplication::applicationPid()});
    FakeAgent second(mine.directory->path());
    QTRY_COMPARE(mine.session.feeds().size(), 1u);
}

void tst_Link::detachesAndAttachesOnRequest()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    agent.opening = opening({Scene::client(2, u"c"_s, 80)});
    QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
    const qint64 pid = agent.card().pid;
    ObjectTable &all = watch.session.records().objects;
    RowRates fast;
    fast.in = 1000;
    all.setRates(all.find({1, 0}), fast);
    watch.session.setAttached(pid, false);
    QVERIFY(!watch.session.isAttached(pid));
    QCOMPARE(watch.life(1, 2), RowLife::Closed);
    QTRY_COMPARE(agent.byes, 1);
    QTRY_COMPARE(agent.count(), 0);
    const ObjectTable &objects = watch.session.records().objects;
    QCOMPARE(stateText(objects, objects.find({1, 0})), u"detached"_s);
    QCOMPARE(objects.rates(objects.find({1, 0})).in, 0.0);
    QCOMPARE(stateText(objects, objects.find({1, 2})), u"not watched"_s);
    // It has told some of this before.
    const QList<EventRecord> events(3, Scene::event(2, EventKind::Received, 1, 1));
    encode(agent.opening, std::span(events.constData(), 3), 100, true);
    watch.session.setAttached(pid, true);
    QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
    QTRY_COMPARE(watch.session.records().events.end(), 3u);
    QCOMPARE(objects.counters(objects.find({1, 0})).connections, 1u);
    watch.session.setAttached(pid, false);
    QTRY_COMPARE(agent.count(), 0);
    encode(agent.opening, std::span(events.constData(), 2), 103);
    watch.session.setAttached(pid, true);
    QTRY_COMPARE(watch.session.records().events.end(), 5u);
    QCOMPARE(watch.session.processCount(), 1u);
}

// As when its application is stopped: a real agent says every second how it is, and this one never does.
void tst_Link::noticesThatAnAgentHasFallenSilent()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    agent.opening = opening({Scene::client(2, u"c"_s, 80)});
    const ObjectTable &objects = watch.session.records().objects;
    const auto error = [&objects] {
        const int row = objects.find({1, 0});
        return row < 0 ? QString() : objects.texts(row).error;
    };
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QCOMPARE(error(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(error(), u"it says nothing any more: stopped, or far too busy"_s, 20'000);
    QByteArray bytes;
    encode(bytes, Status{});
    agent.say(bytes);
    QTRY_COMPARE(error(), QString());
}

void tst_Link::noticesTheEndOfWhomItHasLeft()
{
    Watch watch;
    {
        FakeAgent agent(watch.directory->path());
        agent.opening = opening({Scene::client(2, u"c"_s, 80)});
        QTRY_COMPARE(watch.life(1, 2), RowLife::Live);
        watch.session.setAttached(agent.card().pid, false);
        QCOMPARE(watch.life(1, 0), RowLife::Live);
    }
    QTRY_COMPARE(watch.life(1, 0), RowLife::Closed);
}

void tst_Link::asksForThePayloadOfTheChosenOne()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    agent.opening = opening({Scene::client(2, u"c"_s, 80), Scene::client(3, u"d"_s, 80)}, Observe | SeePayload);
    QTRY_COMPARE(watch.life(1, 3), RowLife::Live);
    watch.session.capture({1, 2});
    watch.session.capture({1, 3});
    QTRY_COMPARE(agent.captures.size(), 3);
    const auto told = [](const CaptureRecord &record) {
        return std::pair(record.subject, record.on != 0);
    };
    QCOMPARE(told(agent.captures[0]), std::pair(quint64(2), true));
    QCOMPARE(told(agent.captures[1]), std::pair(quint64(2), false));
    QCOMPARE(told(agent.captures[2]), std::pair(quint64(3), true));
    // A new conversation knows nothing of the old one's wishes.
    agent.hangUp();
    QTRY_COMPARE(agent.captures.size(), 4);
    QCOMPARE(told(agent.captures[3]), std::pair(quint64(3), true));
    // Nor does one with whom nobody spoke while another one was chosen.
    watch.session.setAttached(agent.card().pid, false);
    watch.session.capture({1, 2});
    QTRY_COMPARE(agent.count(), 0);
    watch.session.setAttached(agent.card().pid, true);
    QTRY_COMPARE(agent.captures.size(), 5);
    QCOMPARE(told(agent.captures[4]), std::pair(quint64(2), true));
}

void tst_Link::refusesADirectoryThatIsOpenToOthers()
{
    Watch watch;
    FakeAgent agent(watch.directory->path());
    QTRY_COMPARE(watch.state(), Link::State::Attached);
    QCOMPARE(::chmod(QFile::encodeName(watch.directory->path()).constData(), 0777), 0);
    QTRY_VERIFY(!watch.session.directory().problem().isEmpty());
    QVERIFY(watch.session.feeds().empty());
}

// The card of our own directory may have been written by mistake, or by a program that was talked into it.
void tst_Link::saysNothingToAnotherUsersProcess()
{
    if (::geteuid() != 0)
        QSKIP("needs root, to be another user");
    const QTemporaryDir place;
    const QString path = place.filePath(u"agent"_s);
    const Stranger stranger(QFile::encodeName(path));
    QVERIFY(stranger.isReady());
    Link link({.pid = ::getpid(), .name = u"demo"_s, .socket = path});
    link.open();
    QTRY_COMPARE(link.problem(), u"the process at the other end belongs to another user"_s);
    link.close();
    QCOMPARE(stranger.bytesHeard(), 0);
}

QTEST_GUILESS_MAIN(tst_Link)
#include "tst_link.moc"
