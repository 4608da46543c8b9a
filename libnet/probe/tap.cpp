#include "libnet/probe/tap.h"

#include "libnet/probe/roster.h"

namespace net::probe {

namespace detail {
std::atomic<const Tap *> installedTap = nullptr;
}

void install(const Tap *tap)
{
    detail::installedTap.store(tap, std::memory_order_release);
    if (tap)
        Roster::announceAll();
}

} // namespace net::probe
