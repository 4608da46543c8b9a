#include "libnet/stream/idletimer.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimerEvent>

#include <chrono>

namespace net {

static thread_local bool isThere = false;

void IdleTimer::start(int msecs)
{
    suspend();
    m_interval = msecs;
    noteActivity();
}

void IdleTimer::stop()
{
    suspend();
    m_interval = 0;
}

void IdleTimer::noteActivity()
{
    m_lastActivity = IdleClock::now();
    proceed();
}

void IdleTimer::suspend()
{
    if (m_clock)
        m_clock->remove(this);
}

void IdleTimer::proceed()
{
    if (m_interval && !m_clock)
        IdleClock::current().insert(this, m_lastActivity + m_interval);
}

IdleClock &IdleClock::current()
{
    static thread_local IdleClock clock;
    return clock;
}

IdleClock::IdleClock()
{
    isThere = true;
    // Before QThread::wait() returns, and with it the owners may go; what is thread_local goes later.
    connect(QThread::currentThread(), &QThread::finished, this, &IdleClock::letGo, Qt::DirectConnection);
}

IdleClock::~IdleClock()
{
    letGo();
}

void IdleClock::letGo()
{
    for (const auto &entry : m_timers)
        entry.second->m_clock = nullptr;
    m_timers.clear();
    stopTimer();
}

// The timer was known to a dispatcher that is gone.
void IdleClock::followApplication()
{
    if (!isThere)
        return;
    IdleClock &clock = current();
    clock.stopTimer();
    if (!clock.m_timers.empty())
        clock.arm();
}

static void followApplication()
{
    IdleClock::followApplication();
}
Q_COREAPP_STARTUP_FUNCTION(followApplication)

qint64 IdleClock::now()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

void IdleClock::insert(IdleTimer *timer, qint64 due)
{
    timer->m_clock = this;
    timer->m_due = due;
    m_timers.emplace(due, timer);
    arm();
}

void IdleClock::remove(IdleTimer *timer)
{
    m_timers.erase({timer->m_due, timer});
    timer->m_clock = nullptr;
    if (m_timers.empty())
        stopTimer();
}

void IdleClock::arm()
{
    const qint64 due = m_timers.begin()->first;
    if (m_timerId && m_armedFor <= due)
        return;
    stopTimer();
    m_armedFor = due;
    m_timerId = startTimer(int(qMax<qint64>(0, due - now())), Qt::PreciseTimer);
}

// Not a QBasicTimer: that can't be stopped once its dispatcher is gone.
void IdleClock::stopTimer()
{
    if (const int id = std::exchange(m_timerId, 0))
        killTimer(id);
}

void IdleClock::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timerId)
        return;
    stopTimer();
    const qint64 time = now();
    // Each owner may stop, start or destroy any timer: look at the first one afresh every time.
    while (!m_timers.empty() && m_timers.begin()->first <= time) {
        IdleTimer *const timer = m_timers.begin()->second;
        m_timers.erase(m_timers.begin());
        timer->m_clock = nullptr;
        const qint64 due = timer->m_lastActivity + timer->m_interval;
        if (due > time)
            insert(timer, due);
        else
            timer->m_owner.idle();
    }
    if (!m_timers.empty())
        arm();
}

} // namespace net
