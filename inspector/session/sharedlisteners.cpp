#include "inspector/session/sharedlisteners.h"

#include <algorithm>

namespace inspector {

using net::wire::CounterRecord;
using net::wire::State;

// The number of the process that forked all others, or 0: it is alone, or has ended.
quint32 SharedListeners::familyOf(int row) const
{
    int first = m_objects.processOf(row);
    if (first < 0 || !m_objects.identity(first).forkedBy)
        return 0;
    for (int above = first; above >= 0; above = m_objects.parent(above))
        first = above;
    return m_objects.identity(first).life == RowLife::Live ? m_objects.identity(first).key.process : 0;
}

std::map<SharedListeners::Place, SharedListeners::Rows> SharedListeners::listening() const
{
    std::map<Place, Rows> places;
    for (int row = 0; row < m_objects.size(); ++row) {
        const RowIdentity &identity = m_objects.identity(row);
        if (identity.kind != RowKind::Server || identity.life != RowLife::Live ||
            m_objects.counters(row).state != State::Listening || m_objects.texts(row).local.isEmpty())
            continue;
        quint32 family = familyOf(row);
        // Those of the first process itself count too, once another listens there.
        if (!family)
            family = identity.key.process;
        places[{family, m_objects.texts(row).local}].push_back(row);
    }
    return places;
}

bool SharedListeners::isLive(SubjectKey listener) const
{
    const int row = m_objects.find(listener);
    return row >= 0 && m_objects.identity(row).life == RowLife::Live;
}

void SharedListeners::update(qint64 now)
{
    std::map<Place, Rows> places = listening();
    std::erase_if(m_listeners, [&](const auto &entry) {
        const bool isOver = !places.contains(entry.first);
        if (isOver && isLive(entry.second))
            m_objects.close(m_objects.find(entry.second), now, now);
        return isOver || !isLive(entry.second);
    });
    for (const auto &[place, servers] : places) {
        auto known = m_listeners.find(place);
        // One that was shared stays so while others come and go.
        if (known == m_listeners.end()) {
            const quint32 one = m_objects.identity(servers.front()).key.process;
            if (std::ranges::all_of(servers, [&](int row) { return m_objects.identity(row).key.process == one; })) {
                for (const int row : servers)
                    m_objects.join(row, {});
                continue;
            }
            const SubjectKey key{place.first, SubjectKey::listenerBit | ++m_last};
            qint64 since = now;
            for (const int row : servers)
                since = std::min(since, m_objects.identity(row).createdAt);
            m_objects.addListener(key, place.second, since, now);
            known = m_listeners.emplace(place, key).first;
        }
        for (const int row : servers)
            m_objects.join(row, known->second);
        sum(m_objects.find(known->second), servers);
    }
}

void SharedListeners::sum(int listener, const Rows &servers)
{
    CounterRecord all = m_objects.counters(listener);
    RowRates rates;
    all.state = State::Listening;
    all.connections = all.maxConnections = 0;
    all.accepted = all.dropped = all.received = all.sent = 0;
    for (const int row : servers) {
        const CounterRecord &one = m_objects.counters(row);
        all.connections += one.connections;
        all.accepted += one.accepted;
        all.dropped += one.dropped;
        all.received += one.received;
        all.sent += one.sent;
        all.lastActivity = std::max(all.lastActivity, one.lastActivity);
        rates.in += m_objects.rates(row).in;
        rates.out += m_objects.rates(row).out;
    }
    m_objects.sum(listener, all, rates);
}

} // namespace inspector
