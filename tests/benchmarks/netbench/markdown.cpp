#include "tests/benchmarks/inspector/figuretable.h"
#include "tests/benchmarks/netbench/machine.h"
#include "tests/benchmarks/netbench/report.h"
#include "tests/benchmarks/netbench/rivals.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {
namespace {

QString row(const QStringList &cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

/// "0.93", and what the goal is about in bold if libnet misses it.
QString cell(const QList<Result> &results, const QString &workload, const QString &peer)
{
    const auto found = std::find_if(results.begin(), results.end(), [&](const Result &result) {
        return result.workload.id == workload && result.peer.id == peer;
    });
    if (found == results.end())
        return {};
    if (found->pairs.isEmpty())
        return u"failed"_s;
    if (found->workload.measure == Workload::Measure::Lateness)
        return digits(found->median(&Figures::value)) + u" ms"_s;
    QString text = ratioText(found->ratio(&Figures::value));
    if (found->workload.mostCpuRatio > 0)
        text += u", CPU "_s + ratioText(found->ratio(&Figures::serverCpu));
    const auto met = found->meetsGoal();
    return met && !*met ? u"**%1**"_s.arg(text) : text;
}

QStringList peersIn(const QList<Result> &results, bool againstRaw)
{
    QStringList peers;
    for (const Result &result : results) {
        if ((result.reference == "raw"_L1) == againstRaw && !peers.contains(result.peer.id))
            peers.append(result.peer.id);
    }
    return peers;
}

QString comparison(const QList<Result> &results, bool againstRaw)
{
    const QStringList peers = peersIn(results, againstRaw);
    if (peers.isEmpty())
        return {};
    const QString first = againstRaw ? u"as a ratio to raw epoll"_s : u"as a ratio to libnet with nobody attached"_s;
    QString text = row(QStringList{first} + peers + QStringList{u"goal"_s});
    text += row(QStringList(peers.size() + 2, u"---"_s));
    QStringList told;
    for (const Result &result : results) {
        const Workload &workload = result.workload;
        if ((result.reference == "raw"_L1) != againstRaw || told.contains(workload.id))
            continue;
        told.append(workload.id);
        QStringList cells = {u"%1: %2"_s.arg(workload.id, workload.title)};
        for (const QString &peer : peers)
            cells.append(cell(results, workload.id, peer));
        cells.append(goalText(workload));
        text += row(cells);
    }
    return text + u'\n';
}

/// The goals that are set against another library, and how each variant of libnet does.
QString rivalTable(const QList<Result> &results)
{
    const QList<Rivalry> all = rivalries(results);
    QString text;
    for (const Rivalry &plain : all) {
        if (plain.ours != "libnet"_L1 || !plain.hasGoal())
            continue;
        const auto told = [&](const QString &ours) {
            const auto found = std::find_if(all.begin(), all.end(), [&](const Rivalry &other) {
                return other.workload == plain.workload && other.rival == plain.rival && other.ours == ours;
            });
            if (found == all.end())
                return QString();
            return found->meetsGoal() ? found->text() : u"**%1**"_s.arg(found->text());
        };
        text += row(
            {plain.workload + u" against "_s + plain.title, told(u"libnet"_s), told(u"libnet-epoll"_s), plain.goal()});
    }
    if (text.isEmpty())
        return {};
    return row({u"as a ratio to another library"_s, u"libnet"_s, u"libnet-epoll"_s, u"goal"_s}) +
           row(QStringList(4, u"---"_s)) + text + u'\n';
}

QString scaleTable(const Scale &scale)
{
    if (scale.steps.isEmpty() || scale.wear.isEmpty())
        return {};
    QString text = row(
        {u"libnet, 50 busy connections beside idle ones"_s, u"µs of CPU a message"_s, u"bytes an idle connection"_s});
    text += row(QStringList(3, u"---"_s));
    for (const Scale::Step &step : scale.steps)
        text += row({u"%L1 idle"_s.arg(step.idle), digits(step.serverCpu),
                     step.idle > 0 ? digits(step.bytesPerIdle) : QString()});
    const Scale::Wear &first = scale.wear.first();
    const Scale::Wear &last = scale.wear.last();
    text +=
        u"\nOf %L1 connections that were made, used and closed the server had %L2 KiB of private memory after the "
        u"first "
        "%L3 and %L4 KiB at the end, and %5 open descriptors at both times.\n\n"_s.arg(last.cycles)
            .arg(first.memory / 1024)
            .arg(first.cycles)
            .arg(last.memory / 1024)
            .arg(first.descriptors == last.descriptors ? QString::number(last.descriptors)
                                                       : u"%1 and %2"_s.arg(first.descriptors).arg(last.descriptors));
    return text;
}

} // namespace

QString toMarkdown(const Settings &settings, const Outcome &outcome)
{
    QString text = comparison(outcome.results, true) + rivalTable(outcome.results) + comparison(outcome.results, false);
    const auto idle = std::find_if(outcome.results.begin(), outcome.results.end(), [](const Result &result) {
        return result.peer.id == "libnet"_L1 && result.workload.idle > 0 && !result.pairs.isEmpty();
    });
    if (idle != outcome.results.end())
        text += u"An idle connection takes %1 bytes of libnet's memory (goal ≤ 1024), %2 of raw epoll's. "_s.arg(
            digits(idle->bytesPerIdle), digits(idle->referenceBytesPerIdle));
    if (settings.hook && outcome.hook.error.isEmpty())
        text += u"An event costs %1 ns for the probe while nobody watches (goal ≤ 2).\n\n"_s.arg(
            digits(outcome.hook.unwatched));
    text += scaleTable(outcome.scale);
    text += toMarkdown(outcome.window);
    const auto machine = describeMachine();
    for (const auto &[name, value] : machine)
        text += u"%1: %2. "_s.arg(name, value);
    text += u"%1 pairs of %2 ms, other work meanwhile: load average %3.\n"_s.arg(settings.rounds)
                .arg(settings.milliseconds)
                .arg(loadAverage(), 0, 'f', 1);
    const QMap<QString, QString> versions = versionsOf(outcome.results);
    QStringList names;
    for (auto it = versions.cbegin(); it != versions.cend(); ++it) {
        if (!it.key().contains(u'-')) // variants are the same program
            names.append(u"%1: %2"_s.arg(it.key(), it.value()));
    }
    return text + names.join(u"; "_s) + u".\n"_s;
}

} // namespace bench
