#pragma once
#include "libnet/wire/protocol.h"

#include <atomic>
#include <memory>
#include <optional>

namespace net::agent {

/// Captured pieces of one thread on their way to the agent's: one writer, one reader, no lock.
class PayloadRing
{
public:
    /// \a capacity in bytes, a power of two.
    explicit PayloadRing(quint64 capacity);

    // The writer's. False if there is no room for the whole piece.
    bool push(const wire::PayloadRecord &record, const char *bytes);
    /// True if the ring is at least a quarter full.
    bool wantsReader() const;

    // The reader's.
    /// What the next piece is, if there is one.
    std::optional<wire::PayloadRecord> front() const;
    /// Writes the bytes of the next piece, as many as its size says, to \a to, and frees its place.
    void take(char *to);
    quint64 capacity() const { return m_capacity; }

private:
    void put(quint64 position, const void *bytes, std::size_t size);
    void get(quint64 position, void *bytes, std::size_t size) const;

    const quint64 m_capacity;
    const std::unique_ptr<std::byte[]> m_bytes;
    alignas(64) std::atomic<quint64> m_head = 0;
    alignas(64) std::atomic<quint64> m_tail = 0;
};

} // namespace net::agent
