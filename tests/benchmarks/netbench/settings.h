#pragma once
#include "tests/benchmarks/netbench/peer.h"
#include "tests/benchmarks/netbench/workload.h"

#include <QCoreApplication>

namespace bench {

/// What the command line asks for.
struct Settings
{
    bool json = false;
    int rounds = 9;
    int milliseconds = 300; ///< of one sample
    int cpu = 0;            ///< the core that server and load share
    bool hook = false;      ///< measure what the probe costs
    QList<Workload> workloads;
    QList<Peer> references; ///< raw epoll, and whom else a workload compares with
    QList<Peer> peers;
    bool markdown = false; ///< the table for the README
    bool scale = false;    ///< measure thousands of connections
    bool window = false;   ///< measure the inspector
    bool quick = false;
    QStringList named;   ///< peers that were asked for
    QStringList remarks; ///< what is missing, or smaller than asked for

    /// Ends the program with a message if the arguments make no sense.
    static Settings parse(const QCoreApplication &application);

    /// Those that take part in \a workload.
    QList<Peer> peersOf(const Workload &workload) const;
    /// Whom \a workload compares them with.
    Peer referenceOf(const Workload &workload) const;
};

} // namespace bench
