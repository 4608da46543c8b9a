#include "tests/benchmarks/netbench/scale.h"

#include "tests/benchmarks/netbench/child.h"
#include "tests/benchmarks/netbench/seat.h"
#include "tests/support/privatememory.h"

#include <QDir>
#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace bench {
namespace {

constexpr int wearRounds = 10;
constexpr int cyclesOfRound = 10'000;

double medianOf(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.isEmpty() ? 0 : values[values.size() / 2];
}

int openDescriptors(qint64 process)
{
    return static_cast<int>(
        QDir(u"/proc/%1/fd"_s.arg(process)).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

/// All steps are open at once, and take turns: what else goes on in the machine weighs on all of them.
void climb(Scale &scale, const Settings &settings, const Peer &peer)
{
    const qint64 most = Child::descriptorLimit() - 200;
    std::vector<std::unique_ptr<Seat>> seats;
    for (const int idle : {0, 1'000, 5'000, 10'000}) {
        if (idle > most)
            continue;
        const Workload workload = {
            .id = u"scale"_s, .title = {}, .role = u"echo"_s, .load = u"echo"_s, .connections = 50, .idle = idle};
        seats.push_back(std::make_unique<Seat>(peer, peer, workload, QString(), settings.cpu));
        if (!seats.back()->open()) {
            scale.error = seats.back()->error();
            return;
        }
        scale.steps.append({.idle = idle, .bytesPerIdle = seats.back()->bytesPerIdle()});
    }
    QList<QList<double>> rates(scale.steps.size());
    QList<QList<double>> costs(scale.steps.size());
    for (int round = 0; round < settings.rounds; ++round) {
        for (size_t i = 0; i < seats.size(); ++i) {
            const auto figures = seats[i]->round(settings.milliseconds);
            if (!figures) {
                scale.error = seats[i]->error();
                return;
            }
            rates[qsizetype(i)].append(figures->value);
            costs[qsizetype(i)].append(figures->serverCpu);
        }
    }
    for (qsizetype i = 0; i < scale.steps.size(); ++i) {
        scale.steps[i].rate = medianOf(rates[i]);
        scale.steps[i].serverCpu = medianOf(costs[i]);
    }
}

/// Over a local socket: TCP's ports would run out.
void wearOut(Scale &scale, const Settings &settings, const Peer &peer)
{
    const QTemporaryDir directory;
    const Workload workload = {.id = u"cycles"_s,
                               .title = {},
                               .role = u"echo"_s,
                               .load = u"cycle"_s,
                               .connections = 16,
                               .local = true,
                               .measure = Workload::Measure::Connections,
                               .limit = cyclesOfRound};
    Seat seat(peer, peer, workload, directory.path(), settings.cpu);
    if (!seat.open()) {
        scale.error = seat.error();
        return;
    }
    for (int round = 1; round <= wearRounds; ++round) {
        if (!seat.round(0)) {
            scale.error = seat.error();
            return;
        }
        scale.wear.append({.cycles = round * cyclesOfRound,
                           .memory = test::privateMemory(QString::number(seat.serverProcess())),
                           .descriptors = openDescriptors(seat.serverProcess())});
    }
}

} // namespace

double Scale::growth() const
{
    return steps.isEmpty() ? 0 : steps.last().serverCpu / std::max(steps.first().serverCpu, 1e-9);
}

qint64 Scale::gained() const
{
    return wear.isEmpty() ? 0 : wear.last().memory - wear.first().memory;
}

Scale measureScale(const Settings &settings)
{
    Scale scale;
    const auto ours = std::find_if(settings.references.begin(), settings.references.end(),
                                   [](const Peer &peer) { return peer.id == "libnet"_L1; });
    climb(scale, settings, *ours);
    if (scale.error.isEmpty())
        wearOut(scale, settings, *ours);
    return scale;
}

} // namespace bench
