#include "tests/benchmarks/netbench/hookcost.h"

#include "tests/benchmarks/netbench/child.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace bench {

HookCost measureHook(int cpu)
{
    Child child(QCoreApplication::applicationDirPath() + u"/bench_hook"_s, {}, {}, cpu);
    const auto line = child.readLine(30'000);
    if (!line)
        return {.unwatched = 0, .watched = 0, .error = child.error()};
    const QJsonDocument costs = QJsonDocument::fromJson(*line);
    return {.unwatched = costs["unwatched"_L1].toDouble(), .watched = costs["watched"_L1].toDouble(), .error = {}};
}

} // namespace bench
