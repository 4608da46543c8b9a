#include "libnet/faultline_p.h"
#include "libnet/socketconnecting_p.h"

#include <QRandomGenerator>

#include <cerrno>

// What an inspector may make a socket do and suffer.

namespace net {

using namespace Qt::StringLiterals;
using probe::Outcome;
using probe::Verb;

Outcome Socket::Private::obey(const probe::Order &order)
{
    const bool hasConnection = transport.isOpen() && !destroyed;
    const auto refused = [](const QString &why) {
        return Outcome{false, why};
    };
    if (order.verb == Verb::Disarm) {
        if (armed && extras->line->isLifted())
            disarm();
        return {};
    }
    if (order.verb == Verb::Release) {
        release();
        return {};
    }
    if (destroyed)
        return refused(u"it is closed"_s);
    if (!hasConnection && order.verb != Verb::Destroy && order.verb != Verb::Arm)
        return refused(u"it is not connected"_s);
    // Those two tell of it when they show.
    if (order.verb != Verb::Pause && order.verb != Verb::Arm)
        tell(probe::EventKind::Ordered, quint64(order.verb), quint64(order.bytes.size()));
    const LifeGuard guard(this);
    switch (order.verb) {
    case Verb::Pause: {
        if (q->isPaused())
            return refused(u"it is paused already"_s);
        const bool untouched = reads.flow() == ReadSide::Flow::Untouched && !reads.listening;
        q->pause();
        if (guard.isDead())
            return {};
        wasUntouched = untouched;
        heldByOrder = q->isPaused();
        tell(probe::EventKind::Ordered, quint64(order.verb));
        return {};
    }
    case Verb::Resume:
        q->resume();
        return {};
    case Verb::End:
        if (ending)
            return refused(u"it has ended already"_s);
        q->end();
        return {};
    case Verb::Destroy:
        q->destroy();
        return {};
    case Verb::Reset:
        if (socketops::familyOf(transport.descriptor()) == Family::Local)
            return refused(u"a local socket cannot be reset"_s);
        q->resetAndDestroy();
        return {};
    case Verb::Write:
        if (!q->isWritable())
            return refused(u"it has ended its side"_s);
        q->write(order.bytes);
        return {};
    case Verb::Receive:
        return inject(order.bytes);
    case Verb::Arm:
        arm(order.plan);
        if (!armed) // spared by chance
            tell(probe::EventKind::Ordered, quint64(order.verb));
        return {};
    case Verb::Disarm:
    case Verb::Release:
        break;
    }
    return refused(u"it does not know how"_s);
}

Outcome Socket::Private::inject(const QByteArray &bytes)
{
    if (reads.ended())
        return {false, u"the peer has ended its side"_s};
    if (extras && extras->onread)
        return {false, u"it reads into memory of its own"_s};
    arrived(bytes);
    return {};
}

void Socket::Private::release()
{
    if (!heldByOrder)
        return;
    heldByOrder = false;
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&Socket::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&Socket::text);
    const bool heard = q->isSignalConnected(dataSignal) || q->isSignalConnected(textSignal);
    if (wasUntouched && !heard) {
        // To resume it would let data flow to nobody.
        reads.setFlow(ReadSide::Flow::Untouched);
        startReading();
        tell(probe::EventKind::Resumed);
        return;
    }
    q->resume();
}

void Socket::Private::arm(std::shared_ptr<const probe::FaultPlan> plan)
{
    disarm();
    if (QRandomGenerator::global()->bounded(100U) >= plan->probability)
        return;
    extra().line = std::make_unique<FaultLine>(std::move(plan), q, 0, [this] { proceed(); });
    armed = true;
    writes.setBlocked(true);
    if (transport.isOpen()) {
        transport.setWriting(false);
        if (!writes.isEmpty() || writes.hasDone())
            extras->line->awaitSending();
    }
    updateLive();
    tell(probe::EventKind::Ordered, quint64(Verb::Arm));
}

void Socket::Private::disarm()
{
    if (!armed)
        return;
    const bool heldReading = extras->line->isReadingStopped;
    extras->line.reset();
    armed = false;
    const bool goesOn = transport.isOpen() && !isConnecting() && !destroyed;
    if (!isCorked() && !isConnecting())
        writes.setBlocked(false);
    if (goesOn && !isCorked() && !writes.isEmpty()) {
        if (const int error = writes.flush(transport))
            NextTick::current().post(this, [this, error] { fail(error, "write"); });
        else if (writes.isBlocked())
            transport.setWriting(true);
    }
    if (goesOn && heldReading) {
        if (extras && extras->onread)
            setReading(!reads.ended());
        else
            startReading();
    }
    if (goesOn)
        postAfterWrite(); // callbacks, and a FIN that was held back
    updateLive();
    tell(probe::EventKind::Ordered, quint64(Verb::Disarm));
}

// The line rings.
void Socket::Private::proceed()
{
    if (extras->line->isLifted()) {
        disarm();
        return;
    }
    if (!transport.isOpen() || isConnecting())
        return;
    if (std::exchange(extras->line->isReadingStopped, false)) {
        if (extras && extras->onread)
            setReading(!reads.ended());
        else
            startReading();
    }
    if (resetIfSpent())
        return;
    if (!isCorked() && (!writes.isEmpty() || writes.hasDone()))
        writePaced();
    else
        maybeFinish();
}

void Socket::Private::writePaced()
{
    const qsizetype most = extras->line->sendable();
    if (most == 0)
        return;
    const quint64 before = writes.sent();
    const int error = writes.flush(transport, most);
    writes.setBlocked(true);
    noteActivity();
    if (error) {
        fail(error, "write");
        return;
    }
    extras->line->hasSent(qsizetype(writes.sent() - before), !writes.isEmpty());
    if (resetIfSpent())
        return;
    if (!writes.isEmpty())
        extras->line->awaitSending();
    finishWrites();
}

void Socket::Private::readPaced()
{
    if (extras->line->isLifted()) {
        disarm();
        return; // it is readable still
    }
    const qsizetype most = extras->line->readable();
    if (most == 0) {
        extras->line->isReadingStopped = true;
        setReading(false);
        resetIfSpent();
        return;
    }
    const LifeGuard guard(this);
    if (extras && extras->onread) {
        readInto(*extras->onread, most);
        if (!guard.isDead())
            resetIfSpent();
        return;
    }
    QByteArray bytes(most, Qt::Uninitialized);
    const socketops::IoResult result = transport.readInto(bytes.data(), most);
    bytes.truncate(qMax<qsizetype>(0, result.bytes));
    extras->line->hasRead(bytes.size(), bytes.size() == most);
    if (bytes.isEmpty()) {
        if (!result.error)
            peerEnded();
        else if (!result.wouldBlock())
            fail(result.error, "read");
        return;
    }
    bytesRead += quint64(bytes.size());
    noteActivity();
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->received(*this, bytes.constData(), bytes.size(), bytesRead);
    arrived(bytes);
    if (!guard.isDead())
        resetIfSpent();
}

// Whether the plan's bytes are used up, and the connection gone with them.
bool Socket::Private::resetIfSpent()
{
    if (!armed || !extras->line->isSpent() || !transport.isOpen() || destroyed)
        return false;
    // What waits would not have arrived either: it goes with the connection.
    extras->line.reset();
    armed = false;
    if (socketops::familyOf(transport.descriptor()) == Family::Local)
        destroy(Error::fromErrno(ECONNRESET, u"read"_s));
    else
        q->resetAndDestroy();
    return true;
}

} // namespace net
