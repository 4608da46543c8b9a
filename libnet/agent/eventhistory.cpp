#include "libnet/agent/eventhistory.h"

#include <algorithm>
#include <cstring>

namespace net::agent {

EventHistory::EventHistory(quint64 capacity)
    : m_capacity(capacity),
      m_bytes(new std::byte[capacity * sizeof(wire::EventRecord)])
{
}

void EventHistory::append(std::span<const wire::EventRecord> records)
{
    Q_ASSERT(records.size() <= m_capacity);
    while (!records.empty()) {
        const std::size_t count = std::min<std::size_t>(records.size(), m_capacity - m_next % m_capacity);
        std::memcpy(at(m_next), records.data(), count * sizeof(wire::EventRecord));
        m_next += count;
        records = records.subspan(count);
    }
}

std::span<const wire::EventRecord> EventHistory::piece(quint64 from, quint64 most) const
{
    Q_ASSERT(from >= first() && from <= m_next);
    return {at(from), std::size_t(std::min({most, m_next - from, m_capacity - from % m_capacity}))};
}

} // namespace net::agent
