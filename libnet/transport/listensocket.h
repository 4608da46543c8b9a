#pragma once
#include "libnet/transport/socketops.h"

namespace net {

/// What a listening descriptor is made with.
struct ListenRequest
{
    SocketAddress address = {};
    int backlog = 0;
    bool ipv6Only = false;
    /// Whether a port in TIME_WAIT may be taken. Two sockets that both do so can be bound to one port, and only
    /// the second listen() fails: a conflict that is to be seen by bind() needs false.
    bool reuseAddress = true;
    bool reusePort = false;
    bool readableAll = false;
    bool writableAll = false;
};

/// A descriptor that is bound, or bound and listening; or the errno of the call that failed.
struct BindResult
{
    Descriptor descriptor = {};
    int error = 0;
};

/// Creates and binds.
BindResult openBoundSocket(const ListenRequest &request);

/// Creates, binds and listens by the system calls themselves: QTcpServer and QLocalServer, which accept on the
/// result, would lose the errno.
BindResult openListenSocket(const ListenRequest &request);
/// The address of listen() without a host: "::" with IPv4 mapped, or "0.0.0.0" where there is no IPv6.
BindResult openAnyAddress(ListenRequest request);

} // namespace net
