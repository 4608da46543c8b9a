#include "inspector/models/topology.h"

#include "inspector/models/objectsource.h"
#include "inspector/models/objecttext.h"
#include "inspector/models/units.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <numeric>

namespace inspector {

using namespace Qt::StringLiterals;
using Kind = TopologyNode::Kind;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Topology)
};

QString quoted(QString text)
{
    return u'"' + text.replace(u'"', u"\\\""_s) + u'"';
}

// A server on "::" sees its IPv4 peers as mapped addresses, and they do not know.
QString plainEnd(const QString &end)
{
    if (!end.startsWith("[::ffff:"_L1, Qt::CaseInsensitive))
        return end;
    const qsizetype close = end.indexOf(u']');
    return end.mid(8, close - 8) + end.mid(close + 1);
}

QString hostOf(const QString &end)
{
    const qsizetype colon = end.lastIndexOf(u':');
    return colon > 0 && !end.startsWith(u'/') ? end.left(colon) : end;
}

/// Builds the graph, socket by socket.
class Builder
{
public:
    Builder(const ObjectTable &table, const Filter &filter, qint64 now) : m_table(table), m_filter(filter), m_now(now)
    {
        for (int row = 0; row < table.size(); ++row) {
            if (!isLiveSocket(row)) {
                if (isLive(row) && table.identity(row).kind == RowKind::Server)
                    addListening(row);
                continue;
            }
            const RowTexts &texts = table.texts(row);
            if (!texts.local.isEmpty() && !texts.remote.isEmpty())
                m_ends.insert({plainEnd(texts.local), plainEnd(texts.remote)}, row);
        }
    }

    Topology build()
    {
        std::vector<int> local; // accepted over a path: they do not know their peers
        for (int row = 0; row < m_table.size(); ++row) {
            if (!isLive(row) || !passes(row))
                continue;
            const RowKind kind = m_table.identity(row).kind;
            if (kind == RowKind::Server)
                serverNode(row);
            else if (kind == RowKind::Client)
                addClient(row);
            else if (kind == RowKind::Accepted && m_table.identity(row).family == net::wire::Family::Local)
                local.push_back(row);
            else if (isSocket(kind))
                addAccepted(row);
        }
        for (const int row : local)
            addLocal(row);
        return sorted();
    }

private:
    bool isLive(int row) const { return m_table.identity(row).life == RowLife::Live; }
    bool isLiveSocket(int row) const { return isLive(row) && isSocket(m_table.identity(row).kind); }
    bool passes(int row) const { return m_filter.isEmpty() || m_filter.matches(ObjectSource(m_table, row, m_now)); }
    int otherEnd(int row) const
    {
        const RowTexts &texts = m_table.texts(row);
        return m_ends.value({plainEnd(texts.remote), plainEnd(texts.local)}, -1);
    }

