#include "tests/benchmarks/netbench/report.h"

#include <QCoreApplication>
#include <QJsonDocument>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("netbench"));
    const bench::Settings settings = bench::Settings::parse(application);
    bench::Report report(settings.json ? stderr : stdout);
    report.begin(settings);

    QList<bench::Result> all;
    bool failed = false;
    for (const bench::Workload &workload : settings.workloads) {
        QList<bench::Result> results;
        for (const bench::Peer &peer : settings.peers) {
            results.append(
                bench::play(workload, settings.reference, peer, settings.rounds, settings.milliseconds, settings.cpu));
            failed = failed || !results.last().error.isEmpty();
        }
        report.table(results);
        all += results;
    }
    bench::HookCost hook;
    if (settings.hook) {
        hook = bench::measureHook(settings.cpu);
        report.hook(hook);
        failed = failed || !hook.error.isEmpty();
    }
    report.end(settings, all);
    if (settings.json)
        std::printf("%s", QJsonDocument(bench::toJson(settings, all, hook)).toJson().constData());
    return failed ? 1 : 0;
}
