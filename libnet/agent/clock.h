#pragma once
#include <QtGlobal>

#include <ctime>

namespace net::agent {

/// ns of CLOCK_MONOTONIC.
inline qint64 monotonicNow()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace net::agent
