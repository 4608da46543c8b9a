#include "tests/libnet/dispatchers.h"

#include <QSocketNotifier>

using namespace Qt::StringLiterals;
using test::Ends;

/// Timers come in time and in order, under whichever event dispatcher.
class tst_DispatcherTimers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timersComeInTheOrderTheyAreDue();
    void aTimerComesAgainAndNeverEarly_data();
    void aTimerComesAgainAndNeverEarly();
    void whatWasMissedIsNotMadeUpFor();
    void aTimerMayStopItselfAndOthers();
    void aTimersSlotIsNotEnteredAgain();
    void zeroTimersLeaveOthersTheirTurn();
    void timersCanBeAskedAbout();
    void timersMoveToAnotherThread();
};

namespace {

/// Calls a function at each event of its timers.
class Clock : public QObject
{
public:
    explicit Clock(std::function<void(int)> function) : m_function(std::move(function)) {}
    int count = 0;

private:
    void timerEvent(QTimerEvent *event) override
    {
        ++count;
        m_function(event->timerId());
    }
    std::function<void(int)> m_function;
};

} // namespace

void tst_DispatcherTimers::timersComeInTheOrderTheyAreDue()
{
    QStringList order;
    for (const int msecs : {60, 20, 40, 0})
        QTimer::singleShot(msecs, Qt::PreciseTimer, this, [&order, msecs] { order.append(QString::number(msecs)); });
    WAIT_FOR(order.size() == 4);
    QCOMPARE(order, QStringList({u"0"_s, u"20"_s, u"40"_s, u"60"_s}));
}

void tst_DispatcherTimers::aTimerComesAgainAndNeverEarly_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<int>("interval");
    QTest::addColumn<int>("early"); // that Qt's own dispatchers may be
    QTest::newRow("precise") << Qt::PreciseTimer << 7 << 0;
    QTest::newRow("short and coarse") << Qt::CoarseTimer << 15 << 0;
    QTest::newRow("coarse") << Qt::CoarseTimer << 100 << 10;
    QTest::newRow("very coarse") << Qt::VeryCoarseTimer << 600 << 600;
}

void tst_DispatcherTimers::aTimerComesAgainAndNeverEarly()
{
    QFETCH(Qt::TimerType, type);
    QFETCH(int, interval);
    QFETCH(int, early);
    const int times = interval > 500 ? 1 : 3;
    Clock clock([](int) {});
    QElapsedTimer time;
    time.start();
    clock.startTimer(interval, type);
    WAIT_FOR(clock.count >= times);
    QVERIFY2(time.elapsed() >= times * (interval - early) - 1, QByteArray::number(time.elapsed()));
}

void tst_DispatcherTimers::whatWasMissedIsNotMadeUpFor()
{
    Clock clock([](int) {});
    clock.startTimer(1, Qt::PreciseTimer);
    QThread::msleep(50);
    test::process(QEventLoop::AllEvents);
    QCOMPARE(clock.count, 1);
}

void tst_DispatcherTimers::aTimerMayStopItselfAndOthers()
{
    QList<int> ids;
    Clock clock([&](int id) {
        clock.killTimer(id);
        if (ids.removeAll(id) && !ids.isEmpty())
            clock.killTimer(ids.takeLast());
    });
    for (int i = 0; i < 3; ++i)
        ids.append(clock.startTimer(1, Qt::PreciseTimer));
    QThread::msleep(5);
    WAIT_FOR(ids.isEmpty());
    test::settle();
    QCOMPARE(clock.count, 2);

    auto *mortal = new Clock([](int) {});
    mortal->startTimer(0);
    delete mortal; // with its timers
    test::settle();
}

void tst_DispatcherTimers::aTimersSlotIsNotEnteredAgain()
{
    int deepest = 0;
    int depth = 0;
    Clock slow([&](int) {
        deepest = qMax(deepest, ++depth);
        QEventLoop loop;
        QTimer::singleShot(20, Qt::PreciseTimer, &loop, &QEventLoop::quit);
        loop.exec();
        --depth;
    });
    slow.startTimer(1, Qt::PreciseTimer);
    WAIT_FOR(slow.count >= 3);
    QCOMPARE(deepest, 1);
}

void tst_DispatcherTimers::zeroTimersLeaveOthersTheirTurn()
{
    Clock busy([](int) {});
    busy.startTimer(0);
    busy.startTimer(0);
    Ends ends;
    int heard = 0;
    QSocketNotifier notifier(ends.here.get(), QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] { heard += ends.hear(); });
    int ticks = 0;
    QTimer timer;
    timer.callOnTimeout([&] { ++ticks; });
    timer.start(1);
    ends.say();
    WAIT_FOR(heard == 1 && ticks > 2 && busy.count > 2);
}

void tst_DispatcherTimers::timersCanBeAskedAbout()
{
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    QObject object;
    QCOMPARE(dispatcher->registeredTimers(&object).size(), 0);
    const int id = object.startTimer(50'000, Qt::PreciseTimer);
    const auto timers = dispatcher->registeredTimers(&object);
    QCOMPARE(timers.size(), 1);
    QCOMPARE(timers.first().timerId, id);
    QCOMPARE(timers.first().interval, 50'000);
    QCOMPARE(timers.first().timerType, Qt::PreciseTimer);
    const int left = dispatcher->remainingTime(id);
    QVERIFY2(left > 10'000 && left <= 50'000, QByteArray::number(left));
    const int due = object.startTimer(0);
    QCOMPARE(dispatcher->remainingTime(due), 0);
    QVERIFY(dispatcher->unregisterTimer(due));
    QVERIFY(dispatcher->unregisterTimers(&object));
    QVERIFY(!dispatcher->unregisterTimers(&object));
    QCOMPARE(dispatcher->registeredTimers(&object).size(), 0);
    QTimer timer;
    timer.start(30'000);
    QVERIFY(timer.remainingTime() > 10'000);
    timer.stop();
    QCOMPARE(timer.remainingTime(), -1);
}

void tst_DispatcherTimers::timersMoveToAnotherThread()
{
    QThread thread;
    test::runLikeUs(thread);
    std::atomic<int> elsewhere = 0;
    auto *clock = new Clock([&](int) { elsewhere += QThread::currentThread() == &thread; });
    clock->startTimer(1);
    connect(&thread, &QThread::finished, clock, &QObject::deleteLater);
    clock->moveToThread(&thread);
    thread.start();
    WAIT_FOR(elsewhere > 3);
    thread.quit();
    QVERIFY(thread.wait(test::LongestWait));
}

QTEST_GUILESS_MAIN(tst_DispatcherTimers)
#include "tst_dispatchertimers.moc"
