#include "libnet/codes.h"
#include "libnet/faultline_p.h"
#include "libnet/socketconnecting_p.h"

#include <cerrno>

// How a socket writes, and the end that it makes itself.

namespace net {

using namespace Qt::StringLiterals;

bool Socket::Private::write(const QByteArray &bytes, WriteCallback &&done)
{
    if (ending || destroyed || (!transport.isOpen() && !isConnecting())) {
        refuseWrite(bytes.size(), std::move(done));
        return false;
    }
    const bool callback = bool(done);
    const quint32 turn = writes.isEmpty() ? NextTick::current().number() : 0;
    const int error = writes.write(holdsBack() ? nullptr : &transport, bytes, std::move(done), turn);
    noteActivity();
    writesChanged();
    if (error) {
        NextTick::current().post(this, [this, error] { fail(error, "write"); });
        return !writes.isFull();
    }
    // Judged by what the kernel has left over, not by what was offered.
    const bool full = writes.isFull();
    if (full)
        needDrain = true;
    if (writes.isBlocked()) {
        if (!holdsBack())
            transport.setWriting(true);
        if (const probe::Tap *tap = probe::tapFor(*this))
            tap->queued(*this, quint64(writes.size()), quint64(writes.highWaterMark()));
    }
    if (!holdsBack() && (callback || writes.needsFlush()))
        postAfterWrite();
    if (armed) [[unlikely]]
        extras->line->awaitSending();
    return !full;
}

Error Socket::Private::refusal() const
{
    if (ending)
        return reads.endEmitted() && !allowHalfOpen ? codes::endedByOtherParty() : codes::writeAfterEnd();
    return destroyed ? codes::streamDestroyed(u"write"_s) : Error();
}

Error Socket::Private::endRefusal() const
{
    return ending ? codes::writeAfterEnd() : refusal();
}

void Socket::Private::refuse(qsizetype size, const Error &reason, WriteCallback &&done)
{
    tell(probe::EventKind::WriteAfterEnd, quint64(size));
    if (done)
        NextTick::current().post(this, [done = std::move(done), reason] { done(reason); });
    destroy(reason);
}

void Socket::Private::refuseWrite(qsizetype size, WriteCallback &&done)
{
    if (const Error reason = refusal()) {
        refuse(size, reason, std::move(done));
        return;
    }
    tell(probe::EventKind::WriteAfterEnd, quint64(size));
    // Never connected. Not before the next tick: until then the socket may still be asked to connect.
    NextTick::current().post(this, [this, done = std::move(done), reason = codes::socketClosed()] {
        const LifeGuard guard(this);
        if (done)
            done(reason);
        if (!guard.isDead())
            destroy(reason);
    });
}

void Socket::Private::written(std::span<const socketops::Piece> pieces, qsizetype bytes)
{
    const probe::Tap *tap = probe::tapFor(*this);
    if (!tap)
        return;
    quint64 total = writes.sent();
    quint64 queued = quint64(writes.size());
    for (const socketops::Piece &piece : pieces) {
        const qsizetype part = qMin(piece.size, bytes);
        total += quint64(part);
        queued -= quint64(part);
        bytes -= part;
        tap->sent(*this, piece.data, part, total, queued);
        if (!bytes)
            break;
    }
}

bool Socket::Private::mayBypassQueue() const
{
    return transport.isOpen() && isWritable() && !isConnecting() && !isCorked() && !armed && writes.isEmpty() &&
           !writes.hasDone();
}

void Socket::Private::bypassed(qsizetype bytes)
{
    writes.addSent(bytes);
    noteActivity();
}

void Socket::Private::awaitRoom()
{
    needDrain = true;
    transport.setWriting(true);
}

void Socket::Private::canWrite()
{
    if (isCorked() || armed) {
        transport.setWriting(false);
        return;
    }
    const int error = writes.flush(transport);
    noteActivity();
    if (error) {
        fail(error, "write");
        return;
    }
    transport.setWriting(writes.isBlocked());
    finishWrites();
}

// The connection is there. Node hands it the first write alone, whose callback runs at once; the others go after it
// together, and are told with the next ticks.
void Socket::Private::writeFirst()
{
    if (!writes.holdsSeveral()) {
        canWrite();
        return;
    }
    if (const int error = writes.flush(transport)) {
        noteActivity();
        fail(error, "write");
        return;
    }
    noteActivity();
    transport.setWriting(writes.isBlocked());
    const LifeGuard guard(this);
    tellDrain();
    if (guard.isDead())
        return;
    if (const WriteCallback done = writes.takeFirstDone())
        done(Error());
    if (!guard.isDead() && !destroyed)
        postAfterWrite();
}

void Socket::Private::postAfterWrite()
{
    if (afterWritePosted)
        return;
    afterWritePosted = true;
    NextTick::current().postForSure(this, [this] { afterWrite(); });
}

// The end of the turn: what was gathered goes out, and callbacks come later than the call that caused them.
void Socket::Private::afterWrite()
{
    afterWritePosted = false;
    if (destroyed || isConnecting())
        return;
    if (NextTick::current().isEnding()) {
        flushTurn();
        return;
    }
    // cork() holds back bytes, not the callbacks of those that have left.
    if (!isCorked() && writes.needsFlush()) {
        if (const int error = writes.flush(transport)) {
            fail(error, "write");
            return;
        }
        if (writes.isBlocked())
            transport.setWriting(true);
    }
    finishWrites();
}

void Socket::Private::tellDrain()
{
    if (!needDrain || !writes.isEmpty() || ending || destroyed)
        return;
    needDrain = false;
    tell(probe::EventKind::Drain);
    timed(probe::EventKind::Drain, [this] { Q_EMIT q->drain(); });
}

void Socket::Private::finishWrites()
{
    const LifeGuard guard(this);
    tellDrain();
    if (guard.isDead())
        return;
    if (writes.hasDone()) {
        const QList<WriteCallback> callbacks = writes.takeDone();
        for (const WriteCallback &done : callbacks) {
            done(Error());
            if (guard.isDead())
                return;
        }
    }
    if (!destroyed)
        writesChanged();
    maybeFinish();
}

void Socket::Private::end(WriteCallback done)
{
    if (corked) {
        corked = 1;
        uncork();
    }
    if (ending || destroyed) {
        if (done && ending && !finished && !destroyed)
            extra().finishCallbacks.append(std::move(done));
        else if (done) {
            const Error error = finished ? codes::alreadyFinished(u"end"_s) : codes::streamDestroyed(u"end"_s);
            NextTick::current().post(this, [done, error] { done(error); });
        }
        return;
    }
    if (done)
        extra().finishCallbacks.append(std::move(done));
    ending = true;
    writesChanged();
    tell(probe::EventKind::Ended);
    // Nothing will be added to what this turn has gathered.
    if (transport.isOpen() && writes.needsFlush()) {
        if (const int error = writes.flush(transport)) {
            NextTick::current().post(this, [this, error] { fail(error, "write"); });
            return;
        }
        if (writes.isBlocked())
            transport.setWriting(true);
    }
    maybeFinish();
}

void Socket::Private::maybeFinish()
{
    // A socket that was never connected finishes once it is.
    if (!ending || finalCalled || destroyed || !transport.isOpen() || !writes.isEmpty())
        return;
    if (armed && !extras->line->mayFinish())
        return;
    finalCalled = true;
    const int error = transport.shutdownWrite();
    if (error && error != ENOTCONN && error != ENOTSOCK) {
        NextTick::current().post(this, [this, error] { fail(error, "shutdown"); });
        return;
    }
    NextTick::current().postTurn(this, [this] { finish(); });
}

void Socket::Private::finish()
{
    if (destroyed || finished)
        return;
    finished = true;
    writesChanged(); // who neither reads nor writes any more keeps nothing running
    tell(probe::EventKind::Finished);
    const LifeGuard guard(this);
    if (extras) {
        const QList<WriteCallback> callbacks = std::exchange(extras->finishCallbacks, {});
        for (const WriteCallback &done : callbacks) {
            done(Error());
            if (guard.isDead())
                return;
        }
    }
    Q_EMIT q->finish();
    if (guard.isDead() || destroyed)
        return;
    if (reads.endEmitted() || destroyWhenFinished)
        destroy({});
}

void Socket::Private::cork()
{
    ++corked;
    if (ending)
        return;
    // What the turn has gathered was written before.
    flushTurn();
    writes.setBlocked(true);
}

void Socket::Private::uncork()
{
    if (!corked || --corked || isConnecting() || destroyed)
        return;
    if (armed) {
        extras->line->awaitSending();
        return;
    }
    writes.setBlocked(false);
    if (!writes.isEmpty() || writes.hasDone()) {
        if (const int error = writes.flush(transport)) {
            NextTick::current().post(this, [this, error] { fail(error, "write"); });
            return;
        }
        if (writes.isBlocked())
            transport.setWriting(true);
        postAfterWrite();
    }
}

void Socket::Private::destroySoon()
{
    const LifeGuard guard(this);
    if (isWritable())
        end({});
    if (guard.isDead())
        return;
    if (finished)
        destroy({});
    else
        destroyWhenFinished = true;
}

void Socket::Private::resetAndDestroy()
{
    if (isConnecting()) {
        if (!resetWhenConnected)
            resetComesFirst = writes.isEmpty() && !writes.hasDone();
        resetWhenConnected = true;
    } else if (!transport.isOpen()) {
        destroy(codes::socketClosed());
    } else if (socketops::familyOf(transport.descriptor()) == Family::Local) {
        NextTick::current().post(this, [this] { Q_EMIT q->errorOccurred(codes::invalidHandleType()); });
    } else {
        resetWhenClosed = true;
        destroy({});
    }
}

void Socket::Private::fail(int error, const char *syscall)
{
    destroy(Error::fromErrno(error, QString::fromLatin1(syscall)));
}

} // namespace net
