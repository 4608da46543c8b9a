#pragma once
#include "tests/benchmarks/netbench/seat.h"

namespace bench {

/// One round: the reference and the peer right after it.
struct Pair
{
    Figures reference;
    Figures peer;
};

/// A peer's rounds of one workload. Holds no pairs and an error if it failed.
struct Result
{
    Workload workload;
    Peer peer;
    QString reference; ///< id of the other one
    QString version;
    QString referenceVersion;
    double bytesPerIdle = 0;
    double referenceBytesPerIdle = 0;
    QList<Pair> pairs;
    QString error;

    double median(double Figures::*figure) const;          ///< of the peer
    double referenceMedian(double Figures::*figure) const; ///< of the reference
    /// The quantile of the ratios of the pairs: .5 is the median.
    double ratio(double Figures::*figure, double quantile = .5) const;
    /// Whether libnet's goals are met; nothing if the workload has none or the peer is another.
    std::optional<bool> meetsGoal() const;
};

/// Plays \a rounds of \a milliseconds in turns: reference, peer, reference, peer ... on core \a cpu.
Result play(const Workload &workload, const Peer &reference, const Peer &peer, int rounds, int milliseconds, int cpu);

} // namespace bench
