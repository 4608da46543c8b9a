#include "inspector/session/objecttable.h"

#include <algorithm>
#include <utility>

// How rows end, linger and are forgotten, and come back.

namespace inspector {

void ObjectTable::close(int row, qint64 goneAt, qint64 now)
{
    RowIdentity &identity = m_identities[row];
    if (goneAt && !identity.goneAt) {
        identity.goneAt = goneAt;
        m_changes.change(row);
    }
    if (identity.life != RowLife::Live)
        return;
    identity.life = RowLife::Closed;
    RowRates &rates = m_rates[row];
    rates.in = rates.out = rates.latestIn = rates.latestOut = 0;
    countConnection(row, false);
    // What was over before the inspector came does not linger as if it had ended just now.
    const qint64 closedAt = goneAt ? std::min(goneAt, now) : now;
    std::deque<SubjectKey> &queue = identity.kind == RowKind::Process ? m_ended : m_closed;
    const int front = queue.empty() ? -1 : find(queue.front());
    if (front >= 0 && m_marks[front].closedAt > closedAt)
        queue.push_front(identity.key);
    else
        queue.push_back(identity.key);
    m_marks[row].closedAt = closedAt;
    m_changes.change(row);
}

void ObjectTable::closeProcess(quint32 process, qint64 now)
{
    for (int row = 0; row < size(); ++row) {
        const RowIdentity &identity = m_identities[row];
        if (identity.key.process == process && identity.life == RowLife::Live)
            close(row, now, now);
    }
}

void ObjectTable::reopen(int row)
{
    RowIdentity &identity = m_identities[row];
    if (identity.life == RowLife::Live)
        return;
    if (identity.life == RowLife::Departed)
        m_changes.add(row);
    else
        m_changes.change(row);
    identity.life = RowLife::Live;
    identity.goneAt = 0;
    m_marks[row].closedAt = 0;
    countConnection(row, true);
}

void ObjectTable::countConnection(int row, bool open)
{
    const RowKind kind = m_identities[row].kind;
    // A process counts its sockets, and shows how many it has forked.
    const int process = kind == RowKind::Process ? parent(row) : processOf(row);
    if (process < 0 || kind == RowKind::Listener || kind == RowKind::Server)
        return;
    if (isSocket(kind))
        m_counters[process].connections += open ? 1 : -1;
    m_changes.change(process);
}

void ObjectTable::inherit(quint32 process, quint32 ended)
{
    const int row = find({process, 0});
    if (row < 0)
        return;
    m_identities[row].heirOf = ended;
    m_changes.change(row);
}

// It was there when its process ended, which is still to be seen.
bool ObjectTable::isHeritage(int row) const
{
    const int process = processOf(row);
    return process >= 0 && process != row && m_identities[process].life == RowLife::Closed &&
           m_marks[process].closedAt == m_marks[row].closedAt;
}

void ObjectTable::leave(int row)
{
    m_identities[row].life = RowLife::Departed;
    m_departed.push_back(m_identities[row].key);
    m_changes.remove(row);
}

void ObjectTable::depart(std::deque<SubjectKey> &queue, qint64 limit, int spared, bool inherits)
{
    while (queue.size() > static_cast<std::size_t>(spared)) {
        const SubjectKey key = queue.front();
        const int row = find(key);
        // A row that was reopened has left the queue in spirit; closing it again has queued it again.
        const bool waiting = row >= 0 && m_identities[row].life == RowLife::Closed;
        if (waiting && m_marks[row].closedAt > limit)
            break;
        queue.pop_front();
        if (!waiting)
            continue;
        if (inherits && isHeritage(row)) {
            m_heritage[key.process].push_back(key);
            continue;
        }
        leave(row);
        if (!key.isProcess())
            continue;
        for (const SubjectKey &left : m_heritage.take(key.process)) {
            const int heritage = find(left);
            if (heritage >= 0 && m_identities[heritage].life == RowLife::Closed)
                leave(heritage);
        }
    }
}

void ObjectTable::expire(qint64 limit, qint64 processLimit, int keep, int ended)
{
    depart(m_closed, limit, 0, ended > 0);
    depart(m_ended, processLimit, ended, false);
    while (m_departed.size() > static_cast<std::size_t>(keep)) {
        const int row = find(m_departed.front());
        if (row >= 0 && m_identities[row].life == RowLife::Departed)
            free(row);
        m_departed.pop_front();
    }
}

void ObjectTable::free(int row)
{
    m_rows.remove(m_identities[row].key);
    m_identities[row] = {};
    m_texts[row] = {};
    m_free.push_back(row);
}

} // namespace inspector
