#include "libnet/agent/payloadstore.h"

#include <cstring>

namespace net::agent {

namespace {

constexpr quint64 alignment = alignof(wire::PayloadRecord);
constexpr quint64 largestPiece = 64 * 1024 + sizeof(wire::PayloadRecord);

quint64 aligned(quint64 size)
{
    return (size + alignment - 1) / alignment * alignment;
}

} // namespace

PayloadStore::PayloadStore(quint64 limit)
    : m_capacity(std::max(aligned(limit - limit / 8), aligned(largestPiece))),
      m_mostPieces(limit / 8 / sizeof(quint64))
{
}

const wire::PayloadRecord &PayloadStore::record(quint64 number) const
{
    return *reinterpret_cast<const wire::PayloadRecord *>(at(m_places[std::size_t(number - m_first)]));
}

QByteArrayView PayloadStore::bytesOf(quint64 number) const
{
    const wire::PayloadRecord &head = record(number);
    return {reinterpret_cast<const char *>(&head + 1), qsizetype(head.size)};
}

bool PayloadStore::hasRoomFor(const wire::PayloadRecord &record) const
{
    const quint64 size = sizeOf(record);
    return m_places.empty() ||
           (m_places.size() < m_mostPieces && placeFor(size) + size - m_places.front() <= m_capacity);
}

char *PayloadStore::append(const wire::PayloadRecord &record)
{
    Q_ASSERT(hasRoomFor(record) && sizeOf(record) <= m_capacity);
    if (!m_block)
        m_block.reset(new char[m_capacity]); // not initialised: pages that are never filled are never touched
    const quint64 place = placeFor(sizeOf(record));
    m_places.push_back(place);
    m_end = place + sizeOf(record);
    std::memcpy(at(place), &record, sizeof record);
    return at(place) + sizeof record;
}

void PayloadStore::dropFirst()
{
    m_places.pop_front();
    ++m_first;
}

void PayloadStore::clear()
{
    m_first = next();
    m_places = {};
    m_block.reset();
    m_end = 0;
}

quint64 PayloadStore::sizeOf(const wire::PayloadRecord &record)
{
    return aligned(sizeof record + record.size);
}

quint64 PayloadStore::placeFor(quint64 size) const
{
    const quint64 left = m_capacity - m_end % m_capacity;
    return size <= left ? m_end : m_end + left;
}

} // namespace net::agent
