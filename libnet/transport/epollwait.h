#pragma once
#include <QtGlobal>

#include <span>
#include <sys/epoll.h>

namespace net {

/// epoll_wait() to the nanosecond where the system can: timers are waited for in it. Returns how many of \a events it
/// has filled, -1 with errno; waits for ever if \a nanoseconds is below 0.
int epollWait(int epoll, std::span<epoll_event> events, qint64 nanoseconds);

} // namespace net
