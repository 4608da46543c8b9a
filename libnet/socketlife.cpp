#include "libnet/boundsocket_p.h"
#include "libnet/codes.h"
#include "libnet/faultline_p.h"
#include "libnet/probe/agentloader.h"
#include "libnet/server_p.h"
#include "libnet/socketconnecting_p.h"

#include <cerrno>
#include <ctime>

// The life of a socket: from a descriptor to closed(). Reading and writing are in files of their own.

namespace net {

using namespace Qt::StringLiterals;

qint64 monotonicNow()
{
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

Socket::Private::Private(Socket *socket, const SocketOptions &options)
    : Subject(probe::SubjectKind::Socket),
      q(socket),
      reads(options.highWaterMark),
      writes(options.highWaterMark),
      createdAt(monotonicNow()),
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
    if (options.fd >= 0) {
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
    if (line && transport.isOpen()) {
        line.reset();
        writes.flush(transport); // what a fault has held back
    }
    // Destroyed while open: the connection is closed without a word to anyone but the server and the inspector.
    leaveServer();
    if (ledger) {
        if (const probe::Tap *tap = probe::tap())
            tap->gone(*this);
    }
}

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
    if (!corked && !gated && writes.isEmpty() && !writes.hasDone())
        writes.setBlocked(false);
    Q_EMIT q->connected();
    if (guard.isDead())
        return;
    if (gated)
        line->awaitSending();
    else if (!corked && transport.isOpen())
        writeFirst(); // what was written meanwhile
    if (guard.isDead())
        return;
    if (resetWhenConnected && transport.isOpen()) {
        resetWhenClosed = true;
        destroy({});
    }
    // Said also when a slot of connected() has destroyed the socket, as in Node.
    Q_EMIT q->ready();
    if (guard.isDead() || destroyed)
        return;
    startReading();
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

void Socket::Private::destroy(const Error &error)
{
    if (destroyed)
        return;
    const bool wasOpen = transport.isOpen();
    // What a fault has held back would have left long ago without it.
    if (line)
        disarm();
    // Bytes that write() has accepted in this turn belong to the peer, as if each had been sent at once.
    if (wasOpen && writes.needsFlush())
        writes.flush(transport);
    destroyed = true;
    hadError = bool(error);
    const bool wasConnecting = isConnecting();
    if (wasConnecting)
        extra().target = connecting->target();
    if (wasOpen)
        rememberEnds();
    if (wasOpen && resetWhenClosed)
        socketops::setResetOnClose(transport.descriptor());
    transport.close();
    connecting.reset();
    updateLive();
    if (extras) {
        extras->idle.stop();
        extras->bound.reset();
    }
    leaveServer();
    NextTick &ticks = NextTick::current();
    if (wasOpen) {
        const QList<WriteCallback> sent = writes.takeDone();
        for (const WriteCallback &done : sent)
            ticks.post(this, [done] { done(Error()); });
    }
    // Node's order: what waits for a write that is under way is told after the error, else before it; what waits
    // for the connection, right after closed().
    QList<WriteCallback> unsent = writes.abandon();
    const bool underWay = !writes.isEmpty() || !unsent.isEmpty();
    const bool waitForConnection = wasConnecting && underWay;
    const bool writeWaits = !unsent.isEmpty();
    if (waitForConnection && extras)
        unsent += std::exchange(extras->finishCallbacks, {});
    const bool callbacksFirst = !waitForConnection && (!underWay || error.syscall() == "write"_L1);
    if (callbacksFirst)
        postUnsent(unsent, error);
    if (error) {
        extra().lastError = error;
        ticks.post(this, [this, error] {
            if (const probe::Tap *tap = probe::tapFor(*this))
                tap->failed(*this, error);
            Q_EMIT q->errorOccurred(error);
        });
    }
    // With what it had then: a slot of errorOccurred() may connect the socket again.
    if (wasConnecting) {
        ticks.postClosing(this, [this, unsent, error, writeWaits] {
            const LifeGuard guard(this);
            emitClosed(bool(error));
            if (!guard.isDead())
                postUnconnected(unsent, error, writeWaits);
        });
        return;
    }
    if (wasOpen)
        ticks.postClosing(this, [this, failed = hadError] { emitClosed(failed); });
    else
        ticks.post(this, [this, failed = hadError] { emitClosed(failed); });
    if (!callbacksFirst)
        postUnsent(unsent, error);
}

void Socket::Private::postUnconnected(const QList<WriteCallback> &callbacks, const Error &error, bool writeWaits)
{
    NextTick &ticks = NextTick::current();
    const Error reason = error ? error : codes::closedBeforeConnection();
    // Only the first write was on its way to the connection, the others waited for the first one.
    Error told = writeWaits ? codes::closedBeforeConnection() : reason;
    for (const WriteCallback &done : callbacks)
        ticks.post(this, [done, told = std::exchange(told, reason)] { done(told); });
}

void Socket::Private::postUnsent(const QList<WriteCallback> &callbacks, const Error &error)
{
    const auto post = [this, &error](const QList<WriteCallback> &unsent, const QString &method) {
        if (unsent.isEmpty())
            return; // the usual case, and the reason is costly to word
        const Error reason = error ? error : codes::streamDestroyed(method);
        for (const WriteCallback &done : unsent)
            NextTick::current().post(this, [done, reason] { done(reason); });
    };
    post(callbacks, u"write"_s);
    if (extras)
        post(std::exchange(extras->finishCallbacks, {}), u"end"_s);
}

void Socket::Private::leaveServer()
{
    if (!counted)
        return;
    counted = false;
    census->connectionClosed();
}

void Socket::Private::changeThread()
{
    leave();
    delist();
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

void Socket::Private::emitClosed(bool failed)
{
    tell(probe::EventKind::Closed, failed);
    const LifeGuard guard(this);
    closedTold = true;
    Q_EMIT q->closed(failed);
    // A slot may have connected the socket again, or given it to another parent.
    if (guard.isDead() || !autoDelete || !destroyed)
        return;
    if (!q->parent() || (census && q->parent() == census->server()))
        q->deleteLater();
}

void Socket::Private::beReborn()
{
    destroyed = hadError = closedTold = ending = finalCalled = finished = needDrain = false;
    destroyWhenFinished = resetWhenClosed = resetWhenConnected = false;
    corked = 0;
    reads.reset();
    writes.reset();
    bytesRead = 0;
    origin = probe::Origin::Created;
    census.reset();
    if (extras) {
        extras->local = extras->remote = {};
        extras->lastError = {};
    }
}

void Socket::Private::rememberEnds()
{
    // The local end is for the inspector alone.
    if (probe::tap())
        extra().local = socketops::localEnd(transport.descriptor());
    if (extras && !extras->remote.isNull())
        return;
    const SocketAddress remote = socketops::remoteEnd(transport.descriptor());
    if (!remote.isNull())
        extra().remote = remote;
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
    if (line || transport.isReading() || !writes.isEmpty() || writes.hasDone() || (ending && !finished))
        return false;
    return (reads.flow() == ReadSide::Flow::Paused && reads.isEmpty() && !reads.ended()) || hasLiveHandleHook();
}

void Socket::Private::idle()
{
    tell(probe::EventKind::TimedOut);
    Q_EMIT q->timedOut();
}

} // namespace net
