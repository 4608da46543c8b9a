#pragma once
#include "tests/benchmarks/netbench/match.h"

namespace bench {

/// libnet against another library in one workload: the quotient of their ratios to the same reference.
struct Rivalry
{
    QString workload;
    QString ours;         ///< the variant of libnet
    QString rival;        ///< the other's id
    QString title;        ///< the other's name
    double rate;          ///< libnet's divided by the other's
    double cpu;           ///< libnet's CPU divided by the other's
    double leastRate = 0; ///< the goal, if there is one
    double mostCpu = 0;   ///< the goal, if there is one

    bool hasGoal() const { return leastRate > 0 || mostCpu > 0; }
    bool meetsGoal() const { return (leastRate == 0 || rate >= leastRate) && (mostCpu == 0 || cpu <= mostCpu); }
    QString text() const; ///< "1.03", or "CPU 0.48" if the goal is about that
    QString goal() const; ///< "≥ 1.2", "CPU ≤ 0.25", or nothing
};

/// Every variant of libnet against every other library in the results.
QList<Rivalry> rivalries(const QList<Result> &results);

} // namespace bench
