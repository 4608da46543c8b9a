#pragma once
#include "libnet/agent/socketledger.h"
#include "libnet/wire/messages.h"

#include <QHash>

#include <deque>
#include <vector>

namespace net::agent {

/// The ledger as the agent's thread sees it: owns the entries, notes at which tick each has changed, and forgets
/// the longest closed ones. What an inspector was told up to a tick, it need not be told again.
class LedgerView
{
public:
    LedgerView(SocketLedger &ledger, std::size_t closedLimit) : m_ledger(ledger), m_closedLimit(closedLimit) {}
    ~LedgerView();
    LedgerView(const LedgerView &) = delete;
    LedgerView &operator=(const LedgerView &) = delete;

    /// Compares every entry with what was seen before: one tick.
    void collect();
    quint64 tick() const { return m_tick; }

    /// In the order in which they came; each one's ordinal is higher than that of those before.
    const std::vector<LedgerEntry *> &entries() const { return m_entries; }
    /// The first whose ordinal is at least \a ordinal.
    std::vector<LedgerEntry *>::const_iterator from(quint64 ordinal) const;
    void captureAll(bool on) { m_ledger.captureAll(on); }
    LedgerEntry *find(quint64 id) const { return m_byId.value(id); }
    /// Those forgotten by the last collect(): alive only until the next.
    const std::vector<LedgerEntry *> &justForgotten() const { return m_justForgotten; }

    wire::CounterRecord counters(const LedgerEntry &entry) const;
    wire::Description description(const LedgerEntry &entry) const;

    quint64 alive() const { return m_entries.size() - m_closed.size(); }
    quint64 closed() const { return m_closed.size(); }
    quint64 forgotten() const { return m_forgotten; }

private:
    void takeFresh();
    void compare(LedgerEntry &entry);
    void recount(LedgerEntry &entry);
    void adjust(quint64 server, int by);
    void forgetOldest();

    SocketLedger &m_ledger;
    std::vector<LedgerEntry *> m_entries;
    QHash<quint64, LedgerEntry *> m_byId;
    QHash<quint64, quint32> m_connections; ///< of each server
    std::deque<LedgerEntry *> m_closed;
    std::vector<LedgerEntry *> m_justForgotten;
    const std::size_t m_closedLimit;
    quint64 m_tick = 0;
    quint64 m_lastOrdinal = 0;
    quint64 m_forgotten = 0;
};

} // namespace net::agent
