#pragma once
#include "libnet/listensource_p.h"
#include "libnet/probe/tap.h"
#include "libnet/server.h"
#include "libnet/stream/lifeguard.h"
#include "libnet/stream/livehandles.h"
#include "libnet/stream/nexttick.h"
#include "libnet/transport/acceptor.h"
#include "libnet/transport/resolver.h"

#include <QMutex>
#include <QPointer>

#include <atomic>

namespace net {

/// Who counts a socket, from whichever thread either of them lives in by now. Thread-safe, but for server().
class Census
{
public:
    virtual ~Census() = default;
    /// The server that has accepted the socket, or null. Only to be used in the server's thread.
    virtual Server *server() const { return nullptr; }
    /// One of the sockets is gone.
    virtual void connectionClosed() = 0;
    /// One of them goes on in another process, and is counted all the same ...
    virtual void sentAway() = 0;
    /// ... until it is gone there.
    virtual void closedAway() = 0;
};

/// What a server's sockets, and those who listen for it in other processes, know of it.
class ServerCensus final : public Census
{
public:
    explicit ServerCensus(Server *server) : m_server(server) {}

    Server *server() const override { return m_server; }
    void connectionClosed() override;
    void sentAway() override;
    void closedAway() override;
    /// Runs \a task in the server's thread: at once if that is this one. False if the server is gone.
    bool run(std::function<void(Server::Private &)> task);
    /// The server is going.
    void close();

private:
    QMutex m_mutex;
    std::atomic<Server *> m_server;
};

class ConnectionQueue;
class OfferedAcceptor;

/// What stands behind a Server: which state it is in, and who is counted.
class Server::Private final : public probe::Subject, private Acceptor::Owner, public NextTick::Owner, public Mortal
{
public:
    Private(Server *server, const ServerOptions &options);
    ~Private() override;

    void listen(const ListenOptions &options);
    void listenDescriptor(Descriptor descriptor, int backlog);
    void close(Callback<const Error &> done);
    bool isListening() const { return acceptor || handedOver; }
    bool isActive() const { return isListening() || resolving; }
    /// Who accepts on the socket we listen on: this one, or whom it was handed over to; null if it is closed.
    Private *listener();
    /// One of our sockets is gone.
    void connectionClosed();
    /// One of them goes to another process; or has come to its end there.
    void connectionSentAway();
    void connectionClosedAway();
    /// What the listen source says.
    void granted(quint32 generation, ListenGrant grant);
    void offered(quint32 generation, ListenOffer offer);
    void refusedElsewhere(quint32 generation, int error);
    /// Accepts on what others accept on too.
    void share(Descriptor descriptor);
    /// Closes what listen() number \a generation has opened; \a untilClosed is held until closed().
    void closeListen(quint32 generation, const std::shared_ptr<void> &untilClosed);
    int countAll() const { return connections + away; }
    void count(Callback<const Error &, int> done);
    /// Called by moveToThread(), in the old thread: the rest follows in the new one.
    void changeThread();
    void updateLive();

    probe::Facts facts() const override;
    probe::Outcome obey(const probe::Order &order) override;
    void tell(probe::EventKind why, quint64 a = 0, quint64 b = 0);
    /// The application has us listen, unless we do.
    void tellListenCall();

    Server *const q;
    std::shared_ptr<const probe::FaultPlan> inherited; ///< what an inspector has armed for connections to come
    ServerOptions options;
    const std::shared_ptr<ServerCensus> census;
    std::unique_ptr<Acceptor> acceptor;
    SocketAddress bound;
    int connections = 0;
    int away = 0; ///< connections that went on in other processes
    int maxConnections = -1;
    bool dropMaxConnection = false;
    bool referenced = true;
    ConnectionQueue *queue = nullptr; ///< a child of the server, once somebody has asked for connections

private:
    void accepted(Descriptor descriptor) override;
    void refused(int error) override;
    void lookedUp(const socketops::Addresses &addresses, const ListenOptions &listenOptions);
    /// Binds and listens; an error is told later.
    void start(const SocketAddress &address, const ListenOptions &listenOptions);
    void ask(const ListenQuery &query);
    bool isFull() const { return maxConnections >= 0 && connections >= maxConnections; }
    void startAccepting(Descriptor descriptor, bool ownsPath);
    void adoptDescriptor(Descriptor descriptor, int backlog, bool ownsPath = false);
    void listenOn(const ListenHandle &handle, int backlog);
    void takeOver(Server *from, int backlog);
    void adopt(BoundSocket &from, int backlog);
    void take(Socket *from, int backlog);
    void announce();
    void partFromHeir();
    void obey(const std::stop_token &signal);
    void fail(const Error &error);
    void drop(Descriptor descriptor);
    void emitCloseIfDrained();

    Resolver resolver;
    std::unique_ptr<ListenLease> lease; ///< if the port is another process's
    OfferedAcceptor *offers = nullptr;  ///< our acceptor, if connections are offered
    SocketAddress asked;                ///< what the listen source was asked for
    bool hasRefused = false;            ///< an offer, for want of room
    LiveHandle live;
    qint64 createdAt;
    quint64 acceptedTotal = 0;
    quint64 droppedTotal = 0;
    Error lastError;
    bool resolving = false;
    bool asking = false; ///< the listen source, which has not answered yet
    bool closing = false;
    bool handedOver = false; ///< we listen, but another server accepts
    QPointer<Server> heir;   ///< who that is
    quint32 heirGeneration = 0;
    QPointer<Server> donor; ///< who has handed its socket over to us
    std::optional<std::stop_callback<std::function<void()>>> stop;
    /// Changes with each listen() and close(), so that what was posted for an earlier one finds out.
    quint32 generation = 0;
};

} // namespace net
