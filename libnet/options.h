#pragma once
#include <libnet/socketaddress.h>

#include <QByteArray>
#include <QString>

#include <optional>

namespace net {

/// How long an attempt to connect may take before the next address is tried beside it, in milliseconds.
inline constexpr int DefaultAttemptTimeout = 500;
/// Bytes that a write queue or a read buffer may hold before backpressure sets in.
inline constexpr qsizetype DefaultHighWaterMark = 64 * 1024;
/// Pending connections that the kernel may keep for a listener.
inline constexpr int DefaultBacklog = 511;

/// Construction options of a Server. All but pauseOnConnect are those of the sockets it accepts.
struct ServerOptions
{
    bool allowHalfOpen = false;                     ///< accepted sockets stay writable after the peer's end
    bool pauseOnConnect = false;                    ///< accepted sockets read nothing until resume()
    bool noDelay = false;                           ///< TCP_NODELAY
    bool keepAlive = false;                         ///< SO_KEEPALIVE
    int keepAliveInitialDelay = 0;                  ///< ms; 0: the system's
    qsizetype highWaterMark = DefaultHighWaterMark; ///< bytes, in each direction
};

/// Options of Server::listen(). Every member has an initializer, so that designated initialisers stay free of
/// warnings: listen({.port = 8124, .exclusive = true}).
struct ListenOptions
{
    std::optional<int> port = {}; ///< 0: chosen by the system. Wins over path. 0 to 65535.
    QString host = {};            ///< name or literal; empty: "::" with IPv4 mapped, else "0.0.0.0"
    QString path = {};            ///< local socket; a leading NUL is the abstract namespace
    int backlog = DefaultBacklog; ///< cut by the system's somaxconn
    bool exclusive = false;       ///< never share the handle between workers
    bool ipv6Only = false;        ///< IPv6 without mapped IPv4
    bool reusePort = false;       ///< SO_REUSEPORT: the kernel spreads connections over all listeners
    bool readableAll = false;     ///< local path: every user may read
    bool writableAll = false;     ///< local path: every user may write
};

/// Construction options of a Socket.
struct SocketOptions
{
    qintptr fd = -1;            ///< a connected descriptor to adopt; -1: none. The socket owns it from then on.
    bool readable = false;      ///< with fd: read from it
    bool writable = false;      ///< with fd: write to it
    bool allowHalfOpen = false; ///< stay writable after the peer's end, until end() is called
    qsizetype highWaterMark = DefaultHighWaterMark; ///< bytes, in each direction
};

/// Options of Socket::connectTo() and net::connect().
struct ConnectOptions
{
    std::optional<int> port = {};                               ///< needed without path; 1 to 65535
    QString host = {};                                          ///< name or literal; empty: "localhost"
    QString path = {};                                          ///< local socket; wins over port
    Family family = Family::Unspecified;                        ///< IPv4 or IPv6 only; Unspecified: both
    QString localAddress = {};                                  ///< literal to connect from
    int localPort = 0;                                          ///< port to connect from; 0: chosen by the system
    bool autoSelectFamily = true;                               ///< try the addresses of both families in turns
    int autoSelectFamilyAttemptTimeout = DefaultAttemptTimeout; ///< ms, at least 10
    bool noDelay = false;                                       ///< TCP_NODELAY once connected
    bool keepAlive = false;                                     ///< SO_KEEPALIVE once connected
    int keepAliveInitialDelay = 0;                              ///< ms; 0: the system's
    int timeout = 0;                                ///< ms without activity until timedOut(), from creation on; 0: none
    bool allowHalfOpen = false;                     ///< net::connect() only: option of the socket it creates
    qsizetype highWaterMark = DefaultHighWaterMark; ///< net::connect() only: option of the socket it creates
};

} // namespace net
