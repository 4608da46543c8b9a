#include "libnet/codes.h"
#include "libnet/faultline_p.h"
#include "libnet/socketconnecting_p.h"
#include "libnet/socketpipe_p.h"

#include <cerrno>

// How a socket reads, and the end that its peer makes.

namespace net {

using namespace Qt::StringLiterals;

void Socket::Private::startReading()
{
    if (reads.flow() != ReadSide::Flow::Paused)
        updateReading();
    else
        updateLive();
}

void Socket::Private::updateReading()
{
    if (transport.isOpen())
        setReading(reads.wantsMore());
}

void Socket::Private::stopReading()
{
    readingStopped = true;
    setReading(false);
}

void Socket::Private::setReading(bool enable)
{
    enable = enable && !readingStopped;
    if (transport.isReading() == enable)
        return;
    transport.setReading(enable);
    updateLive();
}

void Socket::Private::flow()
{
    if (extras)
        for (const QPointer<SocketPipe> &pipe : std::as_const(extras->pipes))
            if (pipe)
                pipe->lookAround();
    if (reads.flow() != ReadSide::Flow::Paused && !reads.listening)
        resume();
}

void Socket::Private::resume()
{
    heldByOrder = false;
    if (readingStopped) {
        readingStopped = false;
        updateReading();
    }
    // What a callback of onread has stopped by returning false.
    if (extras && extras->onread && transport.isOpen() && !reads.ended())
        setReading(true);
    if (reads.isFlowing())
        return;
    reads.setFlow(reads.listening ? ReadSide::Flow::Untouched : ReadSide::Flow::Flowing);
    updateLive();
    if (resumePosted)
        return;
    resumePosted = true;
    NextTick::current().post(this, [this] {
        resumePosted = false;
        const LifeGuard guard(this);
        tell(probe::EventKind::Resumed);
        Q_EMIT q->resumed();
        if (!guard.isDead() && !destroyed)
            flowBuffered();
    });
}

void Socket::Private::flowBuffered()
{
    // As in Node, what was read before a slot destroyed the socket flows on.
    while (reads.isFlowing() && !reads.isEmpty()) {
        if (!deliver(reads.take()))
            return;
    }
    if (destroyed)
        return;
    if (reads.ended() && reads.isEmpty())
        postEndReadable();
    else if (reads.flow() != ReadSide::Flow::Paused && !isConnecting())
        updateReading();
}

void Socket::Private::pause()
{
    if (extras && extras->onread && transport.isOpen())
        setReading(false);
    heldByOrder = false;
    if (reads.flow() == ReadSide::Flow::Paused)
        return;
    reads.setFlow(ReadSide::Flow::Paused);
    tell(probe::EventKind::Paused);
    Q_EMIT q->paused();
}

// The first receiver of readyRead(): data waits to be taken by read().
void Socket::Private::listenReadable()
{
    if (reads.listening)
        return;
    reads.listening = reads.needReadable = true;
    if (reads.isFlowing())
        reads.setFlow(ReadSide::Flow::Untouched);
    if (!reads.isEmpty())
        emitReadable();
    else if (!isConnecting())
        startReading();
}

// The last one is gone: whoever else receives has the data flow again.
void Socket::Private::stopListeningReadable()
{
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&Socket::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&Socket::text);
    reads.listening = false;
    if (q->isSignalConnected(dataSignal) || q->isSignalConnected(textSignal))
        flow();
}

void Socket::Private::emitReadable()
{
    reads.needReadable = false;
    if (reads.readablePosted)
        return;
    reads.readablePosted = true;
    NextTick::current().post(this, [this] { emitReadableNow(); });
}

void Socket::Private::emitReadableNow()
{
    if (destroyed || (reads.isEmpty() && !reads.ended()))
        return;
    if (!timed(probe::EventKind::Received, [this] { Q_EMIT q->readyRead(); }) || destroyed)
        return;
    reads.readablePosted = false;
    reads.needReadable = !reads.isFlowing() && !reads.ended() && reads.length() <= reads.highWaterMark();
}

qsizetype Socket::Private::characterBytes(qint64 maxSize)
{
    // What flowed before has left the beginning of a character behind.
    if (const QByteArray rest = reads.ended() ? QByteArray() : extras->decoder->takeRest(); !rest.isEmpty())
        reads.unshift(rest);
    const qsizetype count = extras->decoder->bytesOf(reads.together(), qsizetype(maxSize));
    const bool enough = maxSize >= 0 && count > 0;
    return reads.ended() && maxSize != 0 && !enough ? reads.length() : count;
}

bool Socket::Private::holdsUnfinished()
{
    return extras && extras->decoder && !reads.ended() && !reads.isEmpty() &&
           extras->decoder->bytesOf(reads.together(), -1) == 0;
}

QByteArray Socket::Private::read(qint64 maxSize)
{
    if (maxSize != 0)
        reads.readablePosted = false;
    qsizetype count = maxSize < 0 ? reads.length() : qsizetype(maxSize);
    reads.makeRoomFor(count);
    if (extras && extras->decoder)
        count = characterBytes(maxSize);
    else if (count > reads.length())
        count = reads.ended() ? reads.length() : 0;
    QByteArray bytes;
    if (count > 0)
        bytes = reads.take(count);
    if (count == 0 || holdsUnfinished())
        reads.needReadable = true;
    if (reads.isEmpty()) {
        if (!reads.ended())
            reads.needReadable = true;
        else
            postEndReadable();
    }
    if (reads.flow() != ReadSide::Flow::Paused || reads.listening)
        updateReading();
    // What is left over is given away, but a socket that has failed or closed tells of nothing more.
    if (count > 0 && !hadError && !closedTold)
        deliver(bytes);
    return bytes;
}

