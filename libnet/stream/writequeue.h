#pragma once
#include "libnet/callback.h"
#include "libnet/error.h"
#include "libnet/transport/streamtransport.h"

#include <QList>

#include <memory>

namespace net {

using WriteCallback = Callback<const Error &>;

/// The bytes that write() accepted and the kernel has not, and whose callbacks are due.
/// Owns its chunks; knows neither socket nor signals. The first write of a turn is offered to the kernel at once;
/// later ones are gathered until flush(): pieces under 4 KiB are merged into blocks, larger ones kept by reference.
class WriteQueue
{
public:
    explicit WriteQueue(qsizetype highWaterMark) : m_highWaterMark(highWaterMark) {}

    /// Accepts \a bytes. \a transport: null while not connected. \a turn: NextTick::number(); of no
    /// account unless the queue is empty.
    /// Returns an errno, or 0. Ask isFull() afterwards.
    int write(StreamTransport *transport, const QByteArray &bytes, WriteCallback &&done, quint32 turn);
    /// Offers everything, or the first \a most bytes, to the kernel, within one turn's bounds. Returns an errno, or 0.
    int flush(StreamTransport &transport, qsizetype most = -1);

    /// Bytes that went to the kernel past us, while nothing waited.
    void addSent(qsizetype bytes)
    {
        m_accepted += quint64(bytes);
        m_sent += quint64(bytes);
    }

    /// Backpressure: what waits has reached the high-water mark. A mark of 0 is reached by the first byte that waits.
    bool isFull() const { return length() > 0 && length() >= m_highWaterMark; }
    /// Bytes that the kernel has refused, or that wait for the connection. What was gathered in this turn and not
    /// yet offered does not count: it goes out with the turn.
    qsizetype length() const { return m_blocked ? size() : 0; }
    /// All bytes not yet handed to the kernel.
    qsizetype size() const { return qsizetype(m_accepted - m_sent); }
    bool isEmpty() const { return m_accepted == m_sent; }
    /// The kernel has refused: flush again once it is ready.
    bool isBlocked() const { return m_blocked; }
    /// Gathered in this turn, to be flushed at its end. Bytes that met an error are not gathered, and not sent either.
    bool needsFlush() const { return !m_blocked && m_backlog && !m_backlog->pieces.isEmpty(); }
    quint64 accepted() const { return m_accepted; }
    quint64 sent() const { return m_sent; }
    qsizetype highWaterMark() const { return m_highWaterMark; }

    bool hasDone() const;
    /// The callbacks of those writes whose bytes have all left, in order.
    QList<WriteCallback> takeDone();
    /// More than one write waits for the connection.
    bool holdsSeveral() const { return m_backlog && m_backlog->first && m_backlog->first < m_accepted; }
    /// The callback of the first write, if its bytes have left and it is the first of those that wait.
    WriteCallback takeFirstDone();
    /// All callbacks, and drops the bytes.
    QList<WriteCallback> abandon();
    /// The bytes that have not left, to be sent by somebody else: here they count as sent.
    QByteArray takeUnsent();
    /// Forgets everything, for a new connection.
    void reset();
    /// Until connected, everything waits.
    void setBlocked(bool blocked) { m_blocked = blocked; }

private:
    struct Completion
    {
        quint64 end; ///< due when so many bytes have been sent
        WriteCallback done;
    };
    struct Backlog
    {
        QList<QByteArray> pieces;
        qsizetype offset = 0;   ///< sent bytes of the first piece
        bool mergeable = false; ///< the last piece is a block of ours
        QList<Completion> completions;
        quint64 first = 0; ///< where the write ends that was the first one to wait for the connection
    };

    Backlog &backlog();
    void enqueue(const QByteArray &bytes, qsizetype from);
    void advance(qsizetype bytes);

    std::unique_ptr<Backlog> m_backlog;
    quint64 m_accepted = 0;
    quint64 m_sent = 0;
    qsizetype m_highWaterMark;
    qsizetype m_sentInTurn = 0;
    quint32 m_turn = 0;
    bool m_blocked = false;
};

} // namespace net
