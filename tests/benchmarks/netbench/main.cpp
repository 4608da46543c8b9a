#include "tests/benchmarks/inspector/figuretable.h"
#include "tests/benchmarks/inspector/windowfigures.h"
#include "tests/benchmarks/netbench/report.h"

#include <QCoreApplication>
#include <QJsonDocument>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("netbench"));
    const bench::Settings settings = bench::Settings::parse(application);
    bench::Report report(settings.json || settings.markdown ? stderr : stdout);
    report.begin(settings);

    bench::Outcome outcome;
    bool failed = false;
    for (const bench::Workload &workload : settings.workloads) {
        QList<bench::Result> results;
        const bench::Peer reference = settings.referenceOf(workload);
        const QList<bench::Peer> peers = settings.peersOf(workload);
        for (const bench::Peer &peer : peers) {
            results.append(
                bench::play(workload, reference, peer, settings.rounds, settings.milliseconds, settings.cpu));
            failed = failed || !results.last().error.isEmpty();
        }
        report.table(results);
        outcome.results += results;
    }
    if (settings.hook) {
        outcome.hook = bench::measureHook(settings.cpu);
        report.hook(outcome.hook);
        failed = failed || !outcome.hook.error.isEmpty();
    }
    if (settings.scale) {
        outcome.scale = bench::measureScale(settings);
        report.scale(outcome.scale);
        failed = failed || !outcome.scale.error.isEmpty();
    }
    if (settings.window) {
        const QList<bench::WindowCase> cases = bench::windowCases(bench::WindowPlan::quick());
        for (const bench::WindowCase &each : cases) {
            const bench::FigureGroup group = bench::measure(each, false);
            report.window(group);
            failed = failed || bench::hasFailed(group);
            outcome.window.append(group);
        }
    }
    report.end(outcome.results);
    if (settings.json)
        std::printf("%s", QJsonDocument(bench::toJson(settings, outcome)).toJson().constData());
    if (settings.markdown)
        std::printf("%s", bench::toMarkdown(settings, outcome).toUtf8().constData());
    return failed ? 1 : 0;
}
