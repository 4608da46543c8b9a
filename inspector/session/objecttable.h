#pragma once
#include "inspector/session/framechanges.h"
#include "inspector/session/objectfacts.h"
#include "inspector/session/wallclock.h"

#include <QHash>

#include <deque>
#include <span>
#include <vector>

namespace inspector {

/// Every process, server and socket of a session, in columns grouped by how often they change.
/// A row keeps its number until its slot is needed again. Servers and processes carry the sums of what their
/// sockets have moved. A value: copying it freezes what it says.
class ObjectTable
{
public:
    int size() const { return static_cast<int>(m_identities.size()); } ///< slots, the free ones included
    int find(SubjectKey key) const { return m_rows.value(key, -1); }
    bool isShown(int row) const;
    /// The row of the server that accepted \a row, of the listener that it shares, else that of its process; of a
    /// process, of who forked it; else -1.
    int parent(int row) const;
    int serverOf(int row) const;
    int processOf(int row) const { return find({m_identities[row].key.process, 0}); }
    /// How many live processes that are known here the process \a row has forked.
    int workersOf(int row) const;
    /// All that there ever were; find() knows which of them still have a row.
    std::span<const quint32> processes() const { return m_processes; }

    /// The one that its times are of.
    const WallClock &clock() const { return m_clock; }
    WallClock &clock() { return m_clock; }

    const RowIdentity &identity(int row) const { return m_identities[row]; }
    const net::wire::CounterRecord &counters(int row) const { return m_counters[row]; }
    const RowTexts &texts(int row) const { return m_texts[row]; }
    const RowRates &rates(int row) const { return m_rates[row]; }
    const RowMarks &marks(int row) const { return m_marks[row]; }
    const RowTold &told(int row) const { return m_told[row]; }

    int addProcess(quint32 process, qint64 pid, const QString &name, qint64 startedAt, qint64 now);
    /// The process was forked by \a parentPid, as that cluster's worker of this number: both 0 if nobody knows.
    void relate(quint32 process, qint64 parentPid, quint32 worker);
    /// The process is the application that \a ended was before.
    void inherit(quint32 process, quint32 ended);
    /// Adds a row or changes the texts of one that is there.
    int describe(quint32 process, const net::wire::DescriptionRecord &description, const RowTexts &texts, qint64 now);
    /// Takes over the counters of a row that was described; what is unknown is ignored.
    void count(quint32 process, const net::wire::CounterRecord &counters, qint64 now);
    /// A row for an address that several servers of a family listen on.
    int addListener(SubjectKey key, const QString &address, qint64 since, qint64 now);
    /// The server \a row is one of those that share \a listener.
    void join(int row, SubjectKey listener);
    /// What those that share the listener \a row have done together.
    void sum(int row, const net::wire::CounterRecord &counters, const RowRates &rates);
    /// What a server's or a process's sockets, those that are forgotten included, have moved in all, and what was told
    /// of the row by events that are forgotten: from a recording.
    void credit(int row, quint64 received, quint64 sent, qint64 lastActivity, const RowTold &told);
    /// Takes notice of what the counters do not say.
    void notice(quint32 process, std::span<const net::wire::EventRecord> events);
    void setError(int row, const QString &error);
    void setState(int row, net::wire::State state);
    void setRates(int row, const RowRates &rates);
    /// The row is over, and its object gone since \a goneAt if that is not 0; it stays to be seen for a while.
    void close(int row, qint64 goneAt, qint64 now);
    /// Closes a process and every live row of it.
    void closeProcess(quint32 process, qint64 now);
    /// A closed row is alive again: a socket that connects once more, a process after a lost link.
    void reopen(int row);

    /// Stops showing the rows closed before \a limit, processes only if before \a processLimit, and forgets the
    /// oldest beyond \a keep departed ones. The last \a ended processes stay, with what they had open at their end.
    void expire(qint64 limit, qint64 processLimit, int keep, int ended = 0);
    /// What has changed since the last call. Rows that were removed can still be read until the next expire().
    FrameChanges takeChanges() { return m_changes.take(); }

private:
    int insert(const RowIdentity &identity, const RowTexts &texts, qint64 now);
    void mark(int row, const net::wire::CounterRecord &before, qint64 now);
    void addToParents(int row, quint64 received, quint64 sent);
    void countConnection(int row, bool open);
    void findParent(quint32 process);
    quint32 parentProcess(int row) const;
    void depart(std::deque<SubjectKey> &queue, qint64 limit, int spared, bool inherits);
    bool isHeritage(int row) const;
    void leave(int row);
    void free(int row);

    std::vector<RowIdentity> m_identities;
    std::vector<net::wire::CounterRecord> m_counters;
    std::vector<RowTexts> m_texts;
    std::vector<RowRates> m_rates;
    std::vector<RowMarks> m_marks;
    std::vector<RowTold> m_told;
    QHash<SubjectKey, int> m_rows;
    std::vector<int> m_free;
    std::vector<quint32> m_processes;
    QMultiHash<qint64, quint32> m_byPid;   ///< the same, by their ids, which are used again
    QMultiHash<qint64, quint32> m_orphans; ///< those whose parent is not known here, by its id
    std::deque<SubjectKey> m_closed;       ///< in the order they closed
    std::deque<SubjectKey> m_ended;        ///< the same, processes
    std::deque<SubjectKey> m_departed;
    QHash<quint32, std::vector<SubjectKey>> m_heritage; ///< of ended processes: what goes when they go
    ChangeList m_changes;
    WallClock m_clock;
};

} // namespace inspector
