#include "libnet/faultline_p.h"
#include "libnet/server_p.h"
#include "libnet/socket_p.h"
#include "libnet/transport/handlepassing.h"

// How a socket goes from one process to another.

namespace net {

SocketCargo Socket::Private::handOver(bool keepOpen, qint64 process)
{
    SocketCargo cargo;
    if (!transport.isOpen() || isConnecting())
        return cargo;
    const quint64 cookie = socketops::cookieOf(transport.descriptor());
    cargo.allowHalfOpen = allowHalfOpen;
    cargo.paused = reads.flow() == ReadSide::Flow::Paused;
    cargo.peerEnded = reads.ended();
    cargo.toldEnded = reads.endEmitted();
    cargo.finished = finalCalled;
    if (keepOpen) {
        cargo.descriptor = socketops::duplicate(transport.descriptor());
        tell(probe::EventKind::HandedOver, cookie, quint64(process));
        return cargo;
    }
    disarm();
    // What the kernel takes now need not travel. An error comes up again at the other side.
    flushTurn();
    cargo.unsent = writes.takeUnsent();
    cargo.ending = ending;
    while (!reads.isEmpty())
        cargo.unread += reads.take();
    if (counted) {
        counted = false;
        cargo.census = census;
        census->sentAway();
    }
    rememberEnds();
    tell(probe::EventKind::HandedOver, cookie, quint64(process));
    cargo.descriptor = transport.release();
    const QList<WriteCallback> sent = writes.takeDone();
    for (const WriteCallback &done : sent)
        NextTick::current().post(this, [done] { done(Error()); });
    destroy({});
    return cargo;
}

void Socket::Private::takeOver(SocketCargo cargo, qint64 process)
{
    allowHalfOpen = cargo.allowHalfOpen;
    autoDelete = true;
    if (cargo.census) {
        census = std::move(cargo.census);
        counted = true;
    }
    if (cargo.paused)
        reads.setFlow(ReadSide::Flow::Paused);
    if (cargo.peerEnded)
        reads.setEnded();
    if (cargo.toldEnded)
        reads.setEndEmitted();
    ending = finalCalled = finished = cargo.finished;
    adopt(std::move(cargo.descriptor), probe::Origin::Adopted);
    if (!cargo.unread.isEmpty()) {
        reads.push(cargo.unread);
        bytesRead += quint64(cargo.unread.size());
    }
    if (!cargo.unsent.isEmpty())
        write(cargo.unsent, {});
    if (cargo.ending && !cargo.finished)
        end({});
    tell(probe::EventKind::TakenOver, socketops::cookieOf(transport.descriptor()), quint64(process));
}

} // namespace net
