#include "libnet/agent/payloadring.h"

#include <algorithm>
#include <cstring>

namespace net::agent {

PayloadRing::PayloadRing(quint64 capacity) : m_capacity(capacity), m_bytes(new std::byte[capacity])
{
    Q_ASSERT((capacity & (capacity - 1)) == 0);
}

bool PayloadRing::push(const wire::PayloadRecord &record, const char *bytes)
{
    const quint64 head = m_head.load(std::memory_order_relaxed);
    const quint64 size = sizeof record + record.size;
    if (head + size - m_tail.load(std::memory_order_acquire) > m_capacity)
        return false;
    put(head, &record, sizeof record);
    put(head + sizeof record, bytes, record.size);
    m_head.store(head + size, std::memory_order_release);
    return true;
}

bool PayloadRing::wantsReader() const
{
    return m_head.load(std::memory_order_relaxed) - m_tail.load(std::memory_order_relaxed) >= m_capacity / 4;
}

std::optional<wire::PayloadRecord> PayloadRing::front() const
{
    const quint64 tail = m_tail.load(std::memory_order_relaxed);
    if (m_head.load(std::memory_order_acquire) == tail)
        return {};
    wire::PayloadRecord record;
    get(tail, &record, sizeof record);
    return record;
}

void PayloadRing::take(char *to)
{
    const quint64 tail = m_tail.load(std::memory_order_relaxed);
    wire::PayloadRecord record;
    get(tail, &record, sizeof record);
    get(tail + sizeof record, to, record.size);
    m_tail.store(tail + sizeof record + record.size, std::memory_order_release);
}

void PayloadRing::put(quint64 position, const void *bytes, std::size_t size)
{
    const std::size_t at = std::size_t(position & (m_capacity - 1));
    const std::size_t first = std::min(size, std::size_t(m_capacity) - at);
    std::memcpy(m_bytes.get() + at, bytes, first);
    std::memcpy(m_bytes.get(), static_cast<const char *>(bytes) + first, size - first);
}

void PayloadRing::get(quint64 position, void *bytes, std::size_t size) const
{
    const std::size_t at = std::size_t(position & (m_capacity - 1));
    const std::size_t first = std::min(size, std::size_t(m_capacity) - at);
    std::memcpy(bytes, m_bytes.get() + at, first);
    std::memcpy(static_cast<char *>(bytes) + first, m_bytes.get(), size - first);
}

} // namespace net::agent
