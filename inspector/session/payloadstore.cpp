#include "inspector/session/payloadstore.h"

#include "inspector/session/monotonic.h"

namespace inspector {

// What a piece costs beside its bytes; without it a million one-byte pieces would look like a megabyte.
static constexpr qsizetype pieceCost = sizeof(PayloadPiece) + 32;

// And what a subject costs of whom something was captured: its log, a deque's first block, and its places in the store.
static constexpr qsizetype logCost = 896;

// Who asks for more of the past than that is told that nothing was captured.
static constexpr qsizetype mostGone = 100'000;

void PayloadLog::append(const net::wire::Payload &payload)
{
    const net::wire::PayloadRecord &record = payload.record;
    const int side = record.direction == net::wire::Direction::Sent ? 1 : 0;
    PayloadPiece piece{.time = plausible(record.time),
                       .offset = record.offset,
                       .direction = record.direction,
                       .redacted = record.redacted != 0,
                       .streamSize = record.streamSize,
                       .bytes = payload.bytes};
    if (m_seen[side] && record.offset > m_next[side])
        piece.missing = record.offset - m_next[side];
    m_seen[side] = true;
    m_next[side] = record.offset + record.streamSize;
    m_bytes += piece.bytes.size() + pieceCost;
    m_pieces.push_back(std::move(piece));
}

void PayloadLog::dropFirst()
{
    m_bytes -= m_pieces.front().bytes.size() + pieceCost;
    m_pieces.pop_front();
    ++m_begin;
}

void PayloadStore::append(SubjectKey key, const net::wire::Payload &payload)
{
    Entry &entry = m_logs[key];
    if (!entry.log) {
        entry.log = std::make_shared<PayloadLog>();
        entry.place = m_order.insert(m_order.end(), key);
        m_bytes += logCost;
    }
    m_order.splice(m_order.end(), m_order, entry.place);
    const qsizetype before = entry.log->bytes();
    entry.log->append(payload);
    m_bytes += entry.log->bytes() - before;
    trim(key);
}

void PayloadStore::trim(SubjectKey keep)
{
    m_gone.remove(keep);
    while (m_bytes > m_capacity && m_order.front() != keep) {
        if (m_gone.size() >= mostGone)
            m_gone.clear();
        m_gone.insert(m_order.front());
        m_bytes -= m_logs.take(m_order.front()).log->bytes() + logCost;
        m_order.pop_front();
    }
    PayloadLog &log = *m_logs[keep].log;
    while (m_bytes > m_capacity && log.end() - log.begin() > 1) {
        const qsizetype before = log.bytes();
        log.dropFirst();
        m_bytes -= before - log.bytes();
    }
}

const PayloadLog *PayloadStore::find(SubjectKey key) const
{
    const auto found = m_logs.constFind(key);
    return found == m_logs.cend() ? nullptr : found->log.get();
}

void PayloadStore::clear()
{
    m_logs.clear();
    m_gone.clear();
    m_order.clear();
    m_bytes = 0;
}

} // namespace inspector
