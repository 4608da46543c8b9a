#include "fakesubject.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"
#include "libnet/wire/rendezvous.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <unistd.h>
#include <vector>

using namespace net;
using namespace Qt::StringLiterals;
using probe::EventKind;
using probe::State;
using probe::SubjectKind;

/// An inspector that attaches gets everything as it is, then what was, then what becomes of it.
class tst_Attach : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cardLeadsToTheAgent();
    void secondStartIsTheSameAgent();
    void snapshotThenHistoryThenLive();
    void snapshotHasExactCountersOfAThousandSockets();
    void historyIsNotSentToWhoDoesNotWantIt();
    void deltasCarryTotals();
    void newSubjectIsDescribed();
    void changedFactsAreDescribedAnew();
    void errorIsDescribedWithItsMessage();
    void destroyedSubjectIsToldAndRemembered();
    void acceptedSocketsAreCountedByTheirServer();
    void queueIsToldWhenItCrossesAnything();
    void aFullQueueNeedsDrainUntilItCame();
    void subjectsOfOtherThreadsAreSeen();
    void severalInspectorsSeeTheSame();
    void eventLoopThatIsHeldUpIsNoticed();
    void statusAccountsForEveryEvent();
    void emitsNothingUnlessSomethingHappens();

private:
    std::unique_ptr<QTemporaryDir> m_place;
};

void tst_Attach::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY(!Agent::isRunning());
    QVERIFY2(Agent::start({.name = u"the test"_s}), qPrintable(Agent::errorString()));
    QVERIFY(Agent::isRunning());
}

void tst_Attach::cardLeadsToTheAgent()
{
    const QList<wire::AgentCard> cards = wire::Rendezvous().agents();
    QCOMPARE(cards.size(), 1);
    QCOMPARE(cards.first().pid, qint64(::getpid()));
    QCOMPARE(cards.first().name, u"the test"_s);
    QCOMPARE(cards.first().protocol, wire::newestVersion);
    QCOMPARE(cards.first().socket, Agent::socketPath());

    TestInspector inspector(cards.first().socket);
    QVERIFY(inspector.attach());
    QCOMPARE(inspector.agent->pid, qint64(::getpid()));
    QCOMPARE(inspector.agent->name, u"the test"_s);
    QCOMPARE(inspector.agent->version, wire::newestVersion);
    QCOMPARE(inspector.agent->rights, quint32(wire::Observe));
    QCOMPARE(inspector.agent->interval, 20u);
    QCOMPARE(inspector.agent->records, wire::RecordSizes());
    QCOMPARE(inspector.agent->startTime, cards.first().startTime);
}

void tst_Attach::secondStartIsTheSameAgent()
{
    const QString path = Agent::socketPath();
    QVERIFY(Agent::start({.name = u"another"_s}));
    QCOMPARE(Agent::socketPath(), path);
    QCOMPARE(wire::Rendezvous().agents().size(), 1);
}

void tst_Attach::snapshotThenHistoryThenLive()
{
    FakeSubject socket(SubjectKind::Socket);
    socket.change(EventKind::Connected, State::Open);
    socket.receive("12345");
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    QTRY_COMPARE(inspector.eventsOf(socket.id()), 3u);
    socket.send("123");
    QTRY_COMPARE(inspector.eventsOf(socket.id()), 4u);
    QVERIFY(inspector.historyEvents >= 3);
    QVERIFY(inspector.historyEvents < quint64(inspector.events.size()));

    QList<wire::FrameType> order = inspector.frames;
    order.erase(std::unique(order.begin(), order.end()), order.end());
    using T = wire::FrameType;
    QCOMPARE(order.first(5), (QList<T>{T::Hello, T::SnapshotBegin, T::Describe, T::SnapshotEnd, T::Events}));

    using Kind = wire::EventKind;
    QCOMPARE(inspector.kindsOf(socket.id()), (QList<Kind>{Kind::Opened, Kind::Connected, Kind::Received, Kind::Sent}));
    const wire::EventRecord last = inspector.events.last();
    QCOMPARE(last.a, 3u);
    QCOMPARE(last.b, 3u);
    QCOMPARE(last.state, wire::State::Open);
    QCOMPARE(inspector.problem, QString());
}

