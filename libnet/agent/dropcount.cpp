#include "libnet/agent/dropcount.h"

namespace net::agent {

namespace {
constexpr qsizetype mostSubjects = 1024;
}

void DropCount::add(std::span<const wire::EventRecord> records)
{
    for (const wire::EventRecord &record : records) {
        ++m_kinds[quint16(record.kind) % m_kinds.size()];
        if (const auto place = m_subjects.find(record.subject); place != m_subjects.end())
            ++*place;
        else if (m_subjects.size() < mostSubjects)
            m_subjects.insert(record.subject, 1);
        else
            ++m_elsewhere;
    }
    m_total += records.size();
}

wire::Drops DropCount::drops() const
{
    wire::Drops drops{.reason = wire::DropReason::Link, .total = m_total, .elsewhere = m_elsewhere};
    for (std::size_t kind = 0; kind < m_kinds.size(); ++kind) {
        if (m_kinds[kind] > 0)
            drops.kinds.append({kind, m_kinds[kind]});
    }
    for (const auto &[subject, count] : m_subjects.asKeyValueRange())
        drops.subjects.append({subject, count});
    return drops;
}

} // namespace net::agent
