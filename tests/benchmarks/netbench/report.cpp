#include "tests/benchmarks/netbench/report.h"

#include "tests/benchmarks/inspector/figuretable.h"
#include "tests/benchmarks/netbench/machine.h"
#include "tests/benchmarks/netbench/rivals.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bench {
QString digits(double value)
{
    if (std::isnan(value))
        return u"-"_s;
    const int places = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return QString::number(value, 'f', places);
}

QString ratioText(double value)
{
    return std::isnan(value) ? u"-"_s : QString::number(value, 'f', value >= 10 ? 1 : 2);
}

QString goalText(const Workload &workload)
{
    QStringList goals;
    if (workload.leastRatio > 0)
        goals.append(u"≥ %1"_s.arg(ratioText(workload.leastRatio)));
    if (workload.mostCpuRatio > 0)
        goals.append(u"CPU ≤ %1"_s.arg(ratioText(workload.mostCpuRatio)));
    if (workload.mostLate > 0)
        goals.append(u"≤ %1 ms"_s.arg(workload.mostLate));
    return goals.join(u", "_s);
}

static QString goalOf(const Result &result)
{
    const auto met = result.meetsGoal();
    return met ? (*met ? u"    goal "_s : u"    MISSED "_s) + goalText(result.workload) : QString();
}

void Report::line(const QString &text)
{
    std::fprintf(m_out, "%s\n", text.toUtf8().constData());
    std::fflush(m_out);
}

void Report::begin(const Settings &settings)
{
    const auto machine = describeMachine();
    for (const auto &[name, value] : machine)
        line(name.leftJustified(12) + value);
    line(u"method      %1 pairs of %2 ms, raw then peer, server and load on core %3; ratios are medians of pairs, "
         "with quartiles"_s.arg(settings.rounds)
             .arg(settings.milliseconds)
             .arg(settings.cpu));
    if (loadAverage() > 0.5)
        line(u"warning     other work is running (load average %1): rates are too low, ratios noisy"_s.arg(
            loadAverage(), 0, 'f', 1));
    for (const QString &remark : settings.remarks)
        line(u"warning     "_s + remark);
}

void Report::table(const QList<Result> &results)
{
    if (results.isEmpty())
        return;
    Result reference = results.first();
    reference.pairs.clear();
    QList<Result> played;
    QStringList failures;
    for (const Result &result : results) {
        reference.pairs += result.pairs;
        if (!result.pairs.isEmpty())
            played.append(result);
        if (!result.error.isEmpty())
            failures.append(u"  %1 FAILED: %2"_s.arg(result.peer.title(result.workload.local), result.error));
    }
    line(u"\n%1  %2"_s.arg(reference.workload.id, reference.workload.title));
    if (played.isEmpty())
        line(u"  no pair was played"_s);
    else if (reference.workload.measure == Workload::Measure::Lateness)
        latenessTable(played, reference);
    else
        rateTable(played, reference);
    for (const QString &failure : failures)
        line(failure);
}

void Report::hook(const HookCost &cost)
{
    line(u"\nhook  ns per event in libnet's hot path"_s);
    if (!cost.error.isEmpty())
        return line(u"  FAILED: "_s + cost.error);
    line(u"  nobody watches %1 (goal ≤ 2), an empty tap %2"_s.arg(digits(cost.unwatched), digits(cost.watched)));
}

void Report::row(const QStringList &cells)
{
    QString text = u"  "_s + cells.first().leftJustified(19);
    for (const QString &cell : cells.mid(1))
        text += cell.rightJustified(13);
    line(text.trimmed().prepend(u"  "_s));
}