    /// The place of what \a places knows by \a key; where there is none yet, \a make makes it. That costs more than
    /// all else, and ten thousand sockets share a few nodes.
    template <typename Key>
    int node(QHash<Key, int> &places, const Key &key, auto make)
    {
        const auto found = places.constFind(key);
        if (found != places.cend())
            return *found;
        const int place = static_cast<int>(m_topology.nodes.size());
        m_topology.nodes.push_back(make());
        places.insert(key, place);
        return place;
    }
    int processNode(int row, bool right)
    {
        const SubjectKey key{m_table.identity(row).key.process, 0};
        return node(right ? m_processesRight : m_processesLeft, key, [&]() -> TopologyNode {
            const int process = m_table.processOf(row);
            const QString name = process < 0 ? QString() : rowName(m_table, process);
            return {.kind = Kind::Process,
                    .right = right,
                    .key = key,
                    .title = process < 0 ? name : rowTitle(m_table, process),
                    .condition = u"process="_s + quoted(name)};
        });
    }
    void addListening(int row)
    {
        m_listening.insert(plainEnd(m_table.texts(row).local), row);
        if (const SubjectKey listener = m_table.identity(row).listener; !listener.isNull())
            m_sharers[m_table.find(listener)].push_back(row);
    }
    // What the connections of \a server have in common.
    QString acceptedBy(int server) const
    {
        const int process = m_table.processOf(server);
        return u"server=%1 pid=%2"_s.arg(quoted(rowName(m_table, server)))
            .arg(process < 0 ? 0 : m_table.identity(process).pid);
    }
    int serverNode(int row)
    {
        const int listener = m_table.find(m_table.identity(row).listener);
        const SubjectKey key = m_table.identity(listener < 0 ? row : listener).key;
        return node(m_servers, key, [&] {
            const int process = m_table.processOf(row);
            TopologyNode server{.kind = Kind::Server,
                                .right = true,
                                .key = key,
                                .title = rowName(m_table, row) + u"  "_s + m_table.texts(row).local.section(u'/', -1),
                                .subtitle = process < 0 ? QString() : rowTitle(m_table, process),
                                .condition = acceptedBy(row)};
            if (const std::vector<int> sharers = m_sharers.value(listener); listener >= 0 && !sharers.empty()) {
                QStringList conditions;
                for (const int sharer : sharers)
                    conditions += acceptedBy(sharer);
                server.condition = u'(' + conditions.join(u" or "_s) + u')';
                server.subtitle = Texts::tr("%1 processes").arg(countText(sharers.size()));
            }
            return server;
        });
    }
    /// \a condition tells what its sockets have in common.
    int peerNode(const QString &peer, bool right, auto condition)
    {
        return node(right ? m_peersRight : m_peersLeft, peer, [&]() -> TopologyNode {
            return {.kind = Kind::Peer, .right = right, .title = peer, .condition = condition()};
        });
    }

    void connect(int from, int to, int row, bool isLeft)
    {
        TopologyEdge &edge = m_edges.try_emplace({from, to}, TopologyEdge{.from = from, .to = to}).first->second;
        const RowRates &rates = m_table.rates(row);
        ++edge.connections;
        edge.forth += isLeft ? rates.out : rates.in;
        edge.back += isLeft ? rates.in : rates.out;
        edge.waits = edge.waits || m_table.counters(row).flags & (net::wire::NeedsDrain | net::wire::Paused);
        ++m_topology.nodes[static_cast<std::size_t>(from)].connections;
        ++m_topology.nodes[static_cast<std::size_t>(to)].connections;
    }

    int ownerOf(int row)
    {
        const int server = m_table.serverOf(row);
        return server >= 0 ? serverNode(server) : processNode(row, true);
    }

    void addClient(int row)
    {
        const int other = otherEnd(row);
        const QString remote = plainEnd(m_table.texts(row).remote);
        int to = -1;
        if (other >= 0) {
            to = ownerOf(other);
            m_joined.insert(other);
        } else if (const int server = m_listening.value(remote, -1); server >= 0) {
            to = serverNode(server);
            ++m_localClients[server];
        } else if (!remote.isEmpty()) {
            to = peerNode(remote, true, [&] { return u"remote="_s + quoted(m_table.texts(row).remote); });
        } else {
            return;
        }
        connect(processNode(row, false), to, row, true);
    }
    void addAccepted(int row)
    {
        const int other = otherEnd(row);
        if (m_joined.contains(row) || (other >= 0 && m_table.identity(other).kind == RowKind::Client && passes(other)))
            return;
        const QString host = hostOf(plainEnd(m_table.texts(row).remote));
        const int from = other >= 0 ? processNode(other, false)
                                    : peerNode(host, false, [&] { return u"remote:*%1*:*"_s.arg(host); });
        connect(from, ownerOf(row), row, false);
    }
    // Paths have no ports: as many of the accepted as there are clients on that path are theirs.
    void addLocal(int row)
    {
        const int server = m_table.serverOf(row);
        int &clients = m_localClients[server];
        if (server >= 0 && clients > 0) {
            --clients;
            return;
        }
        const int peers = peerNode(Texts::tr("local peers"), false, [] { return u"family:local kind:accepted"_s; });
        connect(peers, ownerOf(row), row, false);
    }

