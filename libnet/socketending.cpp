#include "libnet/codes.h"
#include "libnet/faultline_p.h"
#include "libnet/server_p.h"
#include "libnet/socketconnecting_p.h"

// The end of a socket: from destroy() to closed(), and to its next life.

namespace net {

using namespace Qt::StringLiterals;

void Socket::Private::destroy(const Error &error)
{
    if (destroyed)
        return;
    const bool wasOpen = transport.isOpen();
    // What a fault has held back would have left long ago without it.
    if (armed)
        disarm();
    flushTurn();
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
    if (wasOpen && !firstWriteWaits) {
        const QList<WriteCallback> sent = writes.takeDone();
        for (const WriteCallback &done : sent)
            ticks.post(this, [done] { done(Error()); });
    }
    // Node's order: what waits for a write that is under way is told after the error, else before it; what waits
    // for the connection, right after closed().
    QList<WriteCallback> unsent = writes.abandon();
    if (firstWriteWaits) {
        extra().cutShort = std::exchange(unsent, {});
        extras->cutShort += std::exchange(extras->finishCallbacks, {});
        writes.reset(); // none of it has ever been on its way
    }
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

// They waited for the connection and find it closed by a slot of connected().
void Socket::Private::tellCutShort()
{
    const LifeGuard guard(this);
    const QList<WriteCallback> callbacks = extras ? std::exchange(extras->cutShort, {}) : QList<WriteCallback>();
    for (const WriteCallback &done : callbacks) {
        done(codes::socketClosed());
        if (guard.isDead())
            return;
    }
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
    destroyWhenFinished = resetWhenClosed = resetWhenConnected = resetComesFirst = firstWriteWaits = false;
    corked = 0;
    readingStopped = false;
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

} // namespace net
