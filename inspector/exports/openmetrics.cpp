#include "inspector/exports/openmetrics.h"

#include <functional>
#include <map>

namespace inspector {

using net::wire::CounterRecord;
using net::wire::State;

namespace {

/// A text between quotes.
QByteArray quoted(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return '"' + bytes + '"';
}

// By their numbers; those of servers are left out.
const char *socketState(State state)
{
    static constexpr const char *names[] = {"idle", "resolving", "connecting", "open", "read-ended", "write-ended"};
    const auto number = static_cast<std::size_t>(state);
    return number < std::size(names) ? names[number] : nullptr;
}

/// Lines about one thing after the other.
class Text
{
public:
    /// A family of samples begins. \a type is "gauge" or "counter"; \a unit ends the name, if there is one.
    void family(const QByteArray &name, const QByteArray &type, const QByteArray &unit, const QByteArray &help)
    {
        m_name = "libnet_" + name;
        m_bytes += "# TYPE " + m_name + ' ' + type + '\n';
        if (!unit.isEmpty())
            m_bytes += "# UNIT " + m_name + ' ' + unit + '\n';
        m_bytes += "# HELP " + m_name + ' ' + help + '\n';
        m_isCounter = type == "counter";
    }
    void sample(const QByteArray &labels, const QByteArray &value)
    {
        m_bytes += m_name + (m_isCounter ? "_total{" : "{") + labels + "} " + value + '\n';
    }
    void sample(const QByteArray &labels, quint64 value) { sample(labels, QByteArray::number(value)); }
    QByteArray finish() const { return m_bytes + "# EOF\n"; }

private:
    QByteArray m_bytes;
    QByteArray m_name;
    bool m_isCounter = false;
};

/// What is told of a row, under its labels.
struct Subject
{
    QByteArray labels;
    const CounterRecord *counters = nullptr;
};

/// What is told of a process beside that.
struct Sums
{
    std::map<QByteArray, quint64> states; ///< sockets in each
    quint64 queued = 0;
};

QByteArray processLabels(const ObjectTable &objects, int row)
{
    const RowIdentity &identity = objects.identity(row);
    return "process=" + quoted(objects.texts(row).name) + ",pid=\"" + QByteArray::number(identity.pid) + '"';
}

class Writer
{
public:
    explicit Writer(const Session &session) : m_session(session), m_objects(session.records().objects) { collect(); }

    QByteArray write()
    {
        writeProcesses();
        writeServers();
        writeAgents();
        return m_text.finish();
    }

private:
    void collect()
    {
        for (int row = 0; row < m_objects.size(); ++row) {
            const RowIdentity &identity = m_objects.identity(row);
            const int process = m_objects.processOf(row);
            if (identity.life != RowLife::Live || process < 0 || m_objects.identity(process).life != RowLife::Live)
                continue;
            const CounterRecord &counters = m_objects.counters(row);
            const QByteArray labels = processLabels(m_objects, process);
            if (identity.kind == RowKind::Process) {
                m_processes.push_back({labels, &counters});
                m_sums[labels];
            } else if (identity.kind == RowKind::Server) {
                m_servers.push_back({labels + ",server=" + quoted(m_objects.texts(row).name) +
                                         ",local=" + quoted(m_objects.texts(row).local) + ",id=\"" +
                                         QByteArray::number(identity.key.subject) + '"',
                                     &counters});
            } else if (const char *state = isSocket(identity.kind) ? socketState(counters.state) : nullptr) {
                ++m_sums[labels].states[state];
                m_sums[labels].queued += counters.queued;
            }
        }
    }

    void writeEach(const std::vector<Subject> &subjects, const std::function<quint64(const CounterRecord &)> &value)
    {
        for (const Subject &subject : subjects)
            m_text.sample(subject.labels, value(*subject.counters));
    }

    void writeProcesses()
    {
        m_text.family("received_bytes", "counter", "bytes", "Bytes that all sockets of a process have read.");
        writeEach(m_processes, [](const CounterRecord &counters) { return counters.received; });
        m_text.family("sent_bytes", "counter", "bytes", "Bytes that the system has taken from them.");
        writeEach(m_processes, [](const CounterRecord &counters) { return counters.sent; });
        m_text.family("queued_bytes", "gauge", "bytes", "Bytes written and not yet sent.");
        for (const auto &[labels, sums] : m_sums)
            m_text.sample(labels, sums.queued);
        m_text.family("sockets", "gauge", {}, "Sockets of a process by their state.");
        for (const auto &[labels, sums] : m_sums) {
            for (const auto &[state, count] : sums.states)
                m_text.sample(labels + ",state=\"" + state + '"', count);
        }
    }

    void writeServers()
    {
        m_text.family("server_connections", "gauge", {}, "Open connections of a server.");
        writeEach(m_servers, [](const CounterRecord &counters) { return quint64(counters.connections); });
        m_text.family("server_accepted", "counter", {}, "Connections that a server has accepted.");
        writeEach(m_servers, [](const CounterRecord &counters) { return counters.accepted; });
        m_text.family("server_dropped", "counter", {}, "Connections that a server has dropped for want of room.");
        writeEach(m_servers, [](const CounterRecord &counters) { return counters.dropped; });
        m_text.family("server_received_bytes", "counter", "bytes", "Bytes that a server's connections have read.");
        writeEach(m_servers, [](const CounterRecord &counters) { return counters.received; });
        m_text.family("server_sent_bytes", "counter", "bytes", "Bytes that the system has taken from them.");
        writeEach(m_servers, [](const CounterRecord &counters) { return counters.sent; });
    }

    void writeAccounts(const std::function<QByteArray(const AgentFeed::Accounts &)> &value)
    {
        for (const auto &feed : m_session.feeds()) {
            const int row = m_objects.find({feed->process(), 0});
            const QByteArray text = row < 0 ? QByteArray() : value(feed->accounts());
            if (!text.isEmpty())
                m_text.sample(processLabels(m_objects, row), text);
        }
    }

    void writeAgents()
    {
        m_text.family("event_loop_delay_seconds", "gauge", "seconds", "How late the application's event loop was.");
        writeAccounts([](const AgentFeed::Accounts &accounts) {
            return accounts.loopDelay < 0 ? QByteArray()
                                          : QByteArray::number(static_cast<double>(accounts.loopDelay) / 1e9, 'g', 9);
        });
        m_text.family("agent_memory_bytes", "gauge", "bytes", "What the agent holds in the application.");
        writeAccounts([](const AgentFeed::Accounts &accounts) { return QByteArray::number(accounts.agentMemory); });
        m_text.family("events", "counter", {}, "Events that came to the inspector.");
        writeAccounts([](const AgentFeed::Accounts &accounts) { return QByteArray::number(accounts.received); });
        m_text.family("events_dropped", "counter", {},
                      "Events that were lost on the way; the other counters are exact.");
        writeAccounts([](const AgentFeed::Accounts &accounts) {
            return QByteArray::number(accounts.ringDropped + accounts.linkDropped);
        });
    }

    const Session &m_session;
    const ObjectTable &m_objects;
    std::vector<Subject> m_processes;
    std::vector<Subject> m_servers;
    std::map<QByteArray, Sums> m_sums;
    Text m_text;
};

} // namespace

QByteArray openMetrics(const Session &session)
{
    return Writer(session).write();
}

} // namespace inspector
