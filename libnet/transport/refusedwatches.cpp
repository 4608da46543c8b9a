#include "libnet/transport/refusedwatches.h"

#include "libnet/errornames.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <chrono>
#include <thread>

namespace net {

using namespace std::chrono_literals;

// Often enough for whoever types, and rare enough for a thousand sockets.
static constexpr auto Interval = 20ms;

void RefusedWatches::add(quint64 key, int fd, int reason, bool hosted)
{
    if (m_keys.empty())
        m_next = QDeadlineTimer(Interval, Qt::PreciseTimer);
    if (std::find(m_keys.begin(), m_keys.end(), key) == m_keys.end())
        m_keys.push_back(key);
    if (!std::exchange(m_warned, true)) {
        qWarning("libnet: the system can't watch descriptor %d (%s); it is looked at every %d ms", fd,
                 qPrintable(errorText(reason)), int(Interval.count()));
    }
    if (hosted || !QAbstractEventDispatcher::instance())
        return;
    if (!m_timer) {
        m_timer.emplace();
        m_timer->setInterval(Interval);
        QObject::connect(&*m_timer, &QTimer::timeout, &*m_timer, [this] { m_due(); });
    }
    if (!m_timer->isActive())
        m_timer->start();
}

void RefusedWatches::startAgain()
{
    if (m_timer && m_timer->isActive())
        m_timer->start();
}

void RefusedWatches::rest()
{
    m_warned = false;
    if (m_timer)
        m_timer->stop();
}

void RefusedWatches::clear()
{
    m_keys.clear();
    m_timer.reset();
}

qint64 RefusedWatches::limit(qint64 nanoseconds) const
{
    if (m_keys.empty())
        return nanoseconds;
    const qint64 left = m_next.remainingTimeNSecs();
    return nanoseconds < 0 ? left : std::min(nanoseconds, left);
}

void RefusedWatches::sleep(qint64 nanoseconds)
{
    std::this_thread::sleep_for(std::chrono::nanoseconds(std::max<qint64>(nanoseconds, 0)));
}

} // namespace net
