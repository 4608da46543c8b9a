#include "fakesubject.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace net;
using namespace Qt::StringLiterals;
using probe::SubjectKind;

/// An inspector that does not keep up costs the application nothing, and knows afterwards what it has lost.
class tst_SlowInspector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void stoppedInspectorNeitherGrowsNorBlocks();
    void countersAreExactAfterAPause();
    void lossOfAReaderIsCountedByKindAndSubject();
    void snapshotReplacesWhatWasForgottenMeanwhile();
    void inspectorThatAsksAndDoesNotReadIsNotServed();
    void otherInspectorsDoNotSuffer();

private:
    void flood(FakeSubject &socket, int events);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<TestInspector> m_witness;
};

namespace {
constexpr qint64 memoryLimit = 2 * 1024 * 1024; // rings of 2,048 and a history of 26,214 events
constexpr int muchMore = 45000;
} // namespace

void tst_SlowInspector::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start({.payload = true, .memoryLimit = memoryLimit, .closedLimit = 10}),
             qPrintable(Agent::errorString()));
    m_witness = std::make_unique<TestInspector>(Agent::socketPath());
    QVERIFY(m_witness->attach());
    m_witness->keepsEvents = false;
}

// In steps that a ring of this test holds, each seen by the witness before the next.
void tst_SlowInspector::flood(FakeSubject &socket, int events)
{
    constexpr int step = 1500;
    for (int done = 0; done < events; done += step) {
        for (int i = 0; i < step; ++i)
            socket.receive("0123456789");
        const quint64 total = socket.facts().received;
        QVERIFY(QTest::qWaitFor([&] { return m_witness->counters(socket.id()).received == total; }));
    }
}

void tst_SlowInspector::stoppedInspectorNeitherGrowsNorBlocks()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector stopped(Agent::socketPath());
    QVERIFY(stopped.attach());
    stopped.setReading(false);
    flood(socket, muchMore);
    const int before = m_witness->statuses;
    QTRY_VERIFY(m_witness->statuses > before + 1);
    // The ledger's entries are beside the limit; there are hardly any here.
    QVERIFY(m_witness->status.memory < quint64(memoryLimit) + 64 * 1024);
    QCOMPARE(m_witness->status.ringDropped, 0u);
    QCOMPARE(m_witness->status.linkDropped, 0u);
    QCOMPARE(m_witness->missedNumbers, 0u);
    QCOMPARE(m_witness->problem, QString());
}

void tst_SlowInspector::countersAreExactAfterAPause()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector slow(Agent::socketPath());
    QVERIFY(slow.attach());
    slow.setReading(false);
    flood(socket, muchMore);
    slow.setReading(true);
    QTRY_COMPARE(slow.counters(socket.id()).received, quint64(10 * muchMore));
    QTRY_COMPARE(slow.counters(socket.id()).events, quint64(muchMore + 1));
    QCOMPARE(slow.problem, QString());
}

void tst_SlowInspector::lossOfAReaderIsCountedByKindAndSubject()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector slow(Agent::socketPath());
    QVERIFY(slow.attach());
    QTRY_VERIFY(slow.statuses > 0);
    slow.setReading(false);
    flood(socket, muchMore);
    slow.setReading(true);
    QTRY_VERIFY(slow.nextNumber == m_witness->nextNumber && slow.everyEventIsAccountedFor() &&
                slow.status.delivered + slow.status.beforeAttach + slow.status.linkDropped == slow.nextNumber);
    QVERIFY(slow.missedNumbers > 0);
    QCOMPARE(slow.status.linkDropped, slow.missedNumbers);

    const wire::Drops drops = slow.drops.value(wire::DropReason::Link);
    QCOMPARE(drops.total, slow.missedNumbers);
    quint64 ofKinds = 0;
    for (const wire::Drops::Count &count : drops.kinds)
        ofKinds += count.count;
    QCOMPARE(ofKinds, drops.total);
    quint64 ofSubjects = drops.elsewhere;
    for (const wire::Drops::Count &count : drops.subjects)
        ofSubjects += count.count;
    QCOMPARE(ofSubjects, drops.total);
    QCOMPARE(slow.eventsOf(socket.id()), quint64(muchMore + 1) - slow.missedNumbers);
    QCOMPARE(slow.problem, QString());
}

void tst_SlowInspector::snapshotReplacesWhatWasForgottenMeanwhile()
{
    FakeSubject survivor(SubjectKind::Socket);
    std::vector<std::unique_ptr<FakeSubject>> doomed;
    for (int i = 0; i < 100; ++i)
        doomed.push_back(std::make_unique<FakeSubject>(SubjectKind::Socket));
    const quint64 first = doomed.front()->id();
    TestInspector slow(Agent::socketPath());
    QVERIFY(slow.attach());
    QVERIFY(slow.subjects.contains(first));
    slow.setReading(false);
    flood(survivor, muchMore);
    doomed.clear();
    QTRY_VERIFY(!m_witness->subjects.contains(first));
    survivor.receive("more");
    QTRY_COMPARE(m_witness->counters(survivor.id()).received, survivor.facts().received);
    slow.setReading(true);
    QTRY_COMPARE(slow.snapshots, 2);
    QVERIFY(!slow.subjects.contains(first));
    QTRY_COMPARE(slow.counters(survivor.id()).received, survivor.facts().received);
    QCOMPARE(slow.problem, QString());
}

void tst_SlowInspector::inspectorThatAsksAndDoesNotReadIsNotServed()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector greedy(Agent::socketPath());
    QVERIFY(greedy.attach(TestInspector::hello(wire::Observe | wire::SeePayload)));
    greedy.setReading(false);
    QByteArray questions;
    for (int i = 0; i < 2000; ++i) {
        const wire::CaptureRecord record{.subject = socket.id(), .on = quint8(i % 2)};
        wire::encode(questions, std::span(&record, 1), 0);
    }
    // More than all buffers between the two hold: if the agent went on answering, it would have to keep the answers.
    const int sent = int(greedy.sendWhatFits(questions.repeated(200)));
    QVERIFY(sent < questions.size() * 200);
    QTRY_COMPARE(m_witness->status.inspectors, 2u);
    greedy.setReading(true);
    QTRY_COMPARE(greedy.captures.size(), sent / (questions.size() / 2000));
}

void tst_SlowInspector::otherInspectorsDoNotSuffer()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector stopped(Agent::socketPath());
    QVERIFY(stopped.attach());
    stopped.setReading(false);
    TestInspector reading(Agent::socketPath());
    QVERIFY(reading.attach());
    reading.keepsEvents = false;
    flood(socket, muchMore);
    QTRY_COMPARE(reading.counters(socket.id()).received, socket.facts().received);
    QTRY_COMPARE(reading.nextNumber, m_witness->nextNumber);
    QCOMPARE(reading.missedNumbers, 0u);
}

QTEST_GUILESS_MAIN(tst_SlowInspector)
#include "tst_slowinspector.moc"
