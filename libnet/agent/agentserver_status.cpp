#include "libnet/agent/agentserver.h"
#include "libnet/agent/recorder.h"

// What the agent says of its own work.
namespace net::agent {

void AgentServer::tellStatus(qint64 now)
{
    m_statusAt = now;
    const wire::Drops drops = ringDrops();
    wire::Status status{.time = now,
                        .emitted = m_history.next() + drops.total,
                        .ringDropped = drops.total,
                        .memoryLimit = m_setup.memoryLimit,
                        .historyBytes = m_history.bytes(),
                        .payloadBytes = m_payload.bytes(),
                        .payloadLost = m_payloadLost,
                        .subjects = m_ledger.alive(),
                        .closed = m_ledger.closed(),
                        .forgotten = m_ledger.forgotten(),
                        .inspectors = m_links.size(),
                        .stacks = m_stacks.count(),
                        .stacksLost = m_stacks.lost(),
                        .loopDelay = m_pulse.delay(),
                        .worstLoopDelay = m_pulse.takeWorst()};
    status.memory = m_recorder.producers.bytes() + status.historyBytes + status.payloadBytes +
                    m_ledger.entries().size() * sizeof(LedgerEntry) + m_stacks.bytes();
    for (const LedgerEntry *entry : m_ledger.entries()) {
        status.payloadLost += entry->payloadLost.load(std::memory_order_relaxed);
        status.memory += entry->calls.load(std::memory_order_relaxed) ? sizeof(CallList) : 0;
    }
    for (const auto &link : m_links)
        link->tellStatus(status, drops);
}

wire::Drops AgentServer::ringDrops() const
{
    wire::Drops drops{.reason = wire::DropReason::Ring};
    for (quint64 kind = 0; kind < wire::eventKindLimit; ++kind) {
        if (const quint64 count = m_recorder.producers.dropped(int(kind)); count > 0) {
            drops.kinds.append({kind, count});
            drops.total += count;
        }
    }
    if (drops.total == 0)
        return drops;
    quint64 listed = 0;
    for (const LedgerEntry *entry : m_ledger.entries()) {
        if (const quint64 count = entry->eventsDropped.load(std::memory_order_relaxed); count > 0) {
            drops.subjects.append({entry->id, count});
            listed += count;
        }
    }
    drops.elsewhere = drops.total > listed ? drops.total - listed : 0;
    return drops;
}

} // namespace net::agent
