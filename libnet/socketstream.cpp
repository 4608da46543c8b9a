#include "libnet/socketconnecting_p.h"
#include "libnet/stream/codes.h"

#include <cerrno>

// Reading and writing of a connected socket, and both of its ends.

namespace net {

using namespace Qt::StringLiterals;

// Reading ------------------------------------------------------------------------------------------------------

void Socket::Private::startReading()
{
    if (reads.flow() != ReadSide::Flow::Paused)
        updateReading();
}

void Socket::Private::updateReading()
{
    if (transport.isOpen())
        transport.setReading(reads.wantsMore());
}

void Socket::Private::flow()
{
    if (reads.flow() != ReadSide::Flow::Paused)
        resume();
}

void Socket::Private::resume()
{
    if (reads.isFlowing())
        return;
    reads.setFlow(ReadSide::Flow::Flowing);
    if (resumePosted)
        return;
    resumePosted = true;
    NextTick::current().post(this, [this] {
        resumePosted = false;
        const LifeGuard guard(this);
        tell(probe::EventKind::Resumed);
        Q_EMIT q->resumed();
        if (guard.isDead() || destroyed)
            return;
        while (reads.isFlowing() && !reads.isEmpty()) {
            if (!deliver(reads.take()) || destroyed)
                return;
        }
        if (reads.ended() && reads.isEmpty())
            postEndReadable();
        else if (reads.isFlowing() && !isConnecting())
            updateReading();
    });
}

void Socket::Private::pause()
{
    if (reads.flow() == ReadSide::Flow::Paused)
        return;
    reads.setFlow(ReadSide::Flow::Paused);
    tell(probe::EventKind::Paused);
    Q_EMIT q->paused();
}

void Socket::Private::canRead()
{
    QByteArray bytes;
    const socketops::IoResult result = transport.read(bytes);
    if (result.bytes == 0) {
        if (!result.error) {
            reads.setEnded();
            transport.setReading(false);
            if (reads.isEmpty())
                postEndReadable();
        } else if (!result.wouldBlock()) {
            fail(result.error, "read");
        }
        return;
    }
    bytesRead += quint64(result.bytes);
    noteActivity();
    if (const probe::Tap *tap = probe::tap())
        tap->received(*this, bytes.constData(), result.bytes, bytesRead);
    if (reads.isFlowing() && reads.isEmpty()) {
        deliver(bytes);
        Reactor::current().readBuffer().takeBack(std::move(bytes));
        return;
    }
    reads.push(bytes);
    Reactor::current().readBuffer().takeBack(std::move(bytes));
    if (!reads.wantsMore())
        transport.setReading(false);
    Q_EMIT q->readyRead();
}

// False if the socket is gone.
bool Socket::Private::deliver(const QByteArray &bytes)
{
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&Socket::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&Socket::text);
    const LifeGuard guard(this);
    if (extras && extras->decoder) {
        if (probe::tap() && !q->isSignalConnected(textSignal))
            tell(probe::EventKind::DataLost, quint64(bytes.size()));
        const QString text = extras->decoder->decode(bytes);
        if (!text.isEmpty())
            Q_EMIT q->text(text);
    } else {
        if (probe::tap() && !q->isSignalConnected(dataSignal))
            tell(probe::EventKind::DataLost, quint64(bytes.size()));
        Q_EMIT q->data(bytes);
    }
    return !guard.isDead();
}

void Socket::Private::postEndReadable()
{
    if (endPosted || reads.endEmitted())
        return;
    endPosted = true;
    NextTick::current().post(this, [this] {
        endPosted = false;
        endReadable();
    });
}

