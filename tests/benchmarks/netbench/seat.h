#pragma once
#include "tests/benchmarks/netbench/child.h"
#include "tests/benchmarks/netbench/peer.h"
#include "tests/benchmarks/netbench/workload.h"

#include <memory>

namespace bench {

/// What one round of one peer has shown.
struct Figures
{
    double value = 0;     ///< in the workload's unit
    double serverCpu = 0; ///< in the workload's unit of CPU time
    double bothCpu = 0;   ///< server and load
    double p50 = 0;       ///< lateness only, ms
    double max = 0;       ///< lateness only, ms
};

/// A server of one peer with the load in front of it.
class Seat
{
public:
    /// \a sink is the peer that a relay sends to.
    Seat(const Peer &peer, const Peer &sink, const Workload &workload, const QString &directory, int cpu);
    /// Starts both and opens the connections; false with error().
    bool open();
    /// One sample; nothing with error().
    std::optional<Figures> round(int milliseconds);

    QString version() const { return m_version; }
    qint64 serverProcess() const { return m_server ? m_server->processId() : 0; }
    double bytesPerIdle() const { return m_bytesPerIdle; } ///< of the server's private memory
    QString error() const { return m_error; }

private:
    /// Starts a server and reads its address.
    std::unique_ptr<Child> startServer(const Peer &peer, const QStringList &role);
    bool startLoad();
    /// Attaches an inspector to the server, if the peer is to have one.
    bool startWatcher();
    /// A file for the server to send, in the directory.
    bool writeFile(const QString &path);
    std::optional<QByteArray> lineOf(Child &child, int milliseconds);

    Peer m_peer;
    Peer m_sink;
    Workload m_workload;
    QString m_directory;
    int m_cpu;
    std::unique_ptr<Child> m_behind; ///< the relay's destination
    std::unique_ptr<Child> m_server;
    std::unique_ptr<Child> m_load;
    std::unique_ptr<Child> m_watcher;
    QString m_address;
    QString m_version;
    double m_bytesPerIdle = 0;
    QString m_error;
};

} // namespace bench