void Socket::Private::unshift(const QByteArray &bytes)
{
    if (bytes.isEmpty() || destroyed)
        return;
    if (reads.endEmitted()) {
        destroy(codes::unshiftAfterEnd());
        return;
    }
    if (reads.isFlowing() && reads.isEmpty()) {
        deliver(bytes);
        return;
    }
    reads.unshift(bytes);
    if (reads.needReadable)
        emitReadable();
}

bool Socket::Private::push(const QByteArray &bytes)
{
    if (destroyed)
        return false;
    if (reads.ended()) {
        destroy(codes::pushAfterEnd());
        return false;
    }
    const LifeGuard guard(this);
    if (!bytes.isEmpty())
        arrived(bytes);
    return !guard.isDead() && !reads.ended() && (reads.isEmpty() || reads.length() < reads.highWaterMark());
}

void Socket::Private::pushEnd()
{
    if (!destroyed && !reads.ended())
        peerEnded();
}

SocketPipe *Socket::Private::onlyReader() const
{
    if (!extras || extras->pipes.size() != 1 || extras->decoder || !reads.isFlowing() || !reads.isEmpty())
        return nullptr;
    // Who watches sees the bytes too.
    return probe::tap() ? nullptr : extras->pipes.constFirst().data();
}

void Socket::Private::canRead()
{
    if (armed) [[unlikely]] {
        readPaced();
        return;
    }
    if (extras && extras->onread) {
        readInto(*extras->onread);
        return;
    }
    if (SocketPipe *const pipe = onlyReader(); pipe && pipe->move())
        return;
    QByteArray bytes;
    ReadBuffer &buffer = transport.readBuffer(); // a receiver may delete us
    const socketops::IoResult result = transport.read(bytes);
    if (result.bytes == 0) {
        if (!result.error)
            peerEnded();
        else if (!result.wouldBlock())
            fail(result.error, "read");
        return;
    }
    bytesRead += quint64(result.bytes);
    noteActivity();
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->received(*this, bytes.constData(), result.bytes, bytesRead);
    arrived(bytes);
    buffer.takeBack(std::move(bytes));
}

// What is behind everything unread. A receiver may delete us.
void Socket::Private::arrived(const QByteArray &bytes)
{
    if (reads.isFlowing() && reads.isEmpty()) {
        deliver(bytes);
        return;
    }
    reads.push(bytes);
    if (!reads.wantsMore())
        setReading(false);
    if (reads.needReadable && !holdsUnfinished())
        emitReadable();
}

// Into the caller's memory, with no event but the caller's own callback.
void Socket::Private::readInto(OnRead &target, qsizetype most)
{
    std::pair<char *, qsizetype> memory = target.supply ? target.supply() : std::pair(target.buffer, target.size);
    if (most >= 0)
        memory.second = qMin(memory.second, most);
    const socketops::IoResult result = transport.readInto(memory.first, memory.second);
    if (result.bytes == 0) {
        if (!result.error)
            peerEnded();
        else if (!result.wouldBlock())
            fail(result.error, "read");
        return;
    }
    bytesRead += quint64(result.bytes);
    noteActivity();
    if (armed) [[unlikely]]
        extras->line->hasRead(result.bytes, result.bytes == most);
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->received(*this, memory.first, result.bytes, bytesRead);
    bool goOn = true;
    const bool lives = timed(probe::EventKind::Received,
                             [&] { goOn = !target.callback || target.callback(result.bytes, memory.first); });
    if (lives && !goOn && transport.isOpen())
        setReading(false);
}

void Socket::Private::peerEnded()
{
    reads.setEnded();
    setReading(false);
    if (reads.isEmpty())
        postEndReadable();
    // At once, before the end: who waits for readyRead() finds out by read() that nothing more comes.
    if (reads.listening || reads.needReadable) {
        reads.needReadable = false;
        reads.readablePosted = true;
        emitReadableNow();
    }
}

void Socket::Private::tellIfLost(bool decoded, qsizetype size)
{
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&Socket::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&Socket::text);
    if (!q->isSignalConnected(decoded ? textSignal : dataSignal))
        tell(probe::EventKind::DataLost, quint64(size));
}

// False if the socket is gone.
bool Socket::Private::deliver(const QByteArray &bytes)
{
    const bool decoded = extras && extras->decoder;
    // What read() returns is not lost: it has been taken.
    if (probe::tap() && reads.isFlowing())
        tellIfLost(decoded, bytes.size());
    if (!decoded)
        return timed(probe::EventKind::Received, [&] { Q_EMIT q->data(bytes); });
    const QString text = extras->decoder->decode(bytes);
    return text.isEmpty() || timed(probe::EventKind::Received, [&] { Q_EMIT q->text(text); });
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
    // Without an end it was that of the connection before this one.
    if (destroyed || reads.endEmitted() || !reads.isEmpty() || !reads.ended())
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
    if (!timed(probe::EventKind::PeerEnded, [this] { Q_EMIT q->ended(); }) || destroyed)
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

} // namespace net