void Report::rateTable(const QList<Result> &results, const Result &reference)
{
    const Workload &workload = reference.workload;
    const bool idle = workload.idle > 0;
    const QString of = u"of "_s + reference.reference;
    row({u"peer"_s, workload.unit(), of, u"quartiles"_s, u"CPU "_s + workload.cpuUnit(), of, u"with load"_s,
         idle ? u"B/idle"_s : u""_s});
    row({reference.reference, digits(reference.referenceMedian(&Figures::value)), u"1.00"_s, u""_s,
         digits(reference.referenceMedian(&Figures::serverCpu)), u"1.00"_s,
         digits(reference.referenceMedian(&Figures::bothCpu)), idle ? digits(reference.referenceBytesPerIdle) : u""_s});
    for (const Result &result : results) {
        row({result.peer.title(workload.local), digits(result.median(&Figures::value)),
             ratioText(result.ratio(&Figures::value)),
             ratioText(result.ratio(&Figures::value, .25)) + u'-' + ratioText(result.ratio(&Figures::value, .75)),
             digits(result.median(&Figures::serverCpu)), ratioText(result.ratio(&Figures::serverCpu)),
             digits(result.median(&Figures::bothCpu)), idle ? digits(result.bytesPerIdle) : u""_s, goalOf(result)});
    }
    compare(results);
}

void Report::compare(const QList<Result> &results)
{
    QStringList others;
    for (const Rivalry &rivalry : rivalries(results)) {
        if (rivalry.ours != "libnet"_L1)
            continue;
        const QString verdict = !rivalry.hasGoal()
                                    ? QString()
                                    : (rivalry.meetsGoal() ? u" (goal "_s : u" (MISSED "_s) + rivalry.goal() + u')';
        const QString cpu = rivalry.mostCpu > 0 ? u", "_s + rivalry.text() : QString();
        others.append(ratioText(rivalry.rate) + u"x "_s + rivalry.title + cpu + verdict);
    }
    if (!others.isEmpty())
        line(u"  libnet is "_s + others.join(u", "_s));
}

void Report::latenessTable(const QList<Result> &results, const Result &reference)
{
    row({u"peer"_s, u"p50 ms"_s, u"p99 ms"_s, u"max ms"_s});
    row({u"raw"_s, digits(reference.referenceMedian(&Figures::p50)), digits(reference.referenceMedian(&Figures::value)),
         digits(reference.referenceMedian(&Figures::max))});
    for (const Result &result : results) {
        row({result.peer.title(false), digits(result.median(&Figures::p50)), digits(result.median(&Figures::value)),
             digits(result.median(&Figures::max)), goalOf(result)});
    }
}

QMap<QString, QString> versionsOf(const QList<Result> &results)
{
    QMap<QString, QString> versions;
    for (const Result &result : results) {
        if (result.version.isEmpty())
            continue;
        versions.insert(result.reference, result.referenceVersion);
        versions.insert(result.peer.id, result.version);
    }
    return versions;
}

void Report::scale(const Scale &scale)
{
    line(u"\nscale  libnet: echo 64 B, 50 connections beside idle ones; and connections made, used and closed"_s);
    if (!scale.error.isEmpty())
        return line(u"  FAILED: "_s + scale.error);
    row({u"idle"_s, u"k msg/s"_s, u"CPU µs/msg"_s, u"B/idle"_s});
    for (const Scale::Step &step : scale.steps)
        row({QString::number(step.idle), digits(step.rate), digits(step.serverCpu),
             step.idle > 0 ? digits(step.bytesPerIdle) : QString()});
    row({u"closed"_s, u"private KiB"_s, u"descriptors"_s});
    for (const Scale::Wear &after : scale.wear)
        row({QString::number(after.cycles), QString::number(after.memory / 1024), QString::number(after.descriptors)});
}

void Report::window(const FigureGroup &group)
{
    line(toText(group).chopped(1));
}

void Report::end(const QList<Result> &results)
{
    const QMap<QString, QString> versions = versionsOf(results);
    line(u"\nversions"_s);
    for (auto it = versions.cbegin(); it != versions.cend(); ++it)
        line(u"  "_s + it.key().leftJustified(17) + it.value());
}

} // namespace bench
