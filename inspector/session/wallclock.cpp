#include "inspector/session/wallclock.h"

#include "inspector/session/monotonic.h"

#include <QTime>

#include <cmath>

namespace inspector {

double secondOfDay(qint64 time)
{
    static const qint64 midnight = monotonicNow() - QTime::currentTime().msecsSinceStartOfDay() * 1'000'000LL;
    const double seconds = std::fmod(static_cast<double>(time - midnight) / 1e9, secondsOfADay);
    return seconds < 0 ? seconds + secondsOfADay : seconds;
}

} // namespace inspector
