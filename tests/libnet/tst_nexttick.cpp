#include "tests/support/heldthread.h"
#include "tests/support/waiting.h"

#include "libnet/stream/lifeguard.h"
#include "libnet/stream/nexttick.h"

using namespace Qt::StringLiterals;
using net::NextTick;

/// What happens after the current call, in order, and what never does.
class tst_NextTick : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ticksKeepTheirOrderAndComeLater();
    void turnsComeAfterTicks();
    void aTickPostedByATickComesInTheSameTurn();
    void turnsPostedByTurnsDoNotHoldUpTheLoop();
    void theLoopDoesNotSleepOverThem();
    void aNestedLoopGoesOnWithTheRest();
    void whatIsPostedDiesWithItsOwner();
    void anOwnerMayDieInItsOwnTick();
    void ticksWithoutAnOwnerLiveOn();
    void theNumberTellsTurnsApart();
    void luggageKeepsItsOrderElsewhere();
    void threadsDoNotShare();
    void aThreadMayEndWithTicksWaiting();
    void guardsSeeTheEnd();
};

struct Poster : NextTick::Owner
{
};

static void inAnotherThread(std::function<void()> function)
{
    const std::unique_ptr<QThread> thread(QThread::create(std::move(function)));
    thread->start();
    thread->wait();
}

void tst_NextTick::ticksKeepTheirOrderAndComeLater()
{
    Poster owner;
    QList<int> order;
    for (int i = 0; i < 100; ++i)
        NextTick::current().post(&owner, [&order, i] { order.append(i); });
    QVERIFY(order.isEmpty());
    QVERIFY(!NextTick::current().isEmpty());
    WAIT_FOR(order.size() == 100);
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    QVERIFY(NextTick::current().isEmpty());
}

void tst_NextTick::turnsComeAfterTicks()
{
    Poster owner;
    QStringList order;
    NextTick &ticks = NextTick::current();
    ticks.postTurn(&owner, [&] {
        order.append(u"turn 1"_s);
        ticks.post(&owner, [&order] { order.append(u"tick of turn 1"_s); });
    });
    ticks.postTurn(&owner, [&order] { order.append(u"turn 2"_s); });
    ticks.post(&owner, [&order] { order.append(u"tick"_s); });
    ticks.drain();
    QCOMPARE(order, QStringList({u"tick"_s, u"turn 1"_s, u"tick of turn 1"_s, u"turn 2"_s}));
}

void tst_NextTick::aTickPostedByATickComesInTheSameTurn()
{
    Poster owner;
    QStringList order;
    NextTick &ticks = NextTick::current();
    ticks.post(&owner, [&] {
        order.append(u"first"_s);
        ticks.post(&owner, [&order] { order.append(u"posted by first"_s); });
    });
    ticks.post(&owner, [&order] { order.append(u"second"_s); });
    ticks.drain();
    QCOMPARE(order, QStringList({u"first"_s, u"second"_s, u"posted by first"_s}));
}

void tst_NextTick::turnsPostedByTurnsDoNotHoldUpTheLoop()
{
    // Some are run at once, as Node does; of an endless chain the rest is for later turns of the loop.
    Poster owner;
    int runs = 0;
    NextTick &ticks = NextTick::current();
    const std::function<void()> again = [&] {
        ++runs;
        ticks.postTurn(&owner, again);
    };
    ticks.postTurn(&owner, again);
    ticks.drain();
    const int atOnce = runs;
    QVERIFY(atOnce > 1);
    QVERIFY(!ticks.isEmpty());
    WAIT_FOR(runs > atOnce);
}

void tst_NextTick::theLoopDoesNotSleepOverThem()
{
    // Nothing else wakes this loop: neither before the first tick nor before the turn that a turn posts.
    Poster owner;
    QEventLoop loop;
    NextTick &ticks = NextTick::current();
    ticks.post(&owner, [&] {
        ticks.postTurn(&owner, [&] { ticks.postTurn(&owner, [&] { ticks.post(&owner, [&loop] { loop.quit(); }); }); });
    });
    QTimer tooLong;
    tooLong.setSingleShot(true);
    connect(&tooLong, &QTimer::timeout, &loop, [&loop] { loop.exit(1); });
    tooLong.start(test::LongestWait);
    QCOMPARE(loop.exec(), 0);
}

