#pragma once
#include <QList>
#include <QString>
#include <QStringList>

namespace bench {

/// What the server and its load do, and what is measured.
struct Workload
{
    enum class Measure {
        Messages,    ///< thousand a second; CPU in µs
        Bytes,       ///< MB a second; CPU in ns per byte
        Connections, ///< thousand a second; CPU in µs
        Lateness,    ///< of a 5 ms timer, ms
    };

    /// What libnet is to reach against another library.
    struct RivalGoal
    {
        QString rival;        ///< the peer's id
        double leastRate = 0; ///< libnet's rate divided by the other's
        double mostCpu = 0;   ///< the same of the server's CPU
    };

    QString id;
    QString title;
    QString role; ///< of the server
    QString load; ///< of netbench_load
    int connections = 1;
    int idle = 0;
    int size = 64;
    bool local = false;
    Measure measure = Measure::Messages;
    QString reference = {};                  ///< the peer that others are compared with; empty: raw epoll
    QStringList peers = {};                  ///< who can take part; empty: everyone
    QString ours = QStringLiteral("libnet"); ///< the peer that the goals are meant for
    int limit = 0;                           ///< messages of one sample; 0: as many as fit into the time
    double leastRatio = 0;                   ///< libnet's goal: rate against raw
    double mostCpuRatio = 0;                 ///< libnet's goal: server CPU against raw
    double mostLate = 0;                     ///< libnet's goal: p99 in ms
    QList<RivalGoal> rivals = {};            ///< libnet's goals against others

    QString unit() const;
    QString cpuUnit() const;
    /// True if \a name is this workload's, "W4" standing for all whose name begins with "W4-".
    bool answersTo(const QString &name) const;
};

QList<Workload> allWorkloads(int idle);

} // namespace bench
