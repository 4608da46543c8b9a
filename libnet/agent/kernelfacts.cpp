#include "libnet/agent/kernelfacts.h"

#include <QtEndian>

#include <cstddef>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace net::agent {

namespace {

using NameOf = int (*)(int, sockaddr *, socklen_t *);

/// The port of one end, 0 for a local socket, nothing if there is no such end.
std::optional<quint16> portOf(NameOf nameOf, int descriptor)
{
    sockaddr_storage address = {};
    socklen_t length = sizeof address;
    if (nameOf(descriptor, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        return {};
    if (address.ss_family == AF_INET)
        return qFromBigEndian(reinterpret_cast<const sockaddr_in &>(address).sin_port);
    if (address.ss_family == AF_INET6)
        return qFromBigEndian(reinterpret_cast<const sockaddr_in6 &>(address).sin6_port);
    return address.ss_family == AF_UNIX ? std::optional<quint16>(0) : std::nullopt;
}

quint64 queue(int descriptor, unsigned long request)
{
    int bytes = 0;
    return ::ioctl(descriptor, request, &bytes) == 0 && bytes > 0 ? quint64(bytes) : 0;
}

/// What a kernel that knows less does not fill in stays 0.
tcp_info tcpInfo(int descriptor)
{
    tcp_info info = {};
    socklen_t length = sizeof info;
    if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
        return {};
    return info;
}

} // namespace

std::optional<wire::KernelRecord> kernelFacts(int descriptor, quint16 localPort, quint16 remotePort)
{
    constexpr quint64 nanosecondsEach = 1000;
    const auto isThatOne = [&] {
        return portOf(::getsockname, descriptor) == localPort && portOf(::getpeername, descriptor) == remotePort;
    };
    if (descriptor < 0 || !isThatOne())
        return {};
    wire::KernelRecord record;
    record.unsent = queue(descriptor, SIOCOUTQ);
    record.unread = queue(descriptor, SIOCINQ);
    if (localPort) {
        const tcp_info info = tcpInfo(descriptor);
        record.notSent = info.tcpi_notsent_bytes;
        record.busy = info.tcpi_busy_time * nanosecondsEach;
        record.peerLimited = info.tcpi_rwnd_limited * nanosecondsEach;
        record.bufferLimited = info.tcpi_sndbuf_limited * nanosecondsEach;
        record.peerWindow = info.tcpi_snd_wnd;
        record.networkWindow = quint32(quint64(info.tcpi_snd_cwnd) * info.tcpi_snd_mss);
        record.roundTrip = info.tcpi_rtt;
        record.resent = info.tcpi_total_retrans;
    }
    // Its application may have closed it meanwhile, and got the number back for another.
    return isThatOne() ? std::optional(record) : std::nullopt;
}

} // namespace net::agent
