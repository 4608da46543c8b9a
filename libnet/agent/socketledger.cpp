#include "libnet/agent/socketledger.h"

#include "libnet/agent/eventring.h"

namespace net::agent {

LedgerEntry *SocketLedger::open(const probe::Facts &facts, quint32 thread)
{
    auto *const entry = new LedgerEntry;
    entry->id = facts.id;
    entry->kind = wire::SubjectKind(facts.kind);
    entry->facts = facts;
    entry->thread = thread;
    entry->toldQueued = facts.queued;
    take(*entry, facts);
    entry->nextFresh = m_fresh.load(std::memory_order_relaxed);
    while (
        !m_fresh.compare_exchange_weak(entry->nextFresh, entry, std::memory_order_release, std::memory_order_relaxed))
        ;
    m_churn.fetch_add(1, std::memory_order_relaxed);
    return entry;
}

void SocketLedger::describe(LedgerEntry &entry, const probe::Facts &facts, quint32 thread)
{
    {
        QMutexLocker lock(&m_mutex);
        SocketAddress peer = std::move(entry.facts.remote);
        entry.facts = facts;
        // The kernel forgets the peer of a connection that was reset; who looks for a new one has none yet.
        const bool looks = facts.state == probe::State::Resolving || facts.state == probe::State::Connecting;
        if (facts.remote.isNull() && !looks)
            entry.facts.remote = std::move(peer);
        entry.thread = thread;
    }
    take(entry, facts);
    bump(entry.described, quint64(1));
    entry.publish();
}

void SocketLedger::call(LedgerEntry &entry, wire::Call call, qint64 time, quint32 stack)
{
    CallList *calls = entry.calls.load(std::memory_order_relaxed);
    if (!calls) {
        calls = new CallList;
        entry.calls.store(calls, std::memory_order_release);
    }
    MadeCall &made = calls->at(std::size_t(call) - 1);
    made.stack.store(stack, std::memory_order_relaxed);
    made.time.store(time, std::memory_order_relaxed);
    bump(entry.called, quint64(1));
    entry.publish();
}

void SocketLedger::take(LedgerEntry &entry, const probe::Facts &facts)
{
    entry.received.store(facts.received, std::memory_order_relaxed);
    entry.sent.store(facts.sent, std::memory_order_relaxed);
    entry.queued.store(facts.queued, std::memory_order_relaxed);
    entry.readBuffered.store(facts.readBuffered, std::memory_order_relaxed);
    entry.highWaterMark.store(facts.highWaterMark, std::memory_order_relaxed);
    entry.accepted.store(facts.accepted, std::memory_order_relaxed);
    entry.dropped.store(facts.dropped, std::memory_order_relaxed);
    entry.maxConnections.store(facts.maxConnections, std::memory_order_relaxed);
    entry.errorNumber.store(facts.errorNumber, std::memory_order_relaxed);
    entry.flags.store(facts.flags, std::memory_order_relaxed);
    entry.state.store(wire::State(facts.state), std::memory_order_relaxed);
}

void SocketLedger::close(LedgerEntry &entry, qint64 time)
{
    entry.goneAt.store(time, std::memory_order_relaxed);
    m_churn.fetch_add(1, std::memory_order_relaxed);
    entry.publish();
}

LedgerEntry *SocketLedger::takeFresh()
{
    LedgerEntry *newest = m_fresh.exchange(nullptr, std::memory_order_acquire);
    LedgerEntry *oldest = nullptr;
    while (newest) {
        LedgerEntry *const next = newest->nextFresh;
        newest->nextFresh = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

probe::Facts SocketLedger::facts(const LedgerEntry &entry, quint32 *thread) const
{
    QMutexLocker lock(&m_mutex);
    if (thread)
        *thread = entry.thread;
    return entry.facts;
}

} // namespace net::agent
