#include "libnet/agent/producer.h"

#include <algorithm>
#include <bit>

namespace net::agent {

namespace {

// A million events a second fill it in 32 ms; the agent is roused after 8.
constexpr quint64 largestRing = 32768;
constexpr quint64 smallestRing = 512;
constexpr quint64 largestPayloadRing = 2 * 1024 * 1024;
constexpr quint64 smallestPayloadRing = 128 * 1024;

} // namespace

Producer *ProducerList::add(quint32 thread)
{
    QMutexLocker lock(&m_mutex);
    const quint64 affordable = m_eventBudget / sizeof(wire::EventRecord);
    // A quarter of what is left, so that there is always something for the next thread.
    quint64 capacity = std::min(largestRing, std::bit_floor(std::max(affordable / 4, smallestRing)));
    if (capacity > affordable)
        capacity = 0;
    m_eventBudget -= capacity * sizeof(wire::EventRecord);
    m_bytes += capacity * sizeof(wire::EventRecord);
    return m_producers.emplace_back(std::make_unique<Producer>(thread, quint32(capacity))).get();
}

PayloadRing *ProducerList::addPayload(Producer &producer)
{
    QMutexLocker lock(&m_mutex);
    const quint64 capacity =
        std::min(largestPayloadRing, std::bit_floor(std::max(m_payloadBudget / 2, smallestPayloadRing)));
    if (capacity > m_payloadBudget)
        return nullptr;
    m_payloadBudget -= capacity;
    m_bytes += capacity;
    auto *const ring = new PayloadRing(capacity);
    producer.payload.store(ring, std::memory_order_release);
    return ring;
}

void ProducerList::countLate(wire::EventKind kind)
{
    QMutexLocker lock(&m_mutex);
    ++m_droppedElsewhere[quint16(kind) % m_droppedElsewhere.size()];
}

std::vector<Producer *> ProducerList::producers() const
{
    QMutexLocker lock(&m_mutex);
    std::vector<Producer *> all;
    all.reserve(m_producers.size());
    for (const auto &producer : m_producers)
        all.push_back(producer.get());
    return all;
}

void ProducerList::remove(Producer *producer)
{
    QMutexLocker lock(&m_mutex);
    for (std::size_t kind = 0; kind < m_droppedElsewhere.size(); ++kind)
        m_droppedElsewhere[kind] += producer->events.dropped(int(kind));
    const quint64 eventBytes = producer->events.capacity() * sizeof(wire::EventRecord);
    const PayloadRing *const payload = producer->payload.load(std::memory_order_acquire);
    const quint64 payloadBytes = payload ? payload->capacity() : 0;
    m_eventBudget += eventBytes;
    m_payloadBudget += payloadBytes;
    m_bytes -= eventBytes + payloadBytes;
    std::erase_if(m_producers, [producer](const auto &each) { return each.get() == producer; });
}

quint64 ProducerList::dropped(int kind) const
{
    QMutexLocker lock(&m_mutex);
    quint64 count = m_droppedElsewhere[std::size_t(kind)];
    for (const auto &producer : m_producers)
        count += producer->events.dropped(kind);
    return count;
}

quint64 ProducerList::bytes() const
{
    QMutexLocker lock(&m_mutex);
    return m_bytes;
}

} // namespace net::agent
