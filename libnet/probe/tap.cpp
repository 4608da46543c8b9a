#include "libnet/probe/tap.h"

#include "libnet/probe/roster.h"

namespace net::probe {

namespace detail {
std::atomic<const Tap *> installedTap = nullptr;
std::atomic<int> timers = 0;
} // namespace detail

void timeSlots(bool on)
{
    detail::timers.fetch_add(on ? 1 : -1, std::memory_order_relaxed);
}

void install(const Tap *tap)
{
    detail::installedTap.store(tap, std::memory_order_release);
    if (tap)
        Roster::announceAll();
}

} // namespace net::probe