void tst_NextTick::aNestedLoopGoesOnWithTheRest()
{
    Poster owner;
    QStringList order;
    NextTick &ticks = NextTick::current();
    bool inner = false;
    ticks.post(&owner, [&] {
        order.append(u"outer begins"_s);
        test::waitFor([&inner] { return inner; });
        order.append(u"outer ends"_s);
    });
    ticks.post(&owner, [&] {
        order.append(u"inner"_s);
        inner = true;
    });
    WAIT_FOR(order.size() == 3);
    QCOMPARE(order, QStringList({u"outer begins"_s, u"inner"_s, u"outer ends"_s}));
}

void tst_NextTick::whatIsPostedDiesWithItsOwner()
{
    Poster other;
    QStringList order;
    NextTick &ticks = NextTick::current();
    auto owner = std::make_unique<Poster>();
    ticks.post(&other, [&] {
        order.append(u"first"_s);
        owner.reset();
    });
    ticks.post(owner.get(), [&order] { order.append(u"of the dead"_s); });
    ticks.postTurn(owner.get(), [&order] { order.append(u"turn of the dead"_s); });
    ticks.post(&other, [&order] { order.append(u"last"_s); });
    ticks.drain();
    QCOMPARE(order, QStringList({u"first"_s, u"last"_s}));
    QVERIFY(ticks.isEmpty());
}

void tst_NextTick::anOwnerMayDieInItsOwnTick()
{
    NextTick &ticks = NextTick::current();
    auto owner = std::make_unique<Poster>();
    int calls = 0;
    ticks.post(owner.get(), [&] {
        ++calls;
        owner.reset();
        ++calls; // the function itself goes on
    });
    ticks.post(owner.get(), [&calls] { calls += 100; });
    ticks.drain();
    QCOMPARE(calls, 2);
}

void tst_NextTick::ticksWithoutAnOwnerLiveOn()
{
    bool called = false;
    NextTick::current().post(nullptr, [&called] { called = true; });
    NextTick::current().drain();
    QVERIFY(called);
}

void tst_NextTick::theNumberTellsTurnsApart()
{
    NextTick &ticks = NextTick::current();
    const quint32 before = ticks.number();
    QCOMPARE(ticks.number(), before);
    ticks.drain();
    QVERIFY(ticks.number() != before);
    const quint32 then = ticks.number();
    test::settle();
    QVERIFY(ticks.number() != then);
}

void tst_NextTick::luggageKeepsItsOrderElsewhere()
{
    NextTick &ticks = NextTick::current();
    Poster traveller;
    Poster stays;
    QStringList order;
    ticks.post(&traveller, [&order] { order.append(u"a"_s); });
    ticks.post(&stays, [&order] { order.append(u"stays"_s); });
    ticks.post(&traveller, [&order] { order.append(u"b"_s); });
    ticks.postTurn(&traveller, [&order] { order.append(u"turn"_s); });
    NextTick::Luggage luggage = ticks.take(&traveller);
    ticks.drain();
    QCOMPARE(order, QStringList({u"stays"_s}));
    inAnotherThread([&] {
        NextTick::current().post(&traveller, std::move(luggage));
        NextTick::current().drain();
    });
    QCOMPARE(order, QStringList({u"stays"_s, u"a"_s, u"b"_s, u"turn"_s}));
}

void tst_NextTick::threadsDoNotShare()
{
    Poster owner;
    bool called = false;
    NextTick::current().post(&owner, [&called] { called = true; });
    bool empty = false;
    inAnotherThread([&empty] {
        empty = NextTick::current().isEmpty();
        NextTick::current().drain();
    });
    QVERIFY(empty);
    QVERIFY(!called);
    NextTick::current().drain();
    QVERIFY(called);
}

void tst_NextTick::aThreadMayEndWithTicksWaiting()
{
    Poster owner;
    auto luggage = std::make_shared<int>();
    const std::weak_ptr<int> seen = luggage;
    test::HeldThread thread([&owner, luggage = std::move(luggage)]() mutable {
        NextTick::current().post(&owner, [held = std::move(luggage)] { QFAIL("never runs"); });
    });
    QVERIFY(thread.wait());
    QVERIFY(seen.expired()); // the owner can go now, whatever else the thread has still to do
}

void tst_NextTick::guardsSeeTheEnd()
{
    struct Thing : net::Mortal
    {
    };
    auto thing = std::make_unique<Thing>();
    const net::LifeGuard outer(thing.get());
    {
        const net::LifeGuard inner(thing.get());
        QVERIFY(!inner.isDead());
    }
    QVERIFY(!outer.isDead());
    const net::LifeGuard second(thing.get());
    thing.reset();
    QVERIFY(outer.isDead());
    QVERIFY(second.isDead());
}

QTEST_GUILESS_MAIN(tst_NextTick)
#include "tst_nexttick.moc"
