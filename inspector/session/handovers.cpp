#include "inspector/session/handovers.h"

namespace inspector {

using net::wire::EventKind;

void Handovers::take(quint32 process, std::span<const net::wire::EventRecord> events)
{
    for (const net::wire::EventRecord &event : events) {
        const auto kind = static_cast<EventKind>(event.kind);
        if ((kind != EventKind::HandedOver && kind != EventKind::TakenOver) || !event.a)
            continue;
        const SubjectKey key{process, event.subject};
        if (!m_ways.contains(event.a))
            m_order.push_back(event.a);
        QList<SubjectKey> &way = m_ways[event.a];
        if (!way.contains(key) && way.size() < longestWay)
            way.append(key);
        if (way.contains(key))
            m_cookies.insert(key, event.a);
    }
    while (m_order.size() > kept) {
        for (const SubjectKey &key : m_ways.take(m_order.front()))
            m_cookies.remove(key);
        m_order.pop_front();
    }
}

QList<SubjectKey> Handovers::others(SubjectKey key) const
{
    const auto cookie = m_cookies.constFind(key);
    if (cookie == m_cookies.cend())
        return {};
    QList<SubjectKey> way = m_ways.value(*cookie);
    way.removeAll(key);
    return way;
}

} // namespace inspector
