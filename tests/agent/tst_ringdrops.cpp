#include "fakesubject.h"
#include "testinspector.h"

#include "libnet/agent/agent.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace net;
using namespace Qt::StringLiterals;
using probe::EventKind;
using probe::State;
using probe::SubjectKind;

/// Events that the application emits faster than they are collected are counted, never just gone.
class tst_RingDrops : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void burstIsCountedByKindAndSubject();
    void countersAreExactNevertheless();
    void dropsOfManySubjectsAddUp();

private:
    std::unique_ptr<QTemporaryDir> m_place;
};

namespace {

quint64 sum(const QList<wire::Drops::Count> &counts)
{
    quint64 total = 0;
    for (const wire::Drops::Count &count : counts)
        total += count.count;
    return total;
}

/// Far more at once than a ring of this test holds.
void burst(FakeSubject &socket)
{
    for (int i = 0; i < 200'000; ++i)
        socket.receive("0123456789");
}

} // namespace

void tst_RingDrops::initTestCase()
{
    m_place = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", m_place->path().toLocal8Bit());
    QVERIFY2(Agent::start({.memoryLimit = 512 * 1024}), qPrintable(Agent::errorString()));
}

void tst_RingDrops::burstIsCountedByKindAndSubject()
{
    FakeSubject socket(SubjectKind::Socket);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    burst(socket);
    QTRY_VERIFY(inspector.counters(socket.id()).events == 200'001 && inspector.everyEventIsAccountedFor() &&
                inspector.status.emitted >= 200'001);
    const quint64 dropped = inspector.counters(socket.id()).eventsDropped;
    QVERIFY(dropped > 0);
    QTRY_COMPARE(inspector.status.ringDropped, dropped);
    const wire::Drops drops = inspector.drops.value(wire::DropReason::Ring);
    QCOMPARE(drops.total, dropped);
    QCOMPARE(drops.kinds, (QList<wire::Drops::Count>{{quint64(EventKind::Received), dropped}}));
    QCOMPARE(drops.subjects, (QList<wire::Drops::Count>{{socket.id(), dropped}}));
    QTRY_COMPARE(inspector.eventsOf(socket.id()) + inspector.status.linkDropped + dropped, 200'001u);
}

void tst_RingDrops::countersAreExactNevertheless()
{
    FakeSubject socket(SubjectKind::Socket);
    burst(socket);
    socket.change(EventKind::Closed, State::Closed);
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    QCOMPARE(inspector.counters(socket.id()).received, 2'000'000u);
    QCOMPARE(inspector.counters(socket.id()).state, wire::State::Closed);
}

void tst_RingDrops::dropsOfManySubjectsAddUp()
{
    TestInspector inspector(Agent::socketPath());
    QVERIFY(inspector.attach());
    {
        std::vector<std::unique_ptr<FakeSubject>> sockets;
        for (int i = 0; i < 6000; ++i) {
            sockets.push_back(std::make_unique<FakeSubject>(SubjectKind::Socket));
            for (int j = 0; j < 20; ++j)
                sockets.back()->send("1");
        }
    }
    QTRY_VERIFY(inspector.status.closed == 4096 && inspector.everyEventIsAccountedFor() &&
                inspector.drops.value(wire::DropReason::Ring).total == inspector.status.ringDropped);
    const wire::Drops drops = inspector.drops.value(wire::DropReason::Ring);
    QCOMPARE(sum(drops.kinds), drops.total);
    QCOMPARE(sum(drops.subjects) + drops.elsewhere, drops.total);
    QVERIFY(inspector.status.forgotten > 0);
}

QTEST_GUILESS_MAIN(tst_RingDrops)
#include "tst_ringdrops.moc"
