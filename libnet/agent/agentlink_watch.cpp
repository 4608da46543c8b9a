#include "libnet/agent/agentlink.h"
#include "libnet/agent/kernelfacts.h"
#include "libnet/agent/ledgerview.h"
#include "libnet/probe/tap.h"

// What an inspector wants to know beyond state and events.
namespace net::agent {

static constexpr qsizetype mostWatched = 256;

void AgentLink::timeSlots(bool on)
{
    if (std::exchange(m_timesSlots, on) != on)
        probe::timeSlots(on);
}

void AgentLink::watch(const wire::WatchRecord &wanted)
{
    if (wanted.subject == wire::everySocket) {
        timeSlots(wanted.what & wire::WatchedSlots);
        m_stacks.want(wanted.what & wire::WatchedStacks);
    } else if (!(wanted.what & wire::WatchedKernel)) {
        m_watched.remove(wanted.subject);
    } else if (m_watched.size() < mostWatched && m_sources.ledger.find(wanted.subject)) {
        m_watched.insert(wanted.subject);
    }
}

// Asked from here, whatever its own thread is doing: a thread that hangs is when one wants to know.
void AgentLink::tellKernel(qint64 now)
{
    QList<wire::KernelRecord> records;
    for (const quint64 subject : std::as_const(m_watched)) {
        const LedgerEntry *const entry = m_sources.ledger.find(subject);
        if (!entry || entry->goneAt.load(std::memory_order_relaxed) != 0 ||
            entry->state.load(std::memory_order_relaxed) == wire::State::Closed)
            continue;
        const wire::DescriptionRecord ends = m_sources.ledger.description(*entry).record;
        auto record = kernelFacts(ends.descriptor, ends.localPort, ends.remotePort);
        if (!record)
            continue;
        record->subject = subject;
        records.append(*record);
    }
    wire::encode(m_stream.out(), std::span(records.constData(), std::size_t(records.size())), now);
}

} // namespace net::agent