void Socket::Private::endReadable()
{
    if (destroyed || reads.endEmitted() || !reads.isEmpty())
        return;
    const LifeGuard guard(this);
    if (extras && extras->decoder) {
        const QString rest = extras->decoder->finish();
        if (!rest.isEmpty())
            Q_EMIT q->text(rest);
        if (guard.isDead() || destroyed)
            return;
    }
    reads.setEndEmitted();
    tell(probe::EventKind::PeerEnded);
    Q_EMIT q->ended();
    if (guard.isDead() || destroyed)
        return;
    if (finished) {
        destroy({});
    } else if (!allowHalfOpen && !ending) {
        NextTick::current().post(this, [this] {
            if (!destroyed)
                end({});
        });
    }
}

// Writing ------------------------------------------------------------------------------------------------------

bool Socket::Private::write(const QByteArray &bytes, WriteCallback done)
{
    Error refused;
    if (ending)
        refused = reads.endEmitted() && !allowHalfOpen ? codes::endedByOtherParty() : codes::writeAfterEnd();
    else if (destroyed)
        refused = codes::streamDestroyed(u"write"_s);
    else if (!transport.isOpen() && !isConnecting())
        refused = codes::socketClosed();
    if (refused) {
        tell(probe::EventKind::WriteAfterEnd, quint64(bytes.size()));
        if (done)
            NextTick::current().post(this, [done, refused] { done(refused); });
        destroy(refused);
        return false;
    }
    const bool callback = bool(done);
    const int error =
        writes.write(isConnecting() ? nullptr : &transport, bytes, std::move(done), NextTick::current().number());
    noteActivity();
    if (error) {
        NextTick::current().post(this, [this, error] { fail(error, "write"); });
        return !writes.isFull();
    }
    // Judged by what the kernel has left over, not by what was offered.
    const bool full = writes.isFull();
    if (full)
        needDrain = true;
    if (writes.isBlocked()) {
        if (!isConnecting())
            transport.setWriting(true);
        if (const probe::Tap *tap = probe::tap())
            tap->queued(*this, quint64(writes.size()), quint64(writes.highWaterMark()));
    }
    if (!isConnecting() && (callback || writes.needsFlush()))
        postAfterWrite();
    return !full;
}

void Socket::Private::written(std::span<const socketops::Piece> pieces, qsizetype bytes)
{
    const probe::Tap *tap = probe::tap();
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

void Socket::Private::canWrite()
{
    const int error = writes.flush(transport);
    noteActivity();
    if (error) {
        fail(error, "write");
        return;
    }
    transport.setWriting(writes.isBlocked());
    finishWrites();
}

void Socket::Private::postAfterWrite()
{
    if (afterWritePosted)
        return;
    afterWritePosted = true;
    NextTick::current().post(this, [this] { afterWrite(); });
}

// The end of the turn: what was gathered goes out, and callbacks come later than the call that caused them.
void Socket::Private::afterWrite()
{
    afterWritePosted = false;
    if (destroyed || isConnecting())
        return;
    if (writes.needsFlush()) {
        if (const int error = writes.flush(transport)) {
            fail(error, "write");
            return;
        }
        if (writes.isBlocked())
            transport.setWriting(true);
    }
    finishWrites();
}

void Socket::Private::finishWrites()
{
    const LifeGuard guard(this);
    if (needDrain && writes.isEmpty() && !ending && !destroyed) {
        needDrain = false;
        tell(probe::EventKind::Drain);
        Q_EMIT q->drain();
        if (guard.isDead())
            return;
    }
    if (writes.hasDone()) {
        const QList<WriteCallback> callbacks = writes.takeDone();
        for (const WriteCallback &done : callbacks) {
            done(Error());
            if (guard.isDead())
                return;
        }
    }
    maybeFinish();
}

void Socket::Private::end(WriteCallback done)
{
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
    if (!ending || finalCalled || destroyed || isConnecting() || !writes.isEmpty())
        return;
    finalCalled = true;
    if (!transport.isOpen()) {
        NextTick::current().post(this, [this] { finish(); });
        return;
    }
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
    if (reads.endEmitted())
        destroy({});
}

void Socket::Private::fail(int error, const char *syscall)
{
    destroy(Error::fromErrno(error, QString::fromLatin1(syscall)));
}

} // namespace net
