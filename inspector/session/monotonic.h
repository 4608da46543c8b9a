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

} // namespace inspector
