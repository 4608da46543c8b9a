#pragma once
#include "libnet/error.h"
#include "libnet/transport/socketops.h"

#include <functional>
#include <memory>

namespace net {

class ServerCensus;

/// What a server asks a listen source for.
struct ListenQuery
{
    SocketAddress address = {}; ///< unspecified: every address
    int fd = -1;                ///< of the process that owns the port; -1: none
    int backlog = 0;
    bool ipv6Only = false;
    bool readableAll = false;
    bool writableAll = false;
};

/// A share in a port that another process owns: given back when it dies. Thread-safe.
class ListenLease
{
public:
    using Count = std::function<void(const Error &, int)>;

    virtual ~ListenLease() = default;
    /// listening() was told.
    virtual void announce(const SocketAddress &bound) = 0;
    /// The server takes connections again, after one was refused.
    virtual void tellRoom() = 0;
    /// \a done is told, later and in some thread, how many connections the others have that share the port.
    virtual void countOthers(Count done) = 0;
};

/// The answer to a query.
struct ListenGrant
{
    int error = 0;              ///< errno; then there is nothing else
    Descriptor descriptor = {}; ///< to accept on; without one, connections are offered
    SocketAddress bound = {};
    std::unique_ptr<ListenLease> lease = {};
};

/// A connection that another process has accepted. Whoever takes it answers first.
struct ListenOffer
{
    /// Starved: it has not come, the process is out of descriptors.
    enum class Answer : quint8 { Taken, Full, Gone, Starved };

    Descriptor descriptor;
    std::function<void(Answer)> answer; ///< from any thread
};

/// Where servers get what they listen on, in a process that does not own its ports: a cluster's worker replaces
/// the system by its primary. Everything is thread-safe.
class ListenSource
{
public:
    virtual ~ListenSource() = default;
    /// Answers by ServerCensus::grant(\a generation, ...), in the server's thread and never from inside the call.
    virtual void ask(const ListenQuery &query, const std::shared_ptr<ServerCensus> &server, quint32 generation) = 0;

    /// A server listens on a socket of its own. It is closed when the process is to leave.
    virtual void listensAlone(const std::shared_ptr<ServerCensus> &server, quint32 generation) = 0;

    /// The source of this process, or null: servers open sockets of their own.
    static ListenSource *current();
    /// It outlives all servers.
    static void replace(ListenSource *source);
};

} // namespace net