void tst_Attach::snapshotHasExactCountersOfAThousandSockets()
{
    FakeSubject server(SubjectKind::Server);
    std::vector<std::unique_ptr<FakeSubject>> sockets;
    for (int i = 0; i < 1000; ++i) {
        sockets.push_back(std::make_unique<FakeSubject>(SubjectKind::Socket, server.id()));
        FakeSubject &socket = *sockets.back();
        server.accept(socket);
        socket.mutableFacts().remote = {.address = u"10.0.0.1"_s, .family = Family::IPv4, .port = quint16(i)};
        socket.describe();
        socket.change(EventKind::Connected, State::Open);
        socket.receive(QByteArray(i, 'r'));
        socket.send(QByteArray(2 * i, 's'), quint64(3) * i);
    }
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    for (int i = 0; i < 1000; ++i) {
        const wire::Description described = inspector.subjects.value(sockets[std::size_t(i)]->id());
        QCOMPARE(described.counters.received, quint64(i));
        QCOMPARE(described.counters.sent, quint64(2 * i));
        QCOMPARE(described.counters.queued, quint64(3) * i);
        QCOMPARE(described.counters.state, wire::State::Open);
        QCOMPARE(described.record.server, server.id());
        QCOMPARE(described.record.remotePort, quint16(i));
        QCOMPARE(described.remoteAddress, u"10.0.0.1"_s);
    }
    QCOMPARE(inspector.counters(server.id()).accepted, 1000u);
    QCOMPARE(inspector.counters(server.id()).connections, 1000u);
}

void tst_Attach::historyIsNotSentToWhoDoesNotWantIt()
{
    FakeSubject socket(SubjectKind::Socket);
    wire::Hello hello = TestInspector::hello();
    hello.history = false;
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach(hello));
    socket.receive("1");
    QTRY_COMPARE(inspector.eventsOf(socket.id()), 1u);
    QCOMPARE(inspector.historyEvents, 0u);
    QCOMPARE(inspector.kindsOf(socket.id()), QList<wire::EventKind>{wire::EventKind::Received});
    QTRY_VERIFY(inspector.everyEventIsAccountedFor());
    QVERIFY(inspector.status.beforeAttach > 0);
}

void tst_Attach::deltasCarryTotals()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    for (int i = 0; i < 100; ++i)
        socket.receive("0123456789");
    QTRY_COMPARE(inspector.counters(socket.id()).received, 1000u);
    QTRY_COMPARE(inspector.counters(socket.id()).events, 101u);
    QVERIFY(inspector.counters(socket.id()).lastActivity > socket.facts().createdAt);
    socket.setFlag(probe::Paused, true);
    socket.change(EventKind::Paused, State::Open);
    QTRY_COMPARE(inspector.counters(socket.id()).flags, quint32(wire::Paused));
    QVERIFY(inspector.frames.contains(wire::FrameType::Delta));
    QCOMPARE(inspector.problem, QString());
}

void tst_Attach::newSubjectIsDescribed()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    FakeSubject socket(SubjectKind::Socket);
    QTRY_VERIFY(inspector.subjects.contains(socket.id()));
    QCOMPARE(inspector.subjects.value(socket.id()).record.thread, quint32(::gettid()));
    QCOMPARE(inspector.snapshots, 1);
}

void tst_Attach::changedFactsAreDescribedAnew()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    socket.mutableFacts().name = u"renamed"_s;
    socket.mutableFacts().local = {.address = u"/run/x"_s, .family = Family::Local};
    socket.describe();
    QTRY_COMPARE(inspector.subjects.value(socket.id()).name, u"renamed"_s);
    QCOMPARE(inspector.subjects.value(socket.id()).localAddress, u"/run/x"_s);
    QCOMPARE(inspector.subjects.value(socket.id()).record.localFamily, wire::Family::Local);
}

