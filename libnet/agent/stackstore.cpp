#include "libnet/agent/stackstore.h"

#include <algorithm>
#include <limits>

namespace net::agent {

namespace {

constexpr std::size_t mostStacks = 16384;
// What a stack takes besides its addresses: its place, its node in the hash, and what the agent's thread notes of it.
constexpr quint64 bytesEach = 64;

} // namespace

void StackStore::wantAlways()
{
    const QMutexLocker lock(&m_mutex);
    if (!std::exchange(m_always, true))
        want(true);
}

std::span<const quint64> StackStore::at(const Place &place) const
{
    return std::span(m_addresses).subspan(place.begin, place.size);
}

quint32 StackStore::keep(std::span<const quint64> addresses)
{
    const std::size_t hash = qHashBits(addresses.data(), addresses.size_bytes());
    const QMutexLocker lock(&m_mutex);
    for (auto found = m_numbers.constFind(hash); found != m_numbers.constEnd() && found.key() == hash; ++found) {
        if (std::ranges::equal(at(m_places[*found - 1]), addresses))
            return *found;
    }
    if (m_places.size() >= mostStacks || used() + addresses.size_bytes() + bytesEach > m_budget) {
        ++m_lost;
        return 0;
    }
    m_places.push_back({quint32(m_addresses.size()), quint32(addresses.size())});
    m_addresses.insert(m_addresses.end(), addresses.begin(), addresses.end());
    const auto number = quint32(m_places.size());
    m_numbers.insert(hash, number);
    return number;
}

quint64 StackStore::used() const
{
    return m_addresses.size() * sizeof(quint64) + m_places.size() * bytesEach;
}

quint32 StackStore::count() const
{
    const QMutexLocker lock(&m_mutex);
    return quint32(m_places.size());
}

std::vector<quint64> StackStore::addresses(quint32 stack) const
{
    const QMutexLocker lock(&m_mutex);
    const auto kept = at(m_places.at(stack - 1));
    return {kept.begin(), kept.end()};
}

quint64 StackStore::lost() const
{
    const QMutexLocker lock(&m_mutex);
    return m_lost;
}

quint64 StackStore::bytes() const
{
    const QMutexLocker lock(&m_mutex);
    return used();
}

} // namespace net::agent
