#include "inspector/session/wallclock.h"

#include "inspector/session/monotonic.h"

#include <QDateTime>

#include <cmath>

namespace inspector {

WallClock::WallClock()
{
    const auto wall = std::chrono::system_clock::now().time_since_epoch();
    m_epoch = std::chrono::duration_cast<std::chrono::nanoseconds>(wall).count() - monotonicNow();
    findMidnight();
}

void WallClock::stop(qint64 now, qint64 epoch)
{
    m_now = now;
    m_stopped = true;
    if (epoch == m_epoch)
        return;
    m_epoch = epoch;
    findMidnight();
}

qint64 WallClock::now() const
{
    return m_stopped ? m_now : monotonicNow();
}

void WallClock::findMidnight()
{
    const qint64 moment = now();
    const QTime time = QDateTime::fromMSecsSinceEpoch((moment + m_epoch) / 1'000'000).time();
    m_midnight = moment - (moment + m_epoch) % 1'000'000 - time.msecsSinceStartOfDay() * 1'000'000LL;
}

double WallClock::secondOfDay(qint64 time) const
{
    const double seconds = std::fmod(static_cast<double>(time - m_midnight) / 1e9, secondsOfADay);
    return seconds < 0 ? seconds + secondsOfADay : seconds;
}

} // namespace inspector
