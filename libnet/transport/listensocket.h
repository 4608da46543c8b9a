#pragma once
#include "libnet/transport/socketops.h"

namespace net {

/// What a listening descriptor is made with.
struct ListenRequest
{
    SocketAddress address = {};
    int backlog = 0;
    bool ipv6Only = false;
    bool reusePort = false;
    bool readableAll = false;
    bool writableAll = false;
};

/// A descriptor that is bound and listens, or the errno of the call that failed.
struct ListenSocket
{
    Descriptor descriptor = {};
    int error = 0;
};

/// Creates, binds and listens by the system calls themselves: QTcpServer and QLocalServer, which accept on the
/// result, would lose the errno.
ListenSocket openListenSocket(const ListenRequest &request);
/// The address of listen() without a host: "::" with IPv4 mapped, or "0.0.0.0" where there is no IPv6.
ListenSocket openAnyAddress(ListenRequest request);

} // namespace net
