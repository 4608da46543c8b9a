#include "libnet/agent/ledgerview.h"

#include <algorithm>

namespace net::agent {

LedgerView::~LedgerView()
{
    for (const auto &list : {m_entries, m_justForgotten}) {
        for (LedgerEntry *entry : list)
            delete entry;
    }
}

void LedgerView::collect()
{
    for (LedgerEntry *entry : m_justForgotten)
        delete entry;
    m_justForgotten.clear();
    ++m_tick;
    m_ledger.resetChurn();
    takeFresh();
    for (LedgerEntry *entry : m_entries) {
        const quint64 version = entry->version.load(std::memory_order_acquire);
        if (version != entry->view.version) {
            entry->view.version = version;
            compare(*entry);
        }
    }
    forgetOldest();
}

void LedgerView::takeFresh()
{
    for (LedgerEntry *entry = m_ledger.takeFresh(); entry;) {
        entry->view.ordinal = ++m_lastOrdinal;
        entry->view.createdTick = m_tick;
        m_entries.push_back(entry);
        m_byId.insert(entry->id, entry);
        LedgerEntry *const next = entry->nextFresh;
        entry->nextFresh = nullptr;
        entry = next;
    }
}

void LedgerView::compare(LedgerEntry &entry)
{
    LedgerEntry::View &view = entry.view;
    view.changedTick = m_tick;
    const quint64 described = entry.described.load(std::memory_order_relaxed);
    if (described != view.described) {
        view.described = described;
        view.describedTick = m_tick;
        view.server = m_ledger.facts(entry).server;
    }
    if (const quint64 called = entry.called.load(std::memory_order_relaxed); called != view.called) {
        view.called = called;
        view.calledTick = m_tick;
    }
    if (entry.goneAt.load(std::memory_order_relaxed) != 0 && view.goneTick == 0) {
        view.goneTick = m_tick;
        m_closed.push_back(&entry);
    }
    recount(entry);
}

// A server is not told when one of its connections closes; the connections are.
void LedgerView::recount(LedgerEntry &entry)
{
    const bool open = entry.view.goneTick == 0 && entry.state.load(std::memory_order_relaxed) != wire::State::Closed;
    const quint64 server = open && entry.kind == wire::SubjectKind::Socket ? entry.view.server : 0;
    if (server == entry.view.countedFor)
        return;
    adjust(entry.view.countedFor, -1);
    adjust(server, +1);
    entry.view.countedFor = server;
}

void LedgerView::adjust(quint64 server, int by)
{
    if (server == 0)
        return;
    const quint32 connections = m_connections.value(server) + quint32(by);
    if (connections > 0)
        m_connections.insert(server, connections);
    else
        m_connections.remove(server);
    if (LedgerEntry *entry = find(server))
        entry->view.changedTick = m_tick;
}

void LedgerView::forgetOldest()
{
    while (m_closed.size() > m_closedLimit) {
        LedgerEntry *const entry = m_closed.front();
        m_closed.pop_front();
        entry->view.forgotten = true;
        m_byId.remove(entry->id);
        m_justForgotten.push_back(entry);
        ++m_forgotten;
    }
    if (!m_justForgotten.empty())
        std::erase_if(m_entries, [](const LedgerEntry *entry) { return entry->view.forgotten; });
}

std::vector<LedgerEntry *>::const_iterator LedgerView::from(quint64 ordinal) const
{
    return std::lower_bound(m_entries.begin(), m_entries.end(), ordinal,
                            [](const LedgerEntry *entry, quint64 wanted) { return entry->view.ordinal < wanted; });
}

wire::CounterRecord LedgerView::counters(const LedgerEntry &entry) const
{
    constexpr auto relaxed = std::memory_order_relaxed;
    wire::CounterRecord record;
    record.subject = entry.id;
    record.received = entry.received.load(relaxed);
    record.sent = entry.sent.load(relaxed);
    record.queued = entry.queued.load(relaxed);
    record.readBuffered = entry.readBuffered.load(relaxed);
    record.highWaterMark = entry.highWaterMark.load(relaxed);
    record.accepted = entry.accepted.load(relaxed);
    record.dropped = entry.dropped.load(relaxed);
    record.connections = m_connections.value(entry.id);
    record.maxConnections = entry.maxConnections.load(relaxed);
    record.lastActivity = entry.lastActivity.load(relaxed);
    record.events = entry.events.load(relaxed);
    record.eventsDropped = entry.eventsDropped.load(relaxed);
    record.payloadLost = entry.payloadLost.load(relaxed);
    record.flags = entry.flags.load(relaxed);
    record.errorNumber = entry.errorNumber.load(relaxed);
    record.state = entry.state.load(relaxed);
    record.kind = entry.kind;
    return record;
}

wire::Description LedgerView::description(const LedgerEntry &entry) const
{
    quint32 thread = 0;
    const probe::Facts facts = m_ledger.facts(entry, &thread);
    wire::Description description;
    wire::DescriptionRecord &record = description.record;
    record.subject = entry.id;
    record.server = facts.server;
    record.createdAt = facts.createdAt;
    record.goneAt = entry.goneAt.load(std::memory_order_relaxed);
    record.descriptor = facts.descriptor;
    record.thread = thread;
    record.localPort = facts.local.port;
    record.remotePort = facts.remote.port;
    // A socket that has not bound yet knows its family before its ends do.
    record.localFamily = wire::Family(facts.local.isNull() ? facts.family : facts.local.family);
    record.remoteFamily = wire::Family(facts.remote.isNull() ? facts.family : facts.remote.family);
    record.kind = entry.kind;
    record.origin = wire::Origin(facts.origin);
    description.counters = counters(entry);
    description.localAddress = facts.local.address;
    description.remoteAddress = facts.remote.address;
    description.name = facts.name;
    description.errorMessage = facts.errorMessage;
    return description;
}

} // namespace net::agent
