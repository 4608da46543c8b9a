#include "tests/benchmarks/netbench/rivals.h"

#include "tests/benchmarks/netbench/report.h"

using namespace Qt::StringLiterals;

namespace bench {

QString Rivalry::text() const
{
    return mostCpu > 0 ? u"CPU "_s + ratioText(cpu) : ratioText(rate);
}

QString Rivalry::goal() const
{
    if (mostCpu > 0)
        return u"CPU ≤ "_s + ratioText(mostCpu);
    return leastRate > 0 ? u"≥ "_s + ratioText(leastRate) : QString();
}

static Rivalry between(const Result &ours, const Result &other)
{
    Rivalry rivalry{.workload = ours.workload.id,
                    .ours = ours.peer.id,
                    .rival = other.peer.id,
                    .title = other.peer.title(ours.workload.local),
                    .rate = ours.ratio(&Figures::value) / other.ratio(&Figures::value),
                    .cpu = ours.ratio(&Figures::serverCpu) / other.ratio(&Figures::serverCpu)};
    for (const Workload::RivalGoal &goal : ours.workload.rivals) {
        if (goal.rival == other.peer.id) {
            rivalry.leastRate = goal.leastRate;
            rivalry.mostCpu = goal.mostCpu;
        }
    }
    return rivalry;
}

QList<Rivalry> rivalries(const QList<Result> &results)
{
    QList<Rivalry> all;
    for (const Result &ours : results) {
        if (!ours.peer.id.startsWith("libnet"_L1) || ours.pairs.isEmpty())
            continue;
        for (const Result &other : results) {
            const bool same = ours.workload.id == other.workload.id && ours.reference == other.reference;
            if (same && !other.peer.id.startsWith("libnet"_L1) && !other.pairs.isEmpty())
                all.append(between(ours, other));
        }
    }
    return all;
}

} // namespace bench