void tst_Attach::errorIsDescribedWithItsMessage()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    socket.fail(ECONNREFUSED, u"connect ECONNREFUSED 127.0.0.1:1"_s);
    QTRY_COMPARE(inspector.subjects.value(socket.id()).errorMessage, u"connect ECONNREFUSED 127.0.0.1:1"_s);
    QCOMPARE(inspector.counters(socket.id()).errorNumber, ECONNREFUSED);
    QVERIFY(inspector.counters(socket.id()).flags & wire::Failed);
    QTRY_COMPARE(inspector.eventsOf(socket.id()), 2u);
    QCOMPARE(inspector.events.last().kind, wire::EventKind::Failed);
    QCOMPARE(inspector.events.last().a, quint64(ECONNREFUSED));
}

void tst_Attach::destroyedSubjectIsToldAndRemembered()
{
    auto socket = std::make_unique<FakeSubject>(SubjectKind::Socket);
    const quint64 id = socket->id();
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    socket->receive("last words");
    socket->change(EventKind::Closed, State::Closed);
    socket.reset();
    QTRY_COMPARE(inspector.gone, QList<quint64>{id});
    QCOMPARE(inspector.counters(id).received, 10u);
    QCOMPARE(inspector.counters(id).state, wire::State::Closed);

    TestInspector late(Agent::socketPath());
    QVERIFY(late.attach());
    QVERIFY(late.subjects.value(id).record.goneAt > 0);
    QCOMPARE(late.counters(id).received, 10u);
}

void tst_Attach::acceptedSocketsAreCountedByTheirServer()
{
    FakeSubject server(SubjectKind::Server);
    server.change(EventKind::Listening, State::Listening);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    auto a = std::make_unique<FakeSubject>(SubjectKind::Socket, server.id());
    const auto b = std::make_unique<FakeSubject>(SubjectKind::Socket, server.id());
    server.accept(*a);
    server.accept(*b);
    QTRY_COMPARE(inspector.counters(server.id()).connections, 2u);
    QCOMPARE(inspector.counters(server.id()).accepted, 2u);
    a->change(EventKind::Closed, State::Closed);
    QTRY_COMPARE(inspector.counters(server.id()).connections, 1u);
    a.reset();
    b->change(EventKind::Closed, State::Closed);
    QTRY_COMPARE(inspector.counters(server.id()).connections, 0u);
    QCOMPARE(inspector.counters(server.id()).accepted, 2u);
}

void tst_Attach::aFullQueueNeedsDrainUntilItCame()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    const auto needsDrain = [&] {
        return (inspector.counters(socket.id()).flags & wire::NeedsDrain) != 0;
    };
    socket.queue(16383);
    QTRY_COMPARE(inspector.counters(socket.id()).queued, 16383u);
    QVERIFY(!needsDrain());
    socket.queue(16384);
    QTRY_COMPARE(inspector.counters(socket.id()).queued, 16384u);
    QVERIFY(needsDrain());
    const auto told = std::ranges::find_if(inspector.events, [&](const wire::EventRecord &event) {
        return event.subject == socket.id() && event.kind == wire::EventKind::Queued && event.a == 16384;
    });
    QVERIFY(told != inspector.events.end());
    QVERIFY(told->flags & wire::NeedsDrain);
    // Room alone is no drain.
    socket.send(QByteArray(10'000, '.'), 6384);
    QTRY_COMPARE(inspector.counters(socket.id()).queued, 6384u);
    QVERIFY(needsDrain());
    socket.send(QByteArray(6384, '.'), 0);
    socket.change(EventKind::Drain, State::Open);
    QTRY_VERIFY(!needsDrain());
}

void tst_Attach::queueIsToldWhenItCrossesAnything()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    QList<quint64> queued;
    for (quint64 size = 64; size <= 20032; size += 64)
        socket.queue(size);
    socket.queue(0);
    socket.receive("the end");
    QTRY_COMPARE(inspector.kindsOf(socket.id()).value(inspector.kindsOf(socket.id()).size() - 1),
                 wire::EventKind::Received);
    for (const wire::EventRecord &event : std::as_const(inspector.events)) {
        if (event.subject == socket.id() && event.kind == wire::EventKind::Queued)
            queued.append(event.a);
    }
    QCOMPARE(queued.first(), 64u);
    QCOMPARE(queued.last(), 0u);
    QVERIFY(queued.contains(16384));
    QVERIFY(queued.size() < 20);
    QTRY_COMPARE(inspector.counters(socket.id()).queued, 0u);
    socket.queue(100);
    QTRY_COMPARE(inspector.counters(socket.id()).queued, 100u);
    socket.queue(150);
    QTRY_COMPARE(inspector.counters(socket.id()).queued, 150u);
}

