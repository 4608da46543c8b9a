#include "tests/benchmarks/inspector/costfigures.h"

#include "tests/benchmarks/netbench/hookcost.h"
#include "tests/benchmarks/netbench/match.h"
#include "tests/benchmarks/netbench/report.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {
namespace {

using Verdict = Figure::Verdict;

constexpr double mostHook = 2; // ns

Figure hook(int cpu)
{
    const HookCost cost = measureHook(cpu);
    if (!cost.error.isEmpty())
        return {u"an event while nobody watches"_s, u"≤ 2 ns"_s, cost.error, Verdict::Failed};
    return {u"an event while nobody watches"_s, u"≤ 2 ns"_s, digits(cost.unwatched) + u" ns"_s,
            cost.unwatched <= mostHook ? Verdict::Met : Verdict::Missed};
}

Figure judge(const Result &result)
{
    const QString what = u"%1: %2"_s.arg(result.peer.id, result.workload.title);
    if (!result.error.isEmpty())
        return {what, goalText(result.workload), result.error, Verdict::Failed};
    const auto met = result.meetsGoal();
    return {what, met ? goalText(result.workload) : QString(),
            u"%1 (quartiles %2 to %3; CPU %4)"_s.arg(
                ratioText(result.ratio(&Figures::value)), ratioText(result.ratio(&Figures::value, .25)),
                ratioText(result.ratio(&Figures::value, .75)), ratioText(result.ratio(&Figures::serverCpu))),
            !met   ? Verdict::None
            : *met ? Verdict::Met
                   : Verdict::Missed};
}

} // namespace

FigureGroup measureCost(bool quick, int cpu)
{
    FigureGroup group{u"what the application pays; W1 as a ratio to libnet with nobody attached"_s, {hook(cpu)}};
    const QList<Peer> peers = allPeers();
    const auto peer = [&](const QString &id) {
        return *std::find_if(peers.begin(), peers.end(), [&](const Peer &each) { return each.id == id; });
    };
    const QList<Workload> workloads = allWorkloads(0);
    for (const Workload &workload : workloads) {
        if (workload.reference != "libnet"_L1)
            continue;
        for (const QString &id : workload.peers)
            group.figures.append(
                judge(play(workload, peer(workload.reference), peer(id), quick ? 5 : 9, quick ? 120 : 300, cpu)));
    }
    return group;
}

} // namespace bench
