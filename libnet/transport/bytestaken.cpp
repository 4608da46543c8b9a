#include "libnet/transport/bytestaken.h"

#ifdef __linux__
#include <cstddef>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#endif

namespace net::socketops {

#ifdef __linux__
// The kernel's states of a connection whose peer has ended; its header has them in <netinet/tcp.h>, which collides.
static bool peerHasEnded(int state)
{
    constexpr int timeWait = 6;
    constexpr int closeWait = 8;
    constexpr int lastAck = 9;
    constexpr int closing = 11;
    return state == timeWait || state == closeWait || state == lastAck || state == closing;
}

std::optional<quint64> bytesTaken(int fd)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    int waiting = 0;
    if (fd < 0 || ::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || ::ioctl(fd, SIOCINQ, &waiting) != 0)
        return {};
    if (size < offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received)
        return {};
    // The end of the stream counts as a byte.
    const quint64 arrived = info.tcpi_bytes_received - (peerHasEnded(info.tcpi_state) ? 1 : 0);
    return arrived - quint64(waiting);
}
#else
std::optional<quint64> bytesTaken(int)
{
    return {};
}
#endif

} // namespace net::socketops
