#include "inspector/session/objecttable.h"

#include <QVarLengthArray>

#include <algorithm>
#include <utility>

namespace inspector {

using net::wire::CounterRecord;
using net::wire::DescriptionRecord;
using net::wire::EventKind;
using net::wire::Origin;
using net::wire::State;
using net::wire::SubjectKind;

// Of processes with the same id so many are looked at; a file may hold more.
static constexpr qsizetype mostOfOneId = 256;

static RowKind kindOf(const DescriptionRecord &description)
{
    if (description.kind == SubjectKind::Server)
        return RowKind::Server;
    switch (description.origin) {
    case Origin::Accepted:
        return RowKind::Accepted;
    case Origin::Adopted:
        return RowKind::Adopted;
    case Origin::Created:
        break;
    }
    return RowKind::Client;
}

bool ObjectTable::isShown(int row) const
{
    const RowLife life = m_identities[row].life;
    return life == RowLife::Live || life == RowLife::Closed;
}

int ObjectTable::serverOf(int row) const
{
    const RowIdentity &identity = m_identities[row];
    if (!identity.server || identity.kind == RowKind::Server)
        return -1;
    const int server = find({identity.key.process, identity.server});
    return server >= 0 && m_identities[server].kind == RowKind::Server ? server : -1;
}

int ObjectTable::parent(int row) const
{
    if (m_identities[row].kind == RowKind::Process)
        return m_identities[row].forkedBy ? find({m_identities[row].forkedBy, 0}) : -1;
    const int above = m_identities[row].listener.isNull() ? serverOf(row) : find(m_identities[row].listener);
    return above >= 0 ? above : processOf(row);
}

int ObjectTable::workersOf(int row) const
{
    return static_cast<int>(std::ranges::count_if(m_processes, [&](quint32 number) {
        const int worker = find({number, 0});
        return worker >= 0 && m_identities[worker].life == RowLife::Live &&
               m_identities[worker].forkedBy == m_identities[row].key.process;
    }));
}

int ObjectTable::addProcess(quint32 process, qint64 pid, const QString &name, qint64 startedAt, qint64 now)
{
    const RowIdentity identity{.key = {process, 0}, .createdAt = startedAt, .pid = pid, .life = RowLife::Live};
    m_processes.push_back(process);
    m_byPid.insert(pid, process);
    return insert(identity, {.name = name}, now);
}

void ObjectTable::relate(quint32 process, qint64 parentPid, quint32 worker)
{
    const int related = find({process, 0});
    if (related < 0)
        return;
    m_identities[related].parentPid = parentPid;
    m_identities[related].worker = worker;
    m_changes.change(related);
    if (parentPid && !m_orphans.contains(parentPid, process))
        m_orphans.insert(parentPid, process);
    findParent(process);
    // Workers may have been met before who forked them.
    QVarLengthArray<quint32, 16> waiting;
    const qint64 pid = m_identities[related].pid;
    for (auto orphan = m_orphans.constFind(pid); orphan != m_orphans.cend() && orphan.key() == pid; ++orphan) {
        if (waiting.size() < mostOfOneId)
            waiting.append(orphan.value());
    }
    for (const quint32 other : waiting)
        findParent(other);
}

void ObjectTable::findParent(quint32 process)
{
    const int row = find({process, 0});
    if (row < 0 || m_identities[row].forkedBy)
        return;
    m_identities[row].forkedBy = parentProcess(row);
    if (!m_identities[row].forkedBy)
        return;
    m_orphans.remove(m_identities[row].parentPid, process);
    m_changes.change(row);
    m_changes.change(parent(row));
}

// Process ids are used again: only who lives can be a parent, and nobody is their own ancestor.
quint32 ObjectTable::parentProcess(int row) const
{
    const qint64 pid = m_identities[row].parentPid;
    qsizetype looked = 0;
    for (auto at = m_byPid.constFind(pid); pid && at != m_byPid.cend() && at.key() == pid; ++at) {
        const int candidate = find({at.value(), 0});
        if (++looked > mostOfOneId || candidate < 0 || m_identities[candidate].life != RowLife::Live)
            continue;
        int ancestor = candidate;
        while (ancestor >= 0 && ancestor != row)
            ancestor = parent(ancestor);
        if (ancestor < 0)
            return at.value();
    }
    return 0;
}

int ObjectTable::describe(quint32 process, const DescriptionRecord &description, const RowTexts &texts, qint64 now)
{
    int row = find({process, description.subject});
    const bool isNew = row < 0;
    if (isNew) {
        RowIdentity identity;
        identity.key = {process, description.subject};
        identity.life = RowLife::Live;
        row = insert(identity, texts, now);
    }
    RowIdentity &identity = m_identities[row];
    identity.server = description.server;
    identity.createdAt = description.createdAt;
    identity.descriptor = description.descriptor;
    identity.thread = description.thread;
    identity.localPort = description.localPort;
    identity.remotePort = description.remotePort;
    identity.family =
        description.localFamily != net::wire::Family::Unspecified ? description.localFamily : description.remoteFamily;
    identity.kind = kindOf(description);
    m_texts[row] = texts;
    m_changes.change(row);
    if (isNew)
        countConnection(row, true);
    if (description.goneAt)
        close(row, description.goneAt, now);
    return row;
}

int ObjectTable::addListener(SubjectKey key, const QString &address, qint64 since, qint64 now)
{
    const RowIdentity identity{.key = key, .createdAt = since, .kind = RowKind::Listener, .life = RowLife::Live};
    return insert(identity, {.name = address, .local = address}, now);
}

void ObjectTable::join(int row, SubjectKey listener)
{
    if (m_identities[row].listener == listener)
        return;
    m_identities[row].listener = listener;
    m_changes.change(row);
}

void ObjectTable::sum(int row, const CounterRecord &counters, const RowRates &rates)
{
    CounterRecord &mine = m_counters[row];
    const bool same = mine.state == counters.state && mine.connections == counters.connections &&
                      mine.accepted == counters.accepted && mine.dropped == counters.dropped &&
                      mine.received == counters.received && mine.sent == counters.sent && m_rates[row].in == rates.in &&
                      m_rates[row].out == rates.out;
    if (same)
        return;
    mine = counters;
    m_rates[row] = rates;
    m_changes.change(row);
}

int ObjectTable::insert(const RowIdentity &identity, const RowTexts &texts, qint64 now)
{
    int row = size();
    if (m_free.empty()) {
        m_identities.emplace_back();
        m_counters.emplace_back();
        m_texts.emplace_back();
        m_rates.emplace_back();
        m_marks.emplace_back();
        m_told.emplace_back();
    } else {
        row = m_free.back();
        m_free.pop_back();
    }
    m_identities[row] = identity;
    m_counters[row] = {};
    m_texts[row] = texts;
    m_rates[row] = {};
    m_marks[row] = {.addedAt = now};
    m_told[row] = {};
    m_rows.insert(identity.key, row);
    m_changes.add(row);
    return row;
}

void ObjectTable::count(quint32 process, const CounterRecord &counters, qint64 now)
{
    const int row = find({process, counters.subject});
    if (row < 0 || counters.subject == 0)
        return;
    CounterRecord &mine = m_counters[row];
    const CounterRecord before = std::exchange(mine, counters);
    if (m_identities[row].kind == RowKind::Server) {
        mine.received = before.received;
        mine.sent = before.sent;
        mine.lastActivity = qMax(before.lastActivity, counters.lastActivity);
    } else {
        // A socket that connects again starts again at 0.
        addToParents(row, counters.received - (counters.received >= before.received ? before.received : 0),
                     counters.sent - (counters.sent >= before.sent ? before.sent : 0));
    }
    if (before.subject && (before.state != mine.state || before.flags != mine.flags))
        m_marks[row].changedAt = now;
    mark(row, before, now);
    m_changes.change(row);
    if (mine.state == State::Closed)
        close(row, 0, now);
    else if (m_identities[row].life != RowLife::Live && !m_identities[row].goneAt)
        reopen(row);
}

// What was so before the inspector came has been so since the last activity at the latest.
void ObjectTable::mark(int row, const CounterRecord &before, qint64 now)
{
    const CounterRecord &mine = m_counters[row];
    const qint64 earliest = mine.lastActivity ? mine.lastActivity : m_identities[row].createdAt;
    const qint64 since = before.subject ? now : std::min(now, earliest);
    RowMarks &marks = m_marks[row];
    const auto follow = [&](qint64 &at, quint32 flag) {
        const bool is = mine.flags & flag;
        if (!is)
            at = 0;
        else if (!at)
            at = since;
    };
    follow(marks.pausedAt, net::wire::Paused);
    follow(marks.drainAt, net::wire::NeedsDrain);
    if (!marks.stateAt || before.state != mine.state)
        marks.stateAt = since;
}

void ObjectTable::credit(int row, quint64 received, quint64 sent, qint64 lastActivity, const RowTold &told)
{
    if (!isSocket(m_identities[row].kind)) {
        m_counters[row].received = received;
        m_counters[row].sent = sent;
        m_counters[row].lastActivity = lastActivity;
    }
    m_told[row] = told;
    m_changes.change(row);
}

void ObjectTable::notice(quint32 process, std::span<const net::wire::EventRecord> events)
{
    for (const net::wire::EventRecord &event : events) {
        if (event.kind != EventKind::DataLost && event.kind != EventKind::WriteAfterEnd &&
            event.kind != EventKind::SlotReturned)
            continue;
        const int row = find({process, event.subject});
        if (row < 0)
            continue;
        RowTold &told = m_told[row];
        if (event.kind == EventKind::DataLost)
            told.dataLost += event.a;
        else if (event.kind == EventKind::WriteAfterEnd)
            ++told.lateWrites;
        else if (const auto took = static_cast<qint64>(event.b); took > told.slowestSlot)
            told.slowestSlot = took;
        else
            continue;
        m_changes.change(row);
    }
}

void ObjectTable::addToParents(int row, quint64 received, quint64 sent)
{
    if (!received && !sent)
        return;
    for (const int parent : {serverOf(row), processOf(row)}) {
        if (parent < 0)
            continue;
        m_counters[parent].received += received;
        m_counters[parent].sent += sent;
        m_counters[parent].lastActivity = qMax(m_counters[parent].lastActivity, m_counters[row].lastActivity);
        m_changes.change(parent);
    }
}

void ObjectTable::setError(int row, const QString &error)
{
    m_texts[row].error = error;
    m_changes.change(row);
}

void ObjectTable::setState(int row, State state)
{
    if (m_counters[row].state == state)
        return;
    m_counters[row].state = state;
    m_changes.change(row);
}

void ObjectTable::setRates(int row, const RowRates &rates)
{
    m_rates[row] = rates;
    m_changes.change(row);
}

} // namespace inspector
