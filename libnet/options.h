#pragma once
#include <libnet/blocklist.h>
#include <libnet/error.h>
#include <libnet/socketaddress.h>

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <stop_token>
#include <variant>

namespace net {

class BoundSocket;
class Server;
class Socket;

/// How long an attempt to connect may take before the next address is tried, in milliseconds.
inline constexpr int DefaultAttemptTimeout = 500;
/// Bytes that a write queue or a read buffer may hold before backpressure sets in.
inline constexpr qsizetype DefaultHighWaterMark = 64 * 1024;
/// Pending connections that the kernel may keep for a listener.
inline constexpr int DefaultBacklog = 511;

/// Reading into the caller's memory: no data(), no allocation for each read. Node: the option onread.
struct OnRead
{
    char *buffer = nullptr; ///< owned by the caller, and there as long as the socket reads
    qsizetype size = 0;     ///< bytes
    /// Called with the bytes of each read, which are at the beginning of the buffer; false pauses.
    std::function<bool(qsizetype bytes, char *buffer)> callback = {};
    /// Instead of one buffer: asked for memory before each read.
    std::function<std::pair<char *, qsizetype>()> supply = {};
};

/// How a connection is kept alive by the kernel. Node: setKeepAlive(enable, initialDelay, interval, count).
struct KeepAlive
{
    bool enable = false;  ///< SO_KEEPALIVE
    int initialDelay = 0; ///< TCP_KEEPIDLE in ms, rounded down to seconds; 0 or less: the system's
    int interval = 0;     ///< TCP_KEEPINTVL in ms, rounded down to seconds; 0 or less: the system's
    int count = 0;        ///< TCP_KEEPCNT; 0 or less: the system's

    friend bool operator==(const KeepAlive &, const KeepAlive &) = default;
};

/// Who answers a user's lookup: an error, or the addresses found (their ports are ignored).
using LookupReply = std::function<void(const Error &error, const QList<SocketAddress> &addresses)>;
/// A user's resolver: calls \a reply once, at once or later in the socket's thread; late replies are harmless.
using Lookup = std::function<void(const QString &host, Family family, const LookupReply &reply)>;

/// Construction options of a Server. All but pauseOnConnect and blockList are those of the sockets it accepts.
struct ServerOptions
{
    bool allowHalfOpen = false;                     ///< accepted sockets stay writable after the peer's end
    bool pauseOnConnect = false;                    ///< accepted sockets read nothing until resume()
    bool noDelay = false;                           ///< TCP_NODELAY
    bool keepAlive = false;                         ///< SO_KEEPALIVE
    int keepAliveInitialDelay = 0;                  ///< ms; 0: the system's
    int keepAliveInterval = 0;                      ///< ms; 0: the system's
    int keepAliveCount = 0;                         ///< 0: the system's
    qsizetype highWaterMark = DefaultHighWaterMark; ///< bytes, in each direction
    std::optional<BlockList> blockList = {};        ///< peers that are closed without a word
};

/// A socket that exists already, to listen on; see Server::listen(const ListenHandle &, int).
using ListenHandle = std::variant<std::monostate, Server *, Socket *, BoundSocket *>;

/// Options of Server::listen(). Every member has an initializer, so that designated initialisers stay free of
/// warnings: listen({.port = 8124, .exclusive = true}).
struct ListenOptions
{
    std::optional<int> port = {}; ///< 0: chosen by the system. Wins over path. 0 to 65535.
    QString host = {};            ///< name or literal; empty: "::" with IPv4 mapped, else "0.0.0.0"
    QString path = {};            ///< local socket; a leading NUL is the abstract namespace
    ListenHandle handle = {};     ///< listen on this instead; wins over everything else
    qintptr fd = -1;              ///< a bound or listening stream socket to adopt; -1: none. Wins over port and path.
    int backlog = DefaultBacklog; ///< cut by the system's somaxconn
    bool exclusive = false;       ///< never share the handle between workers
    bool ipv6Only = false;        ///< IPv6 without mapped IPv4
    bool reusePort = false;       ///< SO_REUSEPORT: the kernel spreads connections over all listeners
    bool readableAll = false;     ///< local path: every user may read
    bool writableAll = false;     ///< local path: every user may write
    std::stop_token signal = {};  ///< a request to stop closes the server
};

/// Construction options of a Socket.
struct SocketOptions
{
    qintptr fd = -1;               ///< a connected descriptor to adopt, or one to connect from; -1: none. The socket
                                   ///< owns it from then on.
    BoundSocket *handle = nullptr; ///< to connect from; adopted, and need not live on
    bool readable = false;         ///< with fd: read from it
    bool writable = false;         ///< with fd: write to it
    bool allowHalfOpen = false;    ///< stay writable after the peer's end, until end() is called
    bool noDelay = false;          ///< TCP_NODELAY
    KeepAlive keepAlive = {};      ///< SO_KEEPALIVE and its times
    std::optional<int> typeOfService = {};          ///< 0 to 255
    qsizetype highWaterMark = DefaultHighWaterMark; ///< bytes, in each direction
    std::optional<BlockList> blockList = {};        ///< addresses not to connect to: ERR_IP_BLOCKED
    std::optional<OnRead> onread = {};              ///< read into memory of the caller's
    std::stop_token signal = {};                    ///< a request to stop destroys the socket: ABORT_ERR
};

/// Options of Socket::connectTo() and net::connect().
struct ConnectOptions
{
    std::optional<int> port = {};                           ///< needed without path; 0 to 65535
    QString host = {};                                      ///< name or literal; empty: "localhost"
    QString path = {};                                      ///< local socket; wins over port
    Family family = Family::Unspecified;                    ///< IPv4 or IPv6 only; Unspecified: both
    int hints = 0;                                          ///< AI_ flags for getaddrinfo
    QString localAddress = {};                              ///< literal to connect from
    int localPort = 0;                                      ///< port to connect from; 0: chosen by the system
    Lookup lookup = {};                                     ///< a resolver of the user's instead of the system's
    std::optional<bool> autoSelectFamily = {};              ///< try both families in turns; unset: the default
    std::optional<int> autoSelectFamilyAttemptTimeout = {}; ///< ms, at least 10; unset: the default
    bool noDelay = false;                                   ///< TCP_NODELAY once connected
    bool keepAlive = false;                                 ///< SO_KEEPALIVE once connected
    int keepAliveInitialDelay = 0;                          ///< ms; 0: the system's
    int keepAliveInterval = 0;                              ///< ms; 0: the system's
    int keepAliveCount = 0;                                 ///< 0: the system's
    int timeout = 0; ///< ms without activity until timedOut(), from creation on; 0: none
    bool allowHalfOpen =
        false; ///< of the socket that net::connect() creates; connectTo() leaves this and what follows alone
    qsizetype highWaterMark = DefaultHighWaterMark; ///< bytes, in each direction
    std::optional<BlockList> blockList = {};        ///< addresses not to connect to: ERR_IP_BLOCKED
    std::optional<int> typeOfService = {};          ///< 0 to 255
    std::optional<OnRead> onread = {};              ///< read into memory of the caller's
    std::stop_token signal = {};                    ///< a request to stop destroys the socket: ABORT_ERR
};

} // namespace net