    // The smallest peers of a side share a node when there are too many to read.
    void merge(bool right, std::vector<int> &target)
    {
        std::vector<int> peers;
        for (int i = 0; i < static_cast<int>(m_topology.nodes.size()); ++i) {
            const TopologyNode &at = m_topology.nodes[static_cast<std::size_t>(i)];
            if (at.kind == Kind::Peer && at.right == right)
                peers.push_back(i);
        }
        if (static_cast<int>(peers.size()) <= Topology::mostPeers)
            return;
        std::ranges::stable_sort(peers, std::ranges::greater(),
                                 [this](int i) { return m_topology.nodes[static_cast<std::size_t>(i)].connections; });
        TopologyNode others{.kind = Kind::OtherPeers, .right = right};
        const auto first = static_cast<std::size_t>(Topology::mostPeers - 1);
        for (std::size_t i = first; i < peers.size(); ++i)
            others.connections += m_topology.nodes[static_cast<std::size_t>(peers[i])].connections;
        others.title = Texts::tr("%1 other peers").arg(countText(peers.size() - first));
        const int place = static_cast<int>(m_topology.nodes.size());
        m_topology.nodes.push_back(others);
        target.push_back(place);
        for (std::size_t i = first; i < peers.size(); ++i)
            target[static_cast<std::size_t>(peers[i])] = place;
    }

    Topology sorted()
    {
        std::vector<int> target(m_topology.nodes.size());
        std::iota(target.begin(), target.end(), 0);
        merge(false, target);
        merge(true, target);
        std::vector<int> order;
        for (int i = 0; i < static_cast<int>(target.size()); ++i) {
            if (target[static_cast<std::size_t>(i)] == i)
                order.push_back(i);
        }
        // Always the same order: what one looks at must not jump with every byte.
        std::ranges::sort(order, {}, [this](int i) {
            const TopologyNode &at = m_topology.nodes[static_cast<std::size_t>(i)];
            const int rank = at.kind == Kind::OtherPeers ? 2 : at.kind == Kind::Peer ? 1 : 0;
            return std::tuple(at.right, rank, at.key.process, at.key.subject, at.title);
        });
        std::vector<int> place(target.size(), -1);
        Topology result;
        for (const int i : order) {
            place[static_cast<std::size_t>(i)] = static_cast<int>(result.nodes.size());
            result.nodes.push_back(m_topology.nodes[static_cast<std::size_t>(i)]);
        }
        std::map<std::pair<int, int>, TopologyEdge> edges;
        for (const auto &[ends, edge] : m_edges) {
            const auto at = [&](int i) {
                return place[static_cast<std::size_t>(target[static_cast<std::size_t>(i)])];
            };
            const std::pair now(at(edge.from), at(edge.to));
            TopologyEdge &sum = edges.try_emplace(now, TopologyEdge{.from = now.first, .to = now.second}).first->second;
            sum.connections += edge.connections;
            sum.forth += edge.forth;
            sum.back += edge.back;
            sum.waits = sum.waits || edge.waits;
        }
        for (const auto &[ends, edge] : edges)
            result.edges.push_back(edge);
        return result;
    }

    const ObjectTable &m_table;
    const Filter &m_filter;
    qint64 m_now;
    QHash<std::pair<QString, QString>, int> m_ends; ///< local and remote end: the row
    QHash<QString, int> m_listening;                ///< local end: the server's row
    QHash<int, std::vector<int>> m_sharers;         ///< by shared listener: the rows of its servers
    QHash<int, int> m_localClients;                 ///< by server: clients whose accepted end is not known
    QSet<int> m_joined;                             ///< accepted rows that their clients stand for
    QHash<SubjectKey, int> m_servers;               ///< places of nodes, by what they stand for
    QHash<SubjectKey, int> m_processesLeft;
    QHash<SubjectKey, int> m_processesRight;
    QHash<QString, int> m_peersLeft;
    QHash<QString, int> m_peersRight;
    std::map<std::pair<int, int>, TopologyEdge> m_edges;
    Topology m_topology;
};

} // namespace

Topology topologyOf(const ObjectTable &table, const Filter &filter, qint64 now)
{
    return Builder(table, filter, now).build();
}

} // namespace inspector
