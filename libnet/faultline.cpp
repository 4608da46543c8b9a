#include "libnet/faultline_p.h"

#include "libnet/probe/clock.h"

#include <QRandomGenerator>

namespace net {

namespace {

constexpr qint64 millisecond = 1'000'000;
constexpr qint64 second = 1'000 * millisecond;
// A plan that is lifted is noticed so soon even in a thread that nobody tells.
constexpr int longestSleep = 200;
constexpr qsizetype largestPiece = 64 * 1024;
// A kernel that takes nothing is asked again, since readiness is not waited for while the gate is shut.
constexpr qint64 fullKernelPause = 5 * millisecond;

} // namespace

FaultLine::FaultLine(std::shared_ptr<const probe::FaultPlan> plan, QObject *socket, quint64 passed,
                     std::function<void()> ring)
    : m_plan(std::move(plan)),
      m_ring(std::move(ring)),
      m_timer(new QTimer(socket)),
      m_passed(passed)
{
    m_timer->setSingleShot(true);
    m_timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(m_timer, &QTimer::timeout, socket, [this] { rang(); });
    m_timer->start(longestSleep);
}

// It may be the timer's own signal that ends us.
FaultLine::~FaultLine()
{
    m_timer->disconnect();
    m_timer->stop();
    m_timer->deleteLater();
}

qint64 FaultLine::delay() const
{
    const quint32 jitter = m_plan->jitter ? QRandomGenerator::global()->bounded(m_plan->jitter + 1) : 0;
    return (qint64(m_plan->latency) + jitter) * millisecond;
}

void FaultLine::ringAt(qint64 time)
{
    const auto wait =
        int(qBound<qint64>(0LL, (time - probe::monotonicNow() + millisecond - 1) / millisecond, qint64(longestSleep)));
    if (!m_timer->isActive() || m_timer->remainingTime() > wait)
        m_timer->start(wait);
}

void FaultLine::rang()
{
    m_timer->start(longestSleep);
    const auto ring = m_ring; // it may be our end
    ring();
}

qsizetype FaultLine::allow(Pace &pace)
{
    if (m_plan->stall)
        return 0;
    const qint64 now = probe::monotonicNow();
    if (pace.due < 0)
        pace.due = qMax(now + delay(), pace.freeAt);
    if (now < pace.due) {
        ringAt(pace.due);
        return 0;
    }
    qsizetype most = m_plan->slice ? qMin(qsizetype(m_plan->slice), largestPiece) : largestPiece;
    // Twenty pieces a second make a slow line look like one.
    if (m_plan->bandwidth)
        most = qsizetype(qMin(quint64(most), qMax<quint64>(1, m_plan->bandwidth / 20)));
    if (m_plan->resetAfter)
        most = qsizetype(qMin(quint64(most), *m_plan->resetAfter - qMin(m_passed, *m_plan->resetAfter)));
    return most;
}

// The rest of what has come with it, or was written with it, has waited already.
void FaultLine::moved(Pace &pace, qsizetype bytes, bool more)
{
    const qint64 now = probe::monotonicNow();
    m_passed += quint64(bytes);
    if (m_plan->bandwidth)
        pace.freeAt = qMax(now, pace.freeAt) + qint64(double(bytes) * double(second) / double(m_plan->bandwidth));
    if (!more)
        pace.due = -1;
    else
        pace.due = bytes > 0 ? qMax(now, pace.freeAt) : now + fullKernelPause;
}

void FaultLine::awaitSending()
{
    if (m_plan->stall)
        return;
    if (m_sending.due < 0)
        m_sending.due = qMax(probe::monotonicNow() + delay(), m_sending.freeAt);
    ringAt(m_sending.due);
}

bool FaultLine::mayFinish()
{
    if (isLifted())
        return true;
    if (m_plan->stall)
        return false;
    const qint64 now = probe::monotonicNow();
    if (m_finishDue < 0)
        m_finishDue = now + qint64(m_plan->slowClose) * millisecond;
    if (now < m_finishDue)
        ringAt(m_finishDue);
    return now >= m_finishDue;
}

} // namespace net
