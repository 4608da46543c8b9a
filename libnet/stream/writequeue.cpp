#include "libnet/stream/writequeue.h"

#include <cstring>

namespace net {

namespace {

// Below this a copy into a block is cheaper than another entry of writev.
constexpr qsizetype MergeLimit = 4 * 1024;
constexpr qsizetype BlockSize = 16 * 1024;
// Gathered bytes that are sent before the turn ends, so that they do not pile up.
constexpr qsizetype FlushThreshold = 64 * 1024;
// What one turn may send synchronously; beyond it the queue counts as blocked, so that a loop around write()
// sees backpressure and the thread's other sockets get their turn.
constexpr qsizetype BytesPerTurn = 1024 * 1024;

} // namespace

WriteQueue::Backlog &WriteQueue::backlog()
{
    if (!m_backlog)
        m_backlog = std::make_unique<Backlog>();
    return *m_backlog;
}

int WriteQueue::write(StreamTransport *transport, const QByteArray &bytes, WriteCallback &&done, quint32 turn)
{
    const bool idle = isEmpty();
    m_accepted += quint64(bytes.size());
    if (!transport && !backlog().first)
        backlog().first = m_accepted;
    if (done)
        backlog().completions.append({m_accepted, std::move(done)});
    if (!transport || m_blocked) {
        enqueue(bytes, 0);
        return 0;
    }
    if (idle && turn != m_turn) {
        m_turn = turn;
        m_sentInTurn = 0;
        if (bytes.isEmpty())
            return 0;
        const socketops::IoResult result = transport->write(bytes.constData(), bytes.size());
        if (result.error && !result.wouldBlock()) {
            // Accepted all the same: they wait for whoever reports the error.
            m_blocked = true;
            enqueue(bytes, 0);
            return result.error;
        }
        m_sent += quint64(result.bytes);
        m_sentInTurn += result.bytes;
        m_blocked = result.bytes < bytes.size();
        if (m_blocked)
            enqueue(bytes, result.bytes);
        return 0;
    }
    enqueue(bytes, 0);
    return size() >= FlushThreshold ? flush(*transport) : 0;
}

int WriteQueue::flush(StreamTransport &transport, qsizetype most)
{
    m_blocked = false;
    const bool bounded = most >= 0;
    qsizetype budget = bounded ? qMin(most, BytesPerTurn) : BytesPerTurn - m_sentInTurn;
    while (!isEmpty() && m_backlog) {
        if (budget <= 0) {
            m_sentInTurn = 0;
            m_blocked = true;
            return 0;
        }
        socketops::Piece pieces[socketops::MaxPieces];
        size_t count = 0;
        qsizetype offered = 0;
        qsizetype offset = m_backlog->offset;
        for (const QByteArray &piece : std::as_const(m_backlog->pieces)) {
            if (count == socketops::MaxPieces || offered >= budget)
                break;
            // What takes part of a piece only is a fault that somebody has armed.
            const qsizetype part = bounded ? qMin(piece.size() - offset, budget - offered) : piece.size() - offset;
            pieces[count++] = {piece.constData() + offset, part};
            offered += part;
            offset = 0;
        }
        const socketops::IoResult result = transport.write({pieces, count});
        if (result.error && !result.wouldBlock())
            return result.error;
        advance(result.bytes);
        budget -= result.bytes;
        m_sentInTurn += result.bytes;
        if (result.bytes < offered) {
            m_blocked = true;
            m_sentInTurn = 0;
            return 0;
        }
    }
    return 0;
}

void WriteQueue::enqueue(const QByteArray &bytes, qsizetype from)
{
    const qsizetype count = bytes.size() - from;
    if (count == 0)
        return;
    Backlog &queue = backlog();
    if (count >= MergeLimit) {
        // By reference, unless the bytes are the caller's own memory (fromRawData), which may be gone by then.
        // Only a first piece can have been sent in part.
        Q_ASSERT(from == 0 || queue.pieces.isEmpty());
        queue.offset += from;
        const bool owned = bytes.capacity() >= bytes.size();
        queue.pieces.append(owned ? bytes : QByteArray(bytes.constData(), bytes.size()));
        queue.mergeable = false;
        return;
    }
    if (!queue.mergeable || queue.pieces.last().size() + count > BlockSize) {
        // A lone small rest is kept exact; a block is only reserved once a second piece follows.
        queue.pieces.append(QByteArray(bytes.constData() + from, count));
        queue.mergeable = true;
        return;
    }
    QByteArray &block = queue.pieces.last();
    if (block.capacity() < BlockSize)
        block.reserve(BlockSize);
    // There is room, and the block is nobody else's. append() would ask again, at three times the cost of the copy.
    QByteArray::DataPointer &memory = block.data_ptr();
    std::memcpy(memory.ptr + memory.size, bytes.constData() + from, size_t(count));
    memory.size += count;
}

void WriteQueue::advance(qsizetype bytes)
{
    m_sent += quint64(bytes);
    Backlog &queue = *m_backlog;
    qsizetype whole = 0;
    bytes += queue.offset;
    while (whole < queue.pieces.size() && bytes >= queue.pieces.at(whole).size())
        bytes -= queue.pieces.at(whole++).size();
    queue.pieces.remove(0, whole);
    queue.offset = bytes;
    if (queue.pieces.isEmpty()) {
        queue.mergeable = false;
        if (queue.completions.isEmpty())
            m_backlog.reset();
    }
}

bool WriteQueue::hasDone() const
{
    return m_backlog && !m_backlog->completions.isEmpty() && m_backlog->completions.first().end <= m_sent;
}

QList<WriteCallback> WriteQueue::takeDone()
{
    QList<WriteCallback> done;
    if (!m_backlog)
        return done;
    QList<Completion> &completions = m_backlog->completions;
    while (done.size() < completions.size() && completions.at(done.size()).end <= m_sent)
        done.append(std::move(completions[done.size()].done));
    completions.remove(0, done.size());
    if (m_backlog->pieces.isEmpty() && completions.isEmpty())
        m_backlog.reset();
    return done;
}

WriteCallback WriteQueue::takeFirstDone()
{
    if (!hasDone() || m_backlog->completions.first().end != m_backlog->first)
        return {};
    return m_backlog->completions.takeFirst().done;
}

QList<WriteCallback> WriteQueue::abandon()
{
    QList<WriteCallback> all;
    if (m_backlog) {
        for (Completion &completion : m_backlog->completions)
            all.append(std::move(completion.done));
        m_backlog.reset();
    }
    return all;
}

QByteArray WriteQueue::takeUnsent()
{
    QByteArray bytes;
    if (m_backlog) {
        for (const QByteArray &piece : std::as_const(m_backlog->pieces))
            bytes += piece;
        bytes.remove(0, m_backlog->offset);
        m_backlog->pieces.clear();
        m_backlog->offset = 0;
    }
    m_sent = m_accepted;
    m_blocked = false;
    return bytes;
}

void WriteQueue::reset()
{
    m_backlog.reset();
    m_accepted = m_sent = 0;
    m_sentInTurn = 0;
    m_blocked = false;
}

} // namespace net
