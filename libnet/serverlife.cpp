#include "libnet/server_p.h"

#include "libnet/codes.h"
#include "libnet/probe/agentloader.h"
#include "libnet/probe/clock.h"
#include "libnet/socket_p.h"
#include "libnet/transport/listensocket.h"

#include <QEvent>

#include <cerrno>

namespace net {

using namespace Qt::StringLiterals;

// Private ------------------------------------------------------------------------------------------------------

Server::Private::Private(Server *server, const ServerOptions &serverOptions)
    : Subject(probe::SubjectKind::Server),
      q(server),
      options(serverOptions),
      census(std::make_shared<ServerCensus>(server)),
      resolver(server),
      createdAt(probe::monotonicNow())
{
    probe::loadAgentIfAsked();
    enlist();
    if (const probe::Tap *tap = probe::tap())
        tap->opened(*this);
    probe::tellCall(*this, probe::Call::Created);
}

Server::Private::~Private()
{
    census->close();
    if (ledger) {
        if (const probe::Tap *tap = probe::tap()) {
            if (isActive())
                tap->called(*this, probe::Call::Destroy);
            tap->gone(*this);
        }
    }
}

void Server::Private::listen(const ListenOptions &listenOptions)
{
    if (isActive()) {
        NextTick::current().post(this, [this] { Q_EMIT q->errorOccurred(codes::alreadyListening()); });
        return;
    }
    ++generation;
    closing = false;
    obey(listenOptions.signal);
    if (listenOptions.handle.index() != 0) {
        listenOn(listenOptions.handle, listenOptions.backlog);
        return;
    }
    if (listenOptions.fd >= 0 && ListenSource::current() && !listenOptions.exclusive) {
        ask({.fd = int(listenOptions.fd), .backlog = listenOptions.backlog});
        return;
    }
    if (listenOptions.fd >= 0) {
        adoptDescriptor(Descriptor(int(listenOptions.fd)), listenOptions.backlog);
        return;
    }
    if (!listenOptions.port && listenOptions.path.isEmpty()) {
        fail(codes::neitherPortNorPath());
        return;
    }
    if (!listenOptions.port) {
        // There is no file whose mode it could be.
        if (listenOptions.path.startsWith(QChar(0)) && (listenOptions.readableAll || listenOptions.writableAll)) {
            fail(codes::abstractForAll());
            return;
        }
        start({.address = listenOptions.path, .family = Family::Local}, listenOptions);
        return;
    }
    if (*listenOptions.port < 0 || *listenOptions.port > 65535) {
        fail(codes::badPort(u"options.port"_s, *listenOptions.port));
        return;
    }
    const auto port = quint16(*listenOptions.port);
    if (listenOptions.host.isEmpty()) {
        start({.port = port}, listenOptions);
        return;
    }
    resolving = true;
    updateLive();
    if (const int version = isIP(listenOptions.host)) {
        const SocketAddress address = {
            .address = listenOptions.host, .family = version == 6 ? Family::IPv6 : Family::IPv4, .port = port};
        NextTick::current().post(this, [this, listenOptions, address, mine = generation] {
            if (mine == generation)
                start(address, listenOptions);
        });
        return;
    }
    resolver.lookUp({.host = listenOptions.host}, [this, listenOptions](const socketops::Addresses &addresses) {
        lookedUp(addresses, listenOptions);
    });
}

void Server::Private::lookedUp(const socketops::Addresses &addresses, const ListenOptions &listenOptions)
{
    if (!addresses.error.isEmpty()) {
        fail(Error::fromLookup(addresses.error, addresses.errorNumber, listenOptions.host));
        return;
    }
    // Link-local addresses need a zone to listen on; any other of the host's addresses is better.
    SocketAddress address = addresses.found.first();
    for (const SocketAddress &candidate : addresses.found) {
        if (!candidate.address.startsWith("fe80:"_L1)) {
            address = candidate;
            break;
        }
    }
    address.port = quint16(*listenOptions.port);
    start(address, listenOptions);
}

void Server::Private::start(const SocketAddress &address, const ListenOptions &listenOptions)
{
    resolving = false;
    // A port that the kernel shares out needs nobody who owns it.
    if (ListenSource::current() && !listenOptions.exclusive && !listenOptions.reusePort) {
        ask({.address = address,
             .backlog = listenOptions.backlog,
             .ipv6Only = listenOptions.ipv6Only,
             .readableAll = listenOptions.readableAll,
             .writableAll = listenOptions.writableAll});
        return;
    }
    const ListenRequest request = {.address = address,
                                   .backlog = listenOptions.backlog,
                                   .ipv6Only = listenOptions.ipv6Only,
                                   .reusePort = listenOptions.reusePort,
                                   .readableAll = listenOptions.readableAll,
                                   .writableAll = listenOptions.writableAll};
    const bool any = address.family == Family::Unspecified;
    BindResult socket = any ? openAnyAddress(request) : openListenSocket(request);
    if (socket.descriptor)
        startAccepting(std::move(socket.descriptor), address.family == Family::Local);
    else if (address.family == Family::Local)
        fail(Error::fromErrno(socket.error, u"listen"_s, address.address));
    else
        fail(Error::fromErrno(socket.error, u"listen"_s, any ? u"::"_s : address.address, address.port));
}

void Server::Private::startAccepting(Descriptor descriptor, bool ownsPath)
{
    acceptor = makeAcceptor(*this, q, std::move(descriptor), ownsPath);
    announce();
}

void Server::Private::announce()
{
    if (!lease) {
        bound = socketops::localEnd(acceptor->descriptor());
        if (ListenSource *const source = ListenSource::current())
            source->listensAlone(census, generation);
    }
    lastError = {};
    updateLive();
    NextTick::current().post(this, [this, mine = generation] {
        if (mine != generation || !acceptor)
            return;
        tell(probe::EventKind::Listening);
        const LifeGuard guard(this);
        Q_EMIT q->listening();
        if (!guard.isDead() && lease)
            lease->announce(bound);
    });
}

void Server::Private::fail(const Error &error)
{
    resolving = false;
    updateLive();
    lastError = error;
    NextTick::current().post(this, [this, error] {
        if (const probe::Tap *tap = probe::tapFor(*this))
            tap->failed(*this, error);
        const LifeGuard guard(this);
        Q_EMIT q->errorOccurred(error);
        // A slot may have called listen() again, and it may even be on its way by now.
        if (!guard.isDead() && !isActive())
            Q_EMIT q->closed();
    });
}

void Server::Private::accepted(Descriptor descriptor)
{
    if (options.blockList && options.blockList->check(socketops::remoteEnd(descriptor.get())))
        return;
    if (isFull()) {
        drop(std::move(descriptor));
        return;
    }
    ++connections;
    ++acceptedTotal;
    auto *socket = new Socket(Socket::Arrival(),
                              {.allowHalfOpen = options.allowHalfOpen, .highWaterMark = options.highWaterMark}, q);
    Socket::Private &accepted = *socket->d;
    accepted.counted = true;
    accepted.census = census;
    accepted.serverId = id();
    accepted.autoDelete = true;
    accepted.noDelay = options.noDelay && bound.family != Family::Local;
    if (options.keepAlive && bound.family != Family::Local)
        accepted.extra().keepAlive = {.enable = true,
                                      .initialDelay = options.keepAliveInitialDelay,
                                      .interval = options.keepAliveInterval,
                                      .count = options.keepAliveCount};
    if (options.pauseOnConnect)
        accepted.reads.setFlow(ReadSide::Flow::Paused);
    accepted.adopt(std::move(descriptor), probe::Origin::Accepted);
    accepted.applySettings();
    if (inherited && !inherited->lifted) [[unlikely]]
        accepted.arm(inherited);
    tell(probe::EventKind::Accepted, accepted.id());
    if (!accepted.timed(probe::EventKind::Accepted, [&] { Q_EMIT q->connection(socket); }))
        return;
    accepted.tellDescribed(); // the slot may have named it
    // As if reading had begun before the slot could pause it: a pause there holds data back, and not the peer's end.
    if (!accepted.destroyed && options.pauseOnConnect)
        accepted.startReading();
    else if (!accepted.destroyed)
        accepted.updateReading();
    NextTick::current().eventDelivered();
}

void Server::Private::refused(int error)
{
    ++droppedTotal;
    tell(probe::EventKind::Dropped, quint64(connections), quint64(error));
    Q_EMIT q->drop({});
}

void Server::Private::drop(Descriptor descriptor)
{
    const Endpoints ends = {socketops::localEnd(descriptor.get()), socketops::remoteEnd(descriptor.get())};
    descriptor.reset();
    ++droppedTotal;
    tell(probe::EventKind::Dropped, quint64(connections));
    Q_EMIT q->drop(ends);
}

void Server::Private::close(Callback<const Error &> done)
{
    if (done) {
        // Node's rule: while the host is looked up, the server is not running yet.
        const Error error = isListening() ? Error() : codes::serverNotRunning();
        QObject::connect(
            q, &Server::closed, q, [done = std::move(done), error] { done(error); }, Qt::SingleShotConnection);
    }
    ++generation;
    resolver.cancel();
    resolving = asking = false;
    partFromHeir();
    acceptor.reset();
    lease.reset();
    offers = nullptr;
    bound = {};
    stop.reset();
    closing = true;
    updateLive();
    tell(probe::EventKind::Closing);
    emitCloseIfDrained();
}

void Server::Private::connectionClosed()
{
    --connections;
    if (hasRefused && lease && !isFull()) {
        hasRefused = false;
        lease->tellRoom();
    }
    if (closing)
        emitCloseIfDrained();
}

void Server::Private::updateLive()
{
    // A source that never answers keeps no loop that knows of the source's own doings.
    const bool waits = asking && hasLiveHandleHook();
    live.set(referenced && (acceptor || (resolving && !waits)));
}

void Server::Private::changeThread()
{
    leave();
    delist();
    if (acceptor)
        acceptor->detach();
    // What two servers know of each other holds in one thread only.
    heir.clear();
    if (donor)
        donor->d->heir.clear();
    donor.clear();
    // Posted to the server itself, the call travels with it.
    auto arrive = [this, luggage = NextTick::current().take(this)]() mutable {
        enlist();
        live.follow();
        if (acceptor)
            acceptor->attach();
        NextTick::current().post(this, std::move(luggage));
    };
    QMetaObject::invokeMethod(q, std::move(arrive), Qt::QueuedConnection);
}

void Server::Private::emitCloseIfDrained()
{
    if (countAll() > 0 || isActive())
        return;
    // Also if listen() was called again meanwhile: it is that close() that has come to its end.
    NextTick::current().post(this, [this] {
        closing = false;
        tell(probe::EventKind::Closed);
        Q_EMIT q->closed();
    });
}

probe::Facts Server::Private::facts() const
{
    probe::Facts facts;
    facts.id = id();
    facts.kind = kind();
    facts.state = isListening() ? probe::State::Listening
                  : resolving   ? probe::State::Resolving
                  : closing     ? probe::State::Closing
                  : generation  ? probe::State::Closed
                                : probe::State::Idle;
    facts.family = bound.family;
    facts.flags = (referenced ? 0 : quint32(probe::Unreferenced)) | (inherited ? quint32(probe::Armed) : 0);
    facts.createdAt = createdAt;
    facts.highWaterMark = quint64(options.highWaterMark);
    facts.connections = quint32(countAll());
    facts.maxConnections = quint32(qMax(0, maxConnections));
    facts.accepted = acceptedTotal;
    facts.dropped = droppedTotal;
    facts.descriptor = acceptor ? acceptor->descriptor() : -1;
    facts.errorNumber = lastError.errorNumber();
    facts.local = bound;
    facts.name = q->objectName();
    facts.errorMessage = lastError.message();
    return facts;
}

void Server::Private::tell(probe::EventKind why, quint64 a, quint64 b)
{
    const probe::Tap *tap = probe::tapFor(*this);
    if (!tap)
        return;
    tap->described(*this);
    const probe::Facts now = facts();
    tap->changed(*this, why, now.state, now.flags, a, b);
}

void Server::Private::tellListenCall()
{
    if (!isActive())
        probe::tellCall(*this, probe::Call::Listen);
}

} // namespace net
