#include "inspector/models/comparison.h"

#include "inspector/models/objecttext.h"
#include "inspector/models/report.h"
#include "inspector/models/units.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <map>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Comparison)
};

using Key = std::pair<Comparison::Group, QString>;
using Tallies = std::map<Key, Tally>;

/// Counts one session.
class Counting
{
public:
    explicit Counting(const Records &records) : m_table(records.objects)
    {
        for (int row = 0; row < m_table.size(); ++row) {
            if (m_table.identity(row).life != RowLife::Free && m_table.identity(row).kind == RowKind::Server)
                m_servers.insert(m_table.texts(row).local, serverName(row));
        }
        for (int row = 0; row < m_table.size(); ++row) {
            const RowIdentity &identity = m_table.identity(row);
            if (identity.life == RowLife::Free || identity.kind == RowKind::Listener)
                continue;
            if (identity.kind == RowKind::Process)
                countProcess(row);
            else if (identity.kind == RowKind::Server)
                countServer(row);
            else
                countSocket(row);
        }
    }
    const Tallies &tallies() const { return m_tallies; }

private:
    using Group = Comparison::Group;

    static quint64 &at(Tally &tally, Measure measure) { return tally[static_cast<std::size_t>(measure)]; }
    Tally &tally(Group group, const QString &name) { return m_tallies[{group, name}]; }
    QString processName(int row) const
    {
        const int process = m_table.processOf(row);
        return process < 0 ? QString() : rowName(m_table, process);
    }
    void add(int row, Measure measure, quint64 value)
    {
        at(tally(Group::All, {}), measure) += value;
        at(tally(Group::Process, processName(row)), measure) += value;
    }
    bool hasFailed(int row) const { return m_table.counters(row).errorNumber || !m_table.texts(row).error.isEmpty(); }
    void addBytes(Tally &to, int row) const
    {
        at(to, Measure::Received) += m_table.counters(row).received;
        at(to, Measure::Sent) += m_table.counters(row).sent;
    }

    void countProcess(int row)
    {
        // Those of the process are exact, whatever was forgotten of its sockets.
        add(row, Measure::Received, m_table.counters(row).received);
        add(row, Measure::Sent, m_table.counters(row).sent);
    }

    QString serverName(int row) const
    {
        const RowTexts &texts = m_table.texts(row);
        return processName(row) + u": "_s + (texts.name.isEmpty() ? texts.local : texts.name);
    }

    void countServer(int row)
    {
        Tally &mine = tally(Group::Server, serverName(row));
        at(mine, Measure::Sockets) += m_table.counters(row).accepted;
        at(mine, Measure::Errors) += hasFailed(row);
        addBytes(mine, row);
        add(row, Measure::Sockets, m_table.counters(row).accepted);
        add(row, Measure::Errors, hasFailed(row));
    }

    void countSocket(int row)
    {
        const int server = m_table.serverOf(row);
        // Servers have counted theirs.
        if (server < 0)
            add(row, Measure::Sockets, 1);
        add(row, Measure::Errors, hasFailed(row));
        const QString peer = peerOf(row);
        if (peer.isEmpty())
            return;
        Tally &its = tally(Group::Peer, peer);
        at(its, Measure::Sockets) += 1;
        at(its, Measure::Errors) += hasFailed(row);
        addBytes(its, row);
    }

    // A server that is known here by its name, for its port may be another one in the next run; of who has called the
    // host alone, whose port means nothing.
    QString peerOf(int row) const
    {
        const QString &remote = m_table.texts(row).remote;
        const RowIdentity &identity = m_table.identity(row);
        if (const auto server = m_servers.constFind(remote); server != m_servers.cend() && !remote.isEmpty())
            return *server;
        const QString port = u':' + QString::number(identity.remotePort);
        const bool hasCalled = identity.kind == RowKind::Accepted && identity.family != net::wire::Family::Local;
        return hasCalled && remote.endsWith(port) ? remote.chopped(port.size()) : remote;
    }

    const ObjectTable &m_table;
    QHash<QString, QString> m_servers; ///< their names, by the address they listen on
    Tallies m_tallies;
};

} // namespace

QString measureTitle(Measure measure)
{
    switch (measure) {
    case Measure::Sockets:
        return Texts::tr("Sockets");
    case Measure::Received:
        return Texts::tr("Received");
    case Measure::Sent:
        return Texts::tr("Sent");
    case Measure::Errors:
        break;
    }
    return Texts::tr("Errors");
}

QString measureText(Measure measure, quint64 value)
{
    return measure == Measure::Received || measure == Measure::Sent ? bytesText(value) : countText(value);
}

QString differenceText(Measure measure, quint64 before, quint64 after)
{
    if (before == after)
        return {};
    return after > before ? u'+' + measureText(measure, after - before) : u'−' + measureText(measure, before - after);
}

QString groupTitle(Comparison::Group group)
{
    switch (group) {
    case Comparison::Group::All:
        break;
    case Comparison::Group::Process:
        return Texts::tr("Processes");
    case Comparison::Group::Server:
        return Texts::tr("Servers");
    case Comparison::Group::Peer:
        return Texts::tr("Peers");
    }
    return Texts::tr("Everything");
}

Comparison::Comparison(const Records &first, const Records &second)
{
    std::map<Key, std::pair<Tally, Tally>> both;
    both[{Group::All, {}}] = {};
    const Counting before(first);
    const Counting after(second);
    for (const auto &[key, tally] : before.tallies())
        both[key].first = tally;
    for (const auto &[key, tally] : after.tallies())
        both[key].second = tally;
    for (const auto &[key, tallies] : both)
        m_lines.push_back({key.first, key.second, tallies.first, tallies.second});
}

QString Comparison::text(const QString &first, const QString &second) const
{
    QList<QStringList> rows{{QString()}};
    QSet<int> numeric;
    for (int i = 0; i < measureCount; ++i) {
        const QString title = measureTitle(static_cast<Measure>(i)).toUpper();
        rows.first() += {title + u" 1"_s, u"2"_s, u"±"_s};
        numeric += {3 * i + 1, 3 * i + 2, 3 * i + 3};
    }
    auto group = Group::All;
    for (const Line &line : m_lines) {
        if (line.group != group)
            rows.append({groupTitle(group = line.group)});
        QStringList row{line.group == Group::All ? groupTitle(line.group) : u"  "_s + line.name};
        for (int i = 0; i < measureCount; ++i) {
            const auto measure = static_cast<Measure>(i);
            const auto place = static_cast<std::size_t>(i);
            row += {measureText(measure, line.first[place]), measureText(measure, line.second[place]),
                    differenceText(measure, line.first[place], line.second[place])};
        }
        rows.append(row);
    }
    return u"1: %1\n2: %2\n\n"_s.arg(first, second) + textTable(rows, numeric);
}

} // namespace inspector
