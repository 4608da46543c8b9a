#include "libnet/boundsocket_p.h"
#include "libnet/codes.h"
#include "libnet/faultline_p.h"
#include "libnet/probe/agentloader.h"
#include "libnet/probe/clock.h"
#include "libnet/server_p.h"
#include "libnet/socketconnecting_p.h"

#include <cerrno>

// The life of a socket, from birth on. Reading, writing and the end are in files of their own.

namespace net {

using namespace Qt::StringLiterals;

Socket::Private::Private(Socket *socket, const SocketOptions &options)
    : Subject(probe::SubjectKind::Socket),
      q(socket),
      reads(options.highWaterMark),
      writes(options.highWaterMark),
      createdAt(probe::monotonicNow()),
      allowHalfOpen(options.allowHalfOpen)
{
    probe::loadAgentIfAsked();
    enlist();
    noDelay = options.noDelay;
    if (options.keepAlive.enable)
        extra().keepAlive = options.keepAlive;
    if (options.typeOfService)
        keepTypeOfService(*options.typeOfService);
    if (options.blockList)
        extra().blockList = options.blockList;
    if (options.onread)
        extra().onread = options.onread;
    if (options.handle)
        adoptBound(*options.handle);
    obey(options.signal);
    if (options.fd >= 0 && socketops::isFresh(int(options.fd))) {
        socketops::makeNonBlocking(int(options.fd));
        extra().bound.reset(int(options.fd));
        if (const probe::Tap *tap = probe::tap())
            tap->opened(*this);
    } else if (options.fd >= 0) {
        if (!options.readable) {
            reads.setEnded();
            reads.setEndEmitted();
        }
        ending = finalCalled = finished = !options.writable;
        adopt(Descriptor(int(options.fd)), probe::Origin::Adopted);
        startReading();
    } else if (const probe::Tap *tap = probe::tap()) {
        tap->opened(*this);
    }
}

// The socket does not know us yet: its own function is out of reach.
void Socket::Private::keepTypeOfService(int typeOfService)
{
    if (typeOfService >= 0 && typeOfService <= 255) {
        extra().typeOfService = typeOfService;
        return;
    }
    NextTick::current().post(
        this, [this, typeOfService] { destroy(codes::outOfRange(u"options.typeOfService"_s, 0, 255, typeOfService)); });
}

Socket::Private::~Private()
{
    if (armed) {
        extras->line.reset();
        if (transport.isOpen())
            writes.flush(transport); // what a fault has held back
    }
    // Destroyed while open: the connection is closed without a word to anyone but the server and the inspector. What
    // write() has accepted in this turn goes out first, as if each had been sent at once.
    flushTurn();
    leaveServer();
    if (ledger) {
        if (const probe::Tap *tap = probe::tap()) {
            if (!destroyed)
                tap->called(*this, probe::Call::Destroy);
            tap->gone(*this);
        }
    }
}

Socket::Private::Extras::Extras(IdleTimer::Owner &owner) : idle(owner) {}

Socket::Private::Extras::~Extras() = default;

Socket::Private::Extras &Socket::Private::extra()
{
    if (!extras)
        extras = std::make_unique<Extras>(*this);
    return *extras;
}

void Socket::Private::adopt(Descriptor descriptor, probe::Origin from)
{
    origin = from;
    if (from == probe::Origin::Adopted) {
        if (!socketops::isOpen(descriptor.get())) {
            const Error error = Error::fromErrno(EBADF, u"open"_s);
            descriptor.release();
            NextTick::current().post(this, [this, error] { destroy(error); });
            return;
        }
        socketops::makeNonBlocking(descriptor.get());
    }
    transport.open(std::move(descriptor));
    updateLive();
    // The tap has heard of it already, when there was no descriptor yet.
    tellDescribed();
}

void Socket::Private::adoptBound(BoundSocket &bound)
{
    if (const Error misuse = bound.error()) {
        NextTick::current().post(this, [this, misuse] { destroy(misuse); });
        return;
    }
    extra().bound = bound.d->adopt();
}

// A stop may be requested in any thread; the socket dies in its own.
void Socket::Private::obey(const std::stop_token &signal)
{
    if (signal.stop_requested()) {
        NextTick::current().post(this, [this] { destroy(codes::aborted()); });
    } else if (signal.stop_possible()) {
        extra().stop.emplace(signal, [this] {
            if (q->thread() == QThread::currentThread())
                destroy(codes::aborted());
            else
                QMetaObject::invokeMethod(
                    q, [this] { destroy(codes::aborted()); }, Qt::QueuedConnection);
        });
    }
}

void Socket::Private::connectTo(const ConnectOptions &options)
{
    // A second call while the first is under way changes nothing.
    if (isConnecting())
        return;
    if (destroyed)
        beReborn();
    probe::tellCall(*this, probe::Call::Connect);
    const bool local = !options.path.isEmpty();
    Error misuse;
    if (transport.isOpen())
        misuse = local ? Error::fromErrno(EISCONN, u"connect"_s, options.path)
                       : Error::fromErrno(EISCONN, u"connect"_s, options.host, options.port.value_or(0));
    else if (!local && !options.port)
        misuse = codes::nowhereToConnect();
    else if (!local && (*options.port < 0 || *options.port > 65535))
        misuse = codes::badPort(u"Port"_s, *options.port);
    else if (options.localPort < 0 || options.localPort > 65535)
        misuse = codes::badPort(u"options.localPort"_s, options.localPort);
    else if (!options.localAddress.isEmpty() && !isIP(options.localAddress))
        misuse = codes::invalidAddress(options.localAddress);
    if (misuse) {
        destroy(misuse);
        return;
    }
    if (options.noDelay)
        noDelay = true;
    if (options.keepAlive)
        extra().keepAlive = {.enable = true,
                             .initialDelay = options.keepAliveInitialDelay,
                             .interval = options.keepAliveInterval,
                             .count = options.keepAliveCount};
    if (options.timeout > 0)
        extra().idle.start(options.timeout);
    if (extras)
        extras->attemptedAddresses.clear();
    writes.setBlocked(true);
    connecting = std::make_unique<SocketConnecting>(q, this, options);
    updateLive();
    noteActivity();
    tell(probe::EventKind::Lookup);
    connecting->start();
}

void Socket::Private::established(Descriptor descriptor)
{
    transport.open(std::move(descriptor));
    connecting.reset();
    // Asked for now: after a reset the kernel does not know it any more.
    extra().remote = socketops::remoteEnd(transport.descriptor());
    extras->local = {};
    extras->attemptedAddresses.squeeze();
    applySettings();
    noteActivity();
    tell(probe::EventKind::Connected);
    tellDescribed();
    const LifeGuard guard(this);
    // With nothing waiting, what a slot of connected() writes is offered to the kernel at once.
    if (!isCorked() && !armed && writes.isEmpty() && !writes.hasDone())
        writes.setBlocked(false);
    const bool wasCorked = isCorked(); // what a slot uncorks goes its own way
    firstWriteWaits = !writes.isEmpty() || writes.hasDone();
    if (!timed(probe::EventKind::Connected, [this] { Q_EMIT q->connected(); }))
        return;
    if (resetComesFirst)
        resetIfWanted();
    firstWriteWaits = false;
    if (destroyed)
        tellCutShort();
    if (guard.isDead())
        return;
    if (armed && transport.isOpen())
        extras->line->awaitSending();
    else if (!wasCorked && !isCorked() && transport.isOpen())
        writeFirst(); // what was written meanwhile
    if (guard.isDead())
        return;
    resetIfWanted();
    // Said also when a slot of connected() has destroyed the socket, as in Node.
    Q_EMIT q->ready();
    if (guard.isDead() || destroyed)
        return;
    startReading();
}

// What resetAndDestroy() was asked for before there was a connection.
void Socket::Private::resetIfWanted()
{
    if (!resetWhenConnected || !transport.isOpen())
        return;
    resetWhenClosed = true;
    destroy({});
}

void Socket::Private::applySettings()
{
    if (!transport.isOpen())
        return;
    const int fd = transport.descriptor();
    if (noDelay)
        socketops::setNoDelay(fd, true);
    if (!extras)
        return;
    if (extras->keepAlive.enable)
        socketops::setKeepAlive(fd, true, extras->keepAlive.initialDelay, extras->keepAlive.interval,
                                extras->keepAlive.count);
    if (extras->typeOfService >= 0)
        socketops::setTypeOfService(fd, extras->typeOfService);
}

void Socket::Private::changeThread()
{
    leave();
    delist();
    if (const int error = flushTurn())
        NextTick::current().post(this, [this, error] { fail(error, "write"); });
    else if (transport.isOpen() && writes.isBlocked() && !holdsBack())
        transport.setWriting(true);
    transport.detach();
    if (extras)
        extras->idle.suspend();
    auto arrive = [this, luggage = NextTick::current().take(this),
                   way = connecting ? connecting->detach() : NextTick::Luggage()]() mutable {
        enlist();
        live.follow();
        transport.attach();
        if (extras)
            extras->idle.proceed();
        if (connecting)
            connecting->attach(std::move(way));
        NextTick::current().post(this, std::move(luggage));
        startReading();
    };
    // Posted to the socket itself, the call travels with it.
    QMetaObject::invokeMethod(q, std::move(arrive), Qt::QueuedConnection);
}

void Socket::Private::updateLive()
{
    // A resolver that never answers keeps no loop that knows of the resolver's own doings.
    const bool waits = isConnecting() && connecting->isAsking() && hasLiveHandleHook();
    live.set(referenced && ((isConnecting() && !waits) || (transport.isOpen() && !isIdle())));
}

// As in Node, a socket keeps no program running that neither reads nor writes. Under Qt's loop that is so only if it
// was paused before anything was read: with data waiting, a timer that Qt does not count may be about to take it.
bool Socket::Private::isIdle() const
{
    if (armed || transport.isReading() || !writes.isEmpty() || writes.hasDone() || (ending && !finished))
        return false;
    return (reads.flow() == ReadSide::Flow::Paused && reads.isEmpty() && !reads.ended()) || hasLiveHandleHook();
}

void Socket::Private::idle()
{
    tell(probe::EventKind::TimedOut);
    Q_EMIT q->timedOut();
}

} // namespace net
