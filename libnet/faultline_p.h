#pragma once
#include "libnet/probe/order.h"

#include <QTimer>

#include <functional>

namespace net {

/// What stands between an armed socket and its descriptor: says how many bytes may be read or sent now, and rings
/// when that changes, or when the plan is lifted. It holds no bytes itself: what may not be read stays in the kernel,
/// what may not be sent in the socket's own queue, so that nothing can be lost or overtake.
class FaultLine
{
public:
    /// \a ring runs in the thread of \a socket; \a passed are the bytes of both directions up to now.
    FaultLine(std::shared_ptr<const probe::FaultPlan> plan, QObject *socket, quint64 passed,
              std::function<void()> ring);
    ~FaultLine();

    bool isLifted() const { return m_plan->lifted.load(std::memory_order_acquire); }

    /// Bytes that may be read now; with 0 it rings later.
    qsizetype readable() { return allow(m_reading); }
    void hasRead(qsizetype bytes, bool mayBeMore) { moved(m_reading, bytes, mayBeMore); }
    /// Something waits to be sent: rings when it may.
    void awaitSending();
    qsizetype sendable() { return allow(m_sending); }
    void hasSent(qsizetype bytes, bool waitsForMore) { moved(m_sending, bytes, waitsForMore); }
    /// Whether the FIN may go out now; if not, it rings later.
    bool mayFinish();
    /// The plan wants the connection reset.
    bool isSpent() const { return m_plan->resetAfter && m_passed >= *m_plan->resetAfter; }

    bool isReadingStopped = false; ///< by us: to be started again when it rings

private:
    /// One direction; ns of a monotonic clock.
    struct Pace
    {
        qint64 due = -1;   ///< when what waits may go; -1: nothing waits
        qint64 freeAt = 0; ///< when the bandwidth allows the next byte
    };
    qsizetype allow(Pace &pace);
    void moved(Pace &pace, qsizetype bytes, bool more);
    qint64 delay() const;
    void ringAt(qint64 time);
    void rang();

    const std::shared_ptr<const probe::FaultPlan> m_plan;
    const std::function<void()> m_ring;
    QTimer *m_timer; ///< a child of the socket, so that it changes threads along with it
    Pace m_reading;
    Pace m_sending;
    qint64 m_finishDue = -1;
    quint64 m_passed = 0; ///< bytes since it was armed
};

} // namespace net
