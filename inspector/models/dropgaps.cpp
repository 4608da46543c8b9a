#include "inspector/models/dropgaps.h"

namespace inspector {

// Counts are told once a second, so that two losses so close are one.
static constexpr qint64 together = 1'500'000'000;
static constexpr std::size_t limit = 1000;

void DropGaps::look(const Session &session, qint64 now)
{
    for (const auto &feed : session.feeds()) {
        const quint64 dropped = feed->accounts().ringDropped + feed->accounts().linkDropped;
        Seen &seen = m_seen[feed->process()];
        if (dropped > seen.dropped) {
            const quint64 count = dropped - seen.dropped;
            const qint64 from = seen.at ? seen.at : now;
            if (!m_gaps.empty() && m_gaps.back().process == feed->process() && from - m_gaps.back().to < together) {
                m_gaps.back().to = now;
                m_gaps.back().count += count;
            } else {
                m_gaps.push_back({from, now, feed->process(), count});
            }
            if (m_gaps.size() > limit)
                m_gaps.pop_front();
        }
        seen = {dropped, now};
    }
}

} // namespace inspector
