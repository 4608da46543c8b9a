#pragma once
#include <QtGlobal>

#include <chrono>

namespace inspector {

/// Now, in ns of CLOCK_MONOTONIC: the clock that agents stamp with.
inline qint64 monotonicNow()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// \a time, or the nearest to it that can be subtracted from another without an overflow: agents and files say what
/// they like.
inline qint64 plausible(qint64 time)
{
    constexpr qint64 limit = 1LL << 61;
    return time < -limit ? -limit : time > limit ? limit : time;
}

} // namespace inspector
