#pragma once
#include "libnet/wire/messages.h"

#include <deque>

namespace net::agent {

/// The latest captured pieces, numbered from 0. Bounded in bytes; the oldest make room.
/// Lives in the agent's thread.
class PayloadStore
{
public:
    explicit PayloadStore(quint64 limit) : m_limit(limit) {}

    quint64 first() const { return m_first; }
    quint64 next() const { return m_first + m_pieces.size(); }
    quint64 bytes() const { return m_bytes; }
    const wire::Payload &at(quint64 number) const { return m_pieces[std::size_t(number - m_first)]; }

    bool hasRoomFor(const wire::Payload &piece) const { return m_pieces.empty() || m_bytes + cost(piece) <= m_limit; }
    void append(wire::Payload piece);
    void dropFirst();
    void clear();

private:
    static quint64 cost(const wire::Payload &piece) { return sizeof piece + quint64(piece.bytes.size()) + 32; }

    std::deque<wire::Payload> m_pieces;
    quint64 m_first = 0;
    quint64 m_bytes = 0;
    const quint64 m_limit;
};

} // namespace net::agent
