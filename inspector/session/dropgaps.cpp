#include "inspector/session/dropgaps.h"

namespace inspector {

// Counts are told once a second, so that two losses so close are one.
static constexpr qint64 together = 1'500'000'000;
static constexpr std::size_t limit = 1000;

void DropGaps::look(quint32 process, quint64 dropped, qint64 now)
{
    Seen &seen = m_seen[process];
    if (dropped > seen.dropped) {
        const quint64 count = dropped - seen.dropped;
        const qint64 from = seen.at ? seen.at : now;
        if (!m_gaps.empty() && m_gaps.back().process == process && from - m_gaps.back().to < together) {
            m_gaps.back().to = now;
            m_gaps.back().count += count;
        } else {
            m_gaps.push_back({from, now, process, count});
        }
        if (m_gaps.size() > limit)
            m_gaps.pop_front();
    }
    seen = {dropped, now};
}

} // namespace inspector
