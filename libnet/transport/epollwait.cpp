#include "libnet/transport/epollwait.h"

#include <atomic>
#include <cerrno>
#include <climits>

namespace net {

int epollWait(int epoll, std::span<epoll_event> events, qint64 nanoseconds)
{
    constexpr qint64 Second = 1'000'000'000;
    constexpr qint64 Millisecond = 1'000'000;
    if (nanoseconds <= 0)
        return ::epoll_wait(epoll, events.data(), int(events.size()), nanoseconds < 0 ? -1 : 0);
#if __GLIBC_PREREQ(2, 35)
    static std::atomic<bool> missing = false; // Linux before 5.11
    if (!missing) {
        const timespec time = {nanoseconds / Second, nanoseconds % Second};
        const int count = ::epoll_pwait2(epoll, events.data(), int(events.size()), &time, nullptr);
        if (count >= 0 || errno != ENOSYS)
            return count;
        missing = true;
    }
#endif
    const qint64 milliseconds = qMin<qint64>((nanoseconds + Millisecond - 1) / Millisecond, INT_MAX);
    return ::epoll_wait(epoll, events.data(), int(events.size()), int(milliseconds));
}

} // namespace net
