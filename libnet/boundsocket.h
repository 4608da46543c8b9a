#pragma once
#include <libnet/error.h>
#include <libnet/export.h>
#include <libnet/socketaddress.h>

#include <memory>

namespace net {

/// What a BoundSocket is bound to.
struct BoundSocketOptions
{
    QString host = {};      ///< literal; empty: "0.0.0.0", or "::" with ipv6Only
    int port = 0;           ///< 0: chosen by the system
    bool ipv6Only = false;  ///< IPv6 without mapped IPv4
    bool reusePort = false; ///< SO_REUSEPORT
    QString path = {};      ///< local socket, excludes the others; a leading NUL is the abstract namespace
};

/// An address taken now, to listen on or to connect from later. Node: net.BoundSocket.
/// Binds at once, so that a conflict is known at once: see error(). Adopted once, by Server::listen() or by
/// SocketOptions::handle; from then on address(), fd() and close() report ERR_SOCKET_HANDLE_ADOPTED. What was
/// neither adopted nor closed is closed by the destructor.
class LIBNET_EXPORT BoundSocket
{
public:
    /// Binds, or fails: see error().
    explicit BoundSocket(const BoundSocketOptions &options = {});
    BoundSocket(BoundSocket &&) noexcept;
    BoundSocket &operator=(BoundSocket &&) noexcept;
    ~BoundSocket();

    /// Why it could not be bound (EADDRINUSE, EACCES, EINVAL, ERR_SOCKET_BAD_PORT, ERR_INVALID_IP_ADDRESS, ...),
    /// or the misuse that was last asked for.
    Error error() const;
    /// The address and the port, or the path; null if adopted, closed or failed.
    SocketAddress address() const;
    bool isPipe() const; ///< bound to a path
    /// The descriptor, which stays ours; -1 if adopted, closed or failed.
    int fd() const;
    /// Closes, and removes the path that was made.
    void close();

private:
    friend class Server;
    friend class Socket;
    friend class Handover;
    class LIBNET_HIDDEN Private;
    explicit BoundSocket(std::unique_ptr<Private> adopted);
    std::unique_ptr<Private> d;
};

} // namespace net
