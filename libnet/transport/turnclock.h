#pragma once
#include <QElapsedTimer>

namespace net {

/// How long a turn has lasted since it was first asked: most turns are too short to ask, and a clock costs.
class TurnClock
{
public:
    void restart() { m_timer.invalidate(); }
    /// It has lasted so long that Qt's timers and other events have to get their chance.
    bool isOver()
    {
        constexpr qint64 NanosecondsPerTurn = 2'000'000;
        if (m_timer.isValid())
            return m_timer.nsecsElapsed() > NanosecondsPerTurn;
        m_timer.start();
        return false;
    }

private:
    QElapsedTimer m_timer;
};

} // namespace net
