#pragma once
#include <QtGlobal>

#include <ctime>

namespace net::probe {

/// Now, in ns of CLOCK_MONOTONIC: what objects are stamped with at birth, and events by the agent.
inline qint64 monotonicNow()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace net::probe
