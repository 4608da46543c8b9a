#pragma once
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

/// How a socket finds the server that counts it, from whichever thread either of them lives in by now.
class Census
{
public:
    explicit Census(Server *server) : m_server(server) {}

    /// The server, or null once it is gone. Only to be used in the server's thread.
    Server *server() const { return m_server; }
    /// One of the server's sockets is gone. Thread-safe.
    void connectionClosed();
    /// The server is going. Thread-safe.
    void close();

private:
    QMutex m_mutex;
    std::atomic<Server *> m_server;
};

/// What stands behind a Server: which state it is in, and who is counted.
class ConnectionQueue;

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
    /// Called by moveToThread(), in the old thread: the rest follows in the new one.
    void changeThread();
    void updateLive() { live.set(referenced && (acceptor || resolving)); }

    probe::Facts facts() const override;
    void tell(probe::EventKind why, quint64 a = 0, quint64 b = 0);

    Server *const q;
    ServerOptions options;
    const std::shared_ptr<Census> census;
    std::unique_ptr<Acceptor> acceptor;
    SocketAddress bound;
    int connections = 0;
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
    LiveHandle live;
    qint64 createdAt;
    quint64 acceptedTotal = 0;
    quint64 droppedTotal = 0;
    Error lastError;
    bool resolving = false;
    bool closing = false;
    bool handedOver = false; ///< we listen, but another server accepts
    QPointer<Server> heir;   ///< who that is
    quint32 heirGeneration = 0;
    QPointer<Server> donor; ///< who has handed its socket over to us
    std::optional<std::stop_callback<std::function<void()>>> stop;
    /// Changes with each listen() and close(), so that what was posted for an earlier one finds out.
    quint32 generation = 0;
};

/// ns of CLOCK_MONOTONIC.
qint64 monotonicNow();

} // namespace net
