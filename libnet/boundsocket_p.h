#pragma once
#include "libnet/boundsocket.h"
#include "libnet/transport/socketops.h"

namespace net {

/// A bound descriptor, and the path that it has made in the file system.
class BoundSocket::Private
{
public:
    explicit Private(const BoundSocketOptions &options);
    /// What another process has bound.
    explicit Private(Descriptor bound);
    ~Private() { close(); }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    void close();
    /// Gives the descriptor away; its new owner removes the path.
    Descriptor adopt();
    /// ERR_SOCKET_HANDLE_ADOPTED if it was adopted.
    Error misuse() const;

    Descriptor descriptor;
    SocketAddress address;
    Error error;
    bool local = false;
    bool adopted = false;

private:
    Error bind(const BoundSocketOptions &options);
};

} // namespace net