void tst_Attach::subjectsOfOtherThreadsAreSeen()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    constexpr int threads = 4;
    constexpr int rounds = 2000;
    QList<quint64> ids(threads);
    std::vector<std::unique_ptr<QThread>> running;
    for (int i = 0; i < threads; ++i) {
        running.emplace_back(QThread::create([&id = ids[i]] {
            FakeSubject socket(SubjectKind::Socket);
            id = socket.id();
            for (int round = 0; round < rounds; ++round)
                socket.receive("1234");
        }));
        running.back()->start();
    }
    for (const auto &thread : running)
        QVERIFY(thread->wait(20000));
    for (const quint64 id : std::as_const(ids)) {
        QTRY_COMPARE(inspector.eventsOf(id), quint64(rounds + 1));
        QTRY_VERIFY(inspector.gone.contains(id));
        QCOMPARE(inspector.counters(id).received, quint64(4 * rounds));
        quint64 total = 0;
        for (const wire::EventRecord &event : std::as_const(inspector.events)) {
            if (event.subject == id && event.kind == wire::EventKind::Received)
                QCOMPARE(event.b, total += 4);
        }
    }
    QCOMPARE(inspector.missedNumbers, 0u);
}

void tst_Attach::severalInspectorsSeeTheSame()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector a(Agent::socketPath());
    TestInspector b(Agent::socketPath());
    QVERIFY(a.attach());
    QVERIFY(b.attach());
    socket.receive("12345");
    QTRY_COMPARE(a.counters(socket.id()).received, 5u);
    QTRY_COMPARE(b.counters(socket.id()).received, 5u);
    QTRY_COMPARE(b.status.inspectors, 2u);
    a.hangUp();
    socket.receive("12345");
    QTRY_COMPARE(b.counters(socket.id()).received, 10u);
    QTRY_COMPARE(b.status.inspectors, 1u);
}

void tst_Attach::eventLoopThatIsHeldUpIsNoticed()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    QTRY_VERIFY(inspector.status.loopDelay >= 0);
    const qint64 begin = inspector.status.time;
    // The main thread does nothing else until the agent has asked it in vain.
    QThread::msleep(600);
    QTRY_VERIFY(inspector.status.worstLoopDelay >= 100'000'000);
    QVERIFY(inspector.status.time > begin);
}

void tst_Attach::statusAccountsForEveryEvent()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    for (int i = 0; i < 10000; ++i)
        socket.receive("1");
    QTRY_COMPARE(inspector.eventsOf(socket.id()), 10001u);
    const quint64 arrived = inspector.nextNumber;
    QTRY_VERIFY(inspector.status.emitted >= arrived);
    QTRY_VERIFY(inspector.everyEventIsAccountedFor()); // a status may have been on its way before the last events
    QCOMPARE(inspector.status.linkDropped, 0u);
    QVERIFY(inspector.status.memory > 0);
    QVERIFY(inspector.status.memory < inspector.status.memoryLimit);
    QCOMPARE(inspector.problem, QString());
}

// The agent's own thread, its connections and its wake-ups are never among what it tells.
void tst_Attach::emitsNothingUnlessSomethingHappens()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    QTRY_COMPARE(inspector.statuses, 1);
    const quint64 emitted = inspector.status.emitted;
    QTRY_COMPARE(inspector.statuses, 3);
    QCOMPARE(inspector.status.emitted, emitted);
}

QTEST_GUILESS_MAIN(tst_Attach)
#include "tst_attach.moc"
