#include "tests/benchmarks/netbench/seat.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace bench {

Seat::Seat(const Peer &peer, const Peer &sink, const Workload &workload, const QString &directory, int cpu)
    : m_peer(peer),
      m_sink(sink),
      m_workload(workload),
      m_directory(directory),
      m_cpu(cpu)
{
}

std::optional<QByteArray> Seat::lineOf(Child &child, int milliseconds)
{
    auto line = child.readLine(milliseconds);
    if (!line)
        m_error = child.error();
    return line;
}

std::unique_ptr<Child> Seat::startServer(const Peer &peer, const QStringList &role)
{
    auto server = std::make_unique<Child>(peer.program, peer.arguments + role, peer.environment, m_cpu);
    const auto line = lineOf(*server, 30'000); // Node takes long to start on a busy machine
    if (!line)
        return nullptr;
    const QString ready = QString::fromUtf8(*line);
    m_address = ready.section(u' ', 1, 1);
    m_version = ready.section(u' ', 2);
    if (ready.startsWith("ready "_L1))
        return server;
    m_error = u"%1 said \"%2\" instead of \"ready\""_s.arg(peer.id, ready);
    return nullptr;
}

bool Seat::open()
{
    QStringList role = {u"--role"_s, m_workload.role, u"--size"_s, QString::number(m_workload.size)};
    if (m_workload.local)
        role += {u"--listen"_s, m_directory + u'/' + m_peer.id};
    if (m_workload.role == "relay"_L1) {
        m_behind = startServer(m_sink, {u"--role"_s, u"sink"_s});
        if (!m_behind)
            return false;
        role += {u"--to"_s, m_address};
    }
    if (m_workload.role == "file"_L1) {
        const QString path = m_directory + u"/file"_s;
        if (!writeFile(path))
            return false;
        role += {u"--file"_s, path};
    }
    m_server = startServer(m_peer, role);
    // Lateness is told when the load has gone, so that each round has a load of its own.
    return m_server && startWatcher() && (m_workload.measure == Workload::Measure::Lateness || startLoad());
}

bool Seat::writeFile(const QString &path)
{
    QFile file(path);
    if (file.size() == m_workload.size)
        return true; // the other peer's
    if (file.open(QIODevice::WriteOnly) && file.write(QByteArray(m_workload.size, 'x')) == m_workload.size)
        return true;
    m_error = u"%1: %2"_s.arg(path, file.errorString());
    return false;
}

// On another core, if there is one: the inspector is not what is measured.
bool Seat::startWatcher()
{
    if (m_peer.watcher == Peer::Watcher::None)
        return true;
    const QString program = QCoreApplication::applicationDirPath() + u"/bench_watch"_s;
    if (!QFileInfo::exists(program)) {
        m_error = u"bench_watch was not built: it needs the inspector"_s;
        return false;
    }
    QStringList arguments = {u"--pid"_s, QString::number(m_server->processId())};
    if (m_peer.watcher == Peer::Watcher::Payload)
        arguments.append(u"--payload"_s);
    m_watcher = std::make_unique<Child>(program, arguments, QStringList(), m_cpu > 0 ? m_cpu - 1 : Child::AnyCore);
    return lineOf(*m_watcher, 30'000).has_value();
}

bool Seat::startLoad()
{
    const QStringList arguments = {
        u"--load"_s,        m_workload.load,
        u"--to"_s,          m_address,
        u"--server"_s,      QString::number(m_server->processId()),
        u"--connections"_s, QString::number(m_workload.connections),
        u"--idle"_s,        QString::number(m_workload.idle),
        u"--size"_s,        QString::number(m_workload.size),
    };
    m_load = std::make_unique<Child>(QCoreApplication::applicationDirPath() + u"/netbench_load"_s, arguments,
                                     QStringList(), m_cpu);
    const auto line = lineOf(*m_load, 60'000);
    if (!line)
        return false;
    m_bytesPerIdle = QJsonDocument::fromJson(*line)["bytesPerIdle"_L1].toDouble();
    return true;
}

std::optional<Figures> Seat::round(int milliseconds)
{
    const bool lateness = m_workload.measure == Workload::Measure::Lateness;
    if (lateness && !startLoad())
        return {};
    // A limited sample ends by itself; the time is then only its bound.
    const int longest = m_workload.limit > 0 ? 10'000 : milliseconds;
    m_load->writeLine("run " + QByteArray::number(longest) + ' ' + QByteArray::number(m_workload.limit));
    const auto line = lineOf(*m_load, 2 * longest + 15'000);
    if (!line)
        return {};
    const QJsonObject sample = QJsonDocument::fromJson(*line).object();
    const double nanoseconds = sample["ns"_L1].toDouble();
    const double server = sample["serverCpu"_L1].toDouble();
    const double both = server + sample["clientCpu"_L1].toDouble();
    const double messages = qMax(1.0, sample["messages"_L1].toDouble());
    const double bytes = qMax(1.0, sample["bytes"_L1].toDouble());
    if (lateness) {
        m_load->finish();
        const auto told = lineOf(*m_server, 20'000);
        if (!told)
            return {};
        const QJsonObject late = QJsonDocument::fromJson(*told).object();
        return Figures{late["p99"_L1].toDouble(), 0, 0, late["p50"_L1].toDouble(), late["max"_L1].toDouble()};
    }
    if (m_workload.measure == Workload::Measure::Bytes)
        return Figures{.value = bytes / nanoseconds * 1e3, .serverCpu = server / bytes, .bothCpu = both / bytes};
    return Figures{
        .value = messages / nanoseconds * 1e6, .serverCpu = server / messages / 1e3, .bothCpu = both / messages / 1e3};
}

} // namespace bench
