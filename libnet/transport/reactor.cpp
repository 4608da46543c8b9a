#include "libnet/transport/reactor.h"

#include <QCoreApplication>
#include <QThread>

#include <chrono>

namespace net {

static thread_local bool isThere = false;

Reactor::Watch::~Watch()
{
    Reactor::forget(*this);
}

Reactor &Reactor::current()
{
    static thread_local Reactor reactor;
    return reactor;
}

// Not left to the destructor: what is thread_local goes after QThread::wait() has returned, when whoever waited may
// already delete the watches.
void Reactor::settle()
{
    isThere = true;
    QObject::connect(
        QThread::currentThread(), &QThread::finished, &m_end, [this] { letGo(); }, Qt::DirectConnection);
}

void Reactor::followApplication()
{
    if (isThere)
        current().followDispatcher();
}

static void followApplication()
{
    Reactor::followApplication();
}
Q_COREAPP_STARTUP_FUNCTION(followApplication)

void Reactor::setHooks(void (*afterEach)(void *), bool (*afterBatch)(void *), void *who)
{
    m_hookOwner = who;
    m_afterEach = afterEach;
    m_afterBatch = afterBatch;
}

qint64 Reactor::readyAt()
{
    // Enough to bridge turns in which nothing is timed, and few enough to be over soon when nobody asks any more.
    constexpr int Turns = 64;
    m_timedTurns = Turns;
    return m_depth > 0 ? m_readyAt : 0;
}

// On Linux the steady clock is CLOCK_MONOTONIC.
void Reactor::readClock()
{
    m_readyAt =
        --m_timedTurns > 0 ? std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count() : 0;
}

void Reactor::deliver(Watch &watch, quint8 readiness)
{
    watch.ready(readiness);
    if (m_afterEach)
        m_afterEach(m_hookOwner);
}

} // namespace net
