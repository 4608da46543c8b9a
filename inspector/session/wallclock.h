#pragma once
#include <QtGlobal>

namespace inspector {

inline constexpr double secondsOfADay = 86400;

/// The clock of a session's records: that of the agents, CLOCK_MONOTONIC. In a recording it stands still.
class WallClock
{
public:
    WallClock();

    /// It is \a now, and was \a epoch ns later than 1970 at 0.
    void stop(qint64 now, qint64 epoch);
    bool isStopped() const { return m_stopped; }

    qint64 now() const;
    /// ns to add to a time to have ns since 1970.
    qint64 epoch() const { return m_epoch; }
    /// The time of day of a moment, in seconds since midnight.
    double secondOfDay(qint64 time) const;

private:
    void findMidnight();

    qint64 m_now = 0; ///< where it was stopped
    qint64 m_epoch;
    qint64 m_midnight = 0;
    bool m_stopped = false;
};

} // namespace inspector
