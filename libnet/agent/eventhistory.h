#pragma once
#include "libnet/wire/protocol.h"

#include <memory>
#include <span>

namespace net::agent {

/// The latest events, numbered from 0 over the life of the agent. Of fixed size; the oldest make room.
/// Lives in the agent's thread.
class EventHistory
{
public:
    explicit EventHistory(quint64 capacity);

    quint64 first() const { return m_next > m_capacity ? m_next - m_capacity : 0; }
    quint64 next() const { return m_next; }
    quint64 capacity() const { return m_capacity; }
    /// What first() will be once \a count more are appended.
    quint64 firstAfter(quint64 count) const { return m_next + count > m_capacity ? m_next + count - m_capacity : 0; }
    quint64 bytes() const { return (m_next - first()) * sizeof(wire::EventRecord); }

    /// At most capacity() at once.
    void append(std::span<const wire::EventRecord> records);
    /// Records from number \a from on, at most \a most: as many as lie in one piece, none at the end.
    std::span<const wire::EventRecord> piece(quint64 from, quint64 most) const;

private:
    wire::EventRecord *at(quint64 number) const
    {
        return reinterpret_cast<wire::EventRecord *>(m_bytes.get()) + number % m_capacity;
    }

    const quint64 m_capacity;
    const std::unique_ptr<std::byte[]> m_bytes;
    quint64 m_next = 0;
};

} // namespace net::agent
