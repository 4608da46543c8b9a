#include "tests/benchmarks/netbench/match.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bench {

static double quantileOf(QList<double> values, double quantile)
{
    if (values.isEmpty())
        return std::nan("");
    std::sort(values.begin(), values.end());
    const double place = quantile * static_cast<double>(values.size() - 1);
    const auto below = static_cast<qsizetype>(place);
    const auto above = std::min(below + 1, values.size() - 1);
    return values[below] + (values[above] - values[below]) * (place - static_cast<double>(below));
}

double Result::median(double Figures::*figure) const
{
    QList<double> values;
    for (const Pair &pair : pairs)
        values.append(pair.peer.*figure);
    return quantileOf(values, .5);
}

double Result::referenceMedian(double Figures::*figure) const
{
    QList<double> values;
    for (const Pair &pair : pairs)
        values.append(pair.reference.*figure);
    return quantileOf(values, .5);
}

double Result::ratio(double Figures::*figure, double quantile) const
{
    QList<double> values;
    for (const Pair &pair : pairs)
        values.append(pair.peer.*figure / std::max(pair.reference.*figure, 1e-9));
    return quantileOf(values, quantile);
}

std::optional<bool> Result::meetsGoal() const
{
    const bool any = workload.leastRatio > 0 || workload.mostCpuRatio > 0 || workload.mostLate > 0;
    if (!any || (peer.id != workload.ours && peer.id != workload.ours + u"-epoll"_s) || pairs.isEmpty())
        return {};
    return (workload.leastRatio == 0 || ratio(&Figures::value) >= workload.leastRatio) &&
           (workload.mostCpuRatio == 0 || ratio(&Figures::serverCpu) <= workload.mostCpuRatio) &&
           (workload.mostLate == 0 || median(&Figures::value) <= workload.mostLate);
}

Result play(const Workload &workload, const Peer &reference, const Peer &peer, int rounds, int milliseconds, int cpu)
{
    Result result;
    result.workload = workload;
    result.peer = peer;
    result.reference = reference.id;
    const QTemporaryDir directory;
    Seat first(reference, reference, workload, directory.path(), cpu);
    Seat second(peer, reference, workload, directory.path(), cpu);
    if (!first.open() || !second.open()) {
        result.error = first.error() + second.error();
        return result;
    }
    result.referenceVersion = first.version();
    result.version = second.version();
    result.referenceBytesPerIdle = first.bytesPerIdle();
    result.bytesPerIdle = second.bytesPerIdle();
    for (int i = 0; i < rounds; ++i) {
        const auto before = first.round(milliseconds);
        const auto after = before ? second.round(milliseconds) : std::nullopt;
        if (!after) {
            result.error = first.error() + second.error();
            return result;
        }
        result.pairs.append({*before, *after});
    }
    return result;
}

} // namespace bench
