#pragma once
#include "libnet/wire/protocol.h"

#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <span>

namespace net::agent {

/// Adds to a counter that only one thread writes.
template <typename Number>
inline void bump(std::atomic<Number> &counter, Number by)
{
    counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

/// The events of one thread on their way to the agent's: one writer, one reader, no lock. A record that finds it
/// full is dropped and counted by its kind.
class EventRing
{
public:
    /// \a capacity is a power of two, or 0 for a ring that drops everything.
    explicit EventRing(quint32 capacity);

    // The writer's.
    bool push(const wire::EventRecord &record)
    {
        const quint64 head = m_head.load(std::memory_order_relaxed);
        if (head - m_knownTail == m_capacity) [[unlikely]] {
            m_knownTail = m_tail.load(std::memory_order_acquire);
            if (head - m_knownTail == m_capacity) {
                bump(m_dropped[quint16(record.kind) % m_dropped.size()], quint64(1));
                return false;
            }
        }
        std::memcpy(at(head), &record, sizeof record);
        m_head.store(head + 1, std::memory_order_release);
        return true;
    }
    /// True after each quarter of the ring.
    bool wantsReader() const { return (m_head.load(std::memory_order_relaxed) & (m_capacity / 4 - 1)) == 0; }

    // The reader's.
    /// Calls \a take with spans of all records that are there now, in order, and frees their places.
    template <typename Take>
    void drain(Take &&take)
    {
        const quint64 head = m_head.load(std::memory_order_acquire);
        quint64 tail = m_tail.load(std::memory_order_relaxed);
        while (tail != head) {
            const quint64 untilWrap = m_capacity - (tail & (m_capacity - 1));
            const std::size_t count = std::size_t(std::min(head - tail, untilWrap));
            take(std::span<const wire::EventRecord>(at(tail), count));
            tail += count;
        }
        m_tail.store(tail, std::memory_order_release);
    }
    quint64 dropped(int kind) const { return m_dropped[std::size_t(kind)].load(std::memory_order_relaxed); }
    quint32 capacity() const { return m_capacity; }

private:
    wire::EventRecord *at(quint64 position) const
    {
        return reinterpret_cast<wire::EventRecord *>(m_bytes.get()) + (position & (m_capacity - 1));
    }

    const quint32 m_capacity;
    const std::unique_ptr<std::byte[]> m_bytes;
    alignas(64) std::atomic<quint64> m_head = 0;
    quint64 m_knownTail = 0;
    std::array<std::atomic<quint64>, wire::eventKindLimit> m_dropped = {};
    alignas(64) std::atomic<quint64> m_tail = 0;
};

} // namespace net::agent
