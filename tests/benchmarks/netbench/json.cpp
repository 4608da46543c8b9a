#include "tests/benchmarks/inspector/figuretable.h"
#include "tests/benchmarks/netbench/machine.h"
#include "tests/benchmarks/netbench/report.h"
#include "tests/benchmarks/netbench/rivals.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace bench {

static QJsonObject figuresToJson(const Figures &figures, Workload::Measure measure)
{
    if (measure == Workload::Measure::Lateness)
        return {{u"p50"_s, figures.p50}, {u"p99"_s, figures.value}, {u"max"_s, figures.max}};
    return {{u"value"_s, figures.value}, {u"serverCpu"_s, figures.serverCpu}, {u"bothCpu"_s, figures.bothCpu}};
}

static QJsonObject resultToJson(const Result &result)
{
    const auto measure = result.workload.measure;
    QJsonObject object = {{u"workload"_s, result.workload.id},
                          {u"title"_s, result.workload.title},
                          {u"peer"_s, result.peer.id},
                          {u"reference"_s, result.reference},
                          {u"version"_s, result.version},
                          {u"unit"_s, result.workload.unit()},
                          {u"cpuUnit"_s, result.workload.cpuUnit()}};
    if (!result.error.isEmpty())
        object[u"error"_s] = result.error;
    if (result.pairs.isEmpty())
        return object;
    object[u"ratio"_s] = result.ratio(&Figures::value);
    if (measure != Workload::Measure::Lateness)
        object[u"cpuRatio"_s] = result.ratio(&Figures::serverCpu);
    if (result.workload.idle > 0) {
        object[u"bytesPerIdle"_s] = result.bytesPerIdle;
        object[u"referenceBytesPerIdle"_s] = result.referenceBytesPerIdle;
    }
    if (const auto met = result.meetsGoal())
        object[u"meetsGoal"_s] = *met;
    QJsonArray pairs;
    for (const Pair &pair : result.pairs)
        pairs.append(QJsonObject{{u"reference"_s, figuresToJson(pair.reference, measure)},
                                 {u"peer"_s, figuresToJson(pair.peer, measure)}});
    object[u"pairs"_s] = pairs;
    return object;
}

static QJsonObject scaleToJson(const Scale &scale)
{
    if (!scale.error.isEmpty())
        return {{u"error"_s, scale.error}};
    QJsonArray steps;
    for (const Scale::Step &step : scale.steps)
        steps.append(QJsonObject{{u"idle"_s, step.idle},
                                 {u"rate"_s, step.rate},
                                 {u"serverCpu"_s, step.serverCpu},
                                 {u"bytesPerIdle"_s, step.bytesPerIdle}});
    QJsonArray wear;
    for (const Scale::Wear &after : scale.wear)
        wear.append(QJsonObject{
            {u"cycles"_s, after.cycles}, {u"memory"_s, after.memory}, {u"descriptors"_s, after.descriptors}});
    return {{u"steps"_s, steps}, {u"wear"_s, wear}};
}

QJsonObject toJson(const Settings &settings, const Outcome &outcome)
{
    QJsonObject machine;
    const auto lines = describeMachine();
    for (const auto &[name, value] : lines)
        machine[name] = value;
    machine[u"loadAverage"_s] = loadAverage();
    QJsonArray all;
    for (const Result &result : outcome.results)
        all.append(resultToJson(result));
    QJsonArray rivals;
    for (const Rivalry &rivalry : rivalries(outcome.results)) {
        QJsonObject object = {{u"workload"_s, rivalry.workload},
                              {u"libnet"_s, rivalry.ours},
                              {u"peer"_s, rivalry.rival},
                              {u"rate"_s, rivalry.rate},
                              {u"cpu"_s, rivalry.cpu}};
        if (rivalry.hasGoal())
            object[u"meetsGoal"_s] = rivalry.meetsGoal();
        rivals.append(object);
    }
    const HookCost &hook = outcome.hook;
    QJsonObject cost = {{u"unwatched"_s, hook.unwatched}, {u"watched"_s, hook.watched}};
    if (!hook.error.isEmpty())
        cost = {{u"error"_s, hook.error}};
    return {{u"machine"_s, machine},
            {u"rounds"_s, settings.rounds},
            {u"milliseconds"_s, settings.milliseconds},
            {u"cpu"_s, settings.cpu},
            {u"remarks"_s, QJsonArray::fromStringList(settings.remarks)},
            {u"hook"_s, settings.hook ? cost : QJsonObject()},
            {u"scale"_s, settings.scale ? scaleToJson(outcome.scale) : QJsonObject()},
            {u"window"_s, toJson(outcome.window)},
            {u"rivals"_s, rivals},
            {u"results"_s, all}};
}

} // namespace bench
