#include "libnet/agent/looppulse.h"
#include "libnet/probe/clock.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>

namespace net::agent {

struct LoopPulse::Beat
{
    std::atomic<qint64> sentAt = 0; ///< 0: none is on its way
    std::atomic<qint64> delay = -1;
    std::atomic<qint64> worst = -1;
};

LoopPulse::LoopPulse() : m_beat(std::make_shared<Beat>()) {}

LoopPulse::~LoopPulse()
{
    // Its thread may be about to call it.
    if (m_target)
        m_target->deleteLater();
}

void LoopPulse::probe()
{
    if (m_beat->sentAt.load(std::memory_order_acquire) != 0)
        return;
    if (!m_target) {
        const QCoreApplication *const application = QCoreApplication::instance();
        if (!application || QCoreApplication::closingDown())
            return;
        m_target = new QObject;
        m_target->moveToThread(application->thread());
    }
    m_beat->sentAt.store(probe::monotonicNow(), std::memory_order_release);
    QMetaObject::invokeMethod(
        m_target,
        [beat = m_beat] {
            const qint64 delay = probe::monotonicNow() - beat->sentAt.load(std::memory_order_relaxed);
            beat->delay.store(delay, std::memory_order_relaxed);
            if (delay > beat->worst.load(std::memory_order_relaxed))
                beat->worst.store(delay, std::memory_order_relaxed);
            beat->sentAt.store(0, std::memory_order_release);
        },
        Qt::QueuedConnection);
}

qint64 LoopPulse::delay() const
{
    const qint64 sentAt = m_beat->sentAt.load(std::memory_order_acquire);
    const qint64 waiting = sentAt != 0 ? probe::monotonicNow() - sentAt : -1;
    return std::max(waiting, m_beat->delay.load(std::memory_order_relaxed));
}

qint64 LoopPulse::takeWorst()
{
    return std::max(m_beat->worst.exchange(-1, std::memory_order_relaxed), delay());
}

} // namespace net::agent
