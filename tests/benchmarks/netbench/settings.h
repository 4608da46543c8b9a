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
    Peer reference;
    QList<Peer> peers;
    QStringList remarks; ///< what is missing, or smaller than asked for

    /// Ends the program with a message if the arguments make no sense.
    static Settings parse(const QCoreApplication &application);
};

} // namespace bench
