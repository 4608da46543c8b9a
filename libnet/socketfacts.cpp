#include "libnet/faultline_p.h"
#include "libnet/server_p.h"
#include "libnet/socketconnecting_p.h"

// What the probe is told of a socket.

namespace net {

probe::State Socket::Private::state() const
{
    if (connecting)
        return connecting->isResolving() ? probe::State::Resolving : probe::State::Connecting;
    if (destroyed)
        return probe::State::Closed;
    if (!transport.isOpen())
        return probe::State::Idle;
    if (reads.endEmitted())
        return probe::State::ReadEnded;
    return finalCalled ? probe::State::WriteEnded : probe::State::Open;
}

quint32 Socket::Private::flags() const
{
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&Socket::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&Socket::text);
    static const QMetaMethod readSignal = QMetaMethod::fromSignal(&Socket::readyRead);
    static const QMetaMethod errorSignal = QMetaMethod::fromSignal(&Socket::errorOccurred);
    const bool received =
        q->isSignalConnected(dataSignal) || q->isSignalConnected(textSignal) || q->isSignalConnected(readSignal);
    quint32 flags = 0;
    const auto set = [&flags](probe::Flag flag, bool on) {
        flags |= on ? quint32(flag) : 0u;
    };
    set(probe::Paused, reads.flow() == ReadSide::Flow::Paused);
    set(probe::NeedsDrain, needDrain);
    set(probe::Ending, ending);
    set(probe::NoReceiver, !received);
    set(probe::HalfOpen, allowHalfOpen);
    set(probe::Failed, hadError);
    set(probe::NoErrorHandler, !q->isSignalConnected(errorSignal));
    set(probe::HasTimeout, extras && extras->idle.interval() > 0);
    set(probe::Unreferenced, !referenced);
    set(probe::NoParent, !q->parent() && !autoDelete);
    set(probe::Armed, armed);
    set(probe::HeldByOrder, heldByOrder);
    set(probe::Piped, extras && !extras->pipes.isEmpty());
    return flags;
}

probe::Facts Socket::Private::facts() const
{
    probe::Facts facts;
    facts.id = id();
    facts.server = serverId;
    facts.kind = kind();
    facts.origin = origin;
    facts.state = state();
    facts.flags = flags();
    facts.createdAt = createdAt;
    facts.received = bytesRead;
    facts.sent = writes.sent();
    facts.queued = quint64(writes.size());
    facts.readBuffered = quint64(reads.length());
    facts.highWaterMark = quint64(writes.highWaterMark());
    facts.descriptor = transport.descriptor();
    facts.name = q->objectName();
    if (transport.isOpen()) {
        facts.local = socketops::localEnd(transport.descriptor());
        facts.remote = socketops::remoteEnd(transport.descriptor());
    } else if (connecting) {
        facts.remote = connecting->target();
    } else if (extras) {
        facts.local = extras->local;
        facts.remote = extras->remote;
    }
    if (extras && facts.remote.isNull())
        facts.remote = extras->remote.isNull() ? extras->target : extras->remote;
    if (extras && extras->lastError) {
        facts.errorNumber = extras->lastError.errorNumber();
        facts.errorMessage = extras->lastError.message();
    }
    facts.family = facts.local.isNull() ? facts.remote.family : facts.local.family;
    return facts;
}

void Socket::Private::tell(probe::EventKind why, quint64 a, quint64 b)
{
    const probe::Tap *tap = probe::tapFor(*this);
    if (!tap)
        return;
    tap->changed(*this, why, state(), flags(), a, b);
}

void Socket::Private::tellDescribed()
{
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->described(*this);
}

void Socket::Private::tellEndCall()
{
    if (!ending && !destroyed)
        probe::tellCall(*this, probe::Call::End);
}

void Socket::Private::tellDestroyCall()
{
    if (!destroyed)
        probe::tellCall(*this, probe::Call::Destroy);
}

} // namespace net
