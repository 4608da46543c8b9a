#include "inspector/session/kernelstates.h"

#include "inspector/session/monotonic.h"

namespace inspector {

using net::wire::KernelRecord;

static constexpr qint64 second = 1'000'000'000;

void KernelStates::take(quint32 process, const net::wire::Batch<KernelRecord> &batch, const ObjectTable &objects)
{
    const qint64 now = plausible(static_cast<qint64>(batch.stamp));
    forget(now);
    for (const KernelRecord &record : batch.records) {
        const SubjectKey key{process, record.subject};
        if (objects.find(key) < 0)
            continue;
        Entry &entry = m_entries[key];
        if (!entry.beforeAt) {
            entry.before = record;
            entry.beforeAt = now;
        }
        // The totals are those of the connection, and a socket may have got another.
        const bool goesOn = record.busy > entry.before.busy && record.peerLimited >= entry.before.peerLimited;
        if (goesOn)
            entry.state.peerLimited = std::min(1.0, static_cast<double>(record.peerLimited - entry.before.peerLimited) /
                                                        static_cast<double>(record.busy - entry.before.busy));
        if (now - entry.beforeAt >= second || record.busy < entry.before.busy) {
            entry.before = record;
            entry.beforeAt = now;
        }
        entry.state.record = record;
        entry.state.at = now;
    }
}

const KernelState *KernelStates::find(SubjectKey key, qint64 now) const
{
    const auto found = m_entries.constFind(key);
    return found == m_entries.cend() || now - found->state.at > second ? nullptr : &found->state;
}

void KernelStates::forget(qint64 now)
{
    m_entries.removeIf([now](auto entry) { return now - entry->state.at > 2 * second; });
}

} // namespace inspector
