#pragma once
#include "tests/benchmarks/netbench/hookcost.h"
#include "tests/benchmarks/netbench/match.h"
#include "tests/benchmarks/netbench/settings.h"

#include <QJsonObject>

#include <cstdio>

namespace bench {

/// The results as a person reads them: a table for each workload, as soon as it is played.
class Report
{
public:
    explicit Report(FILE *out) : m_out(out) {}

    void begin(const Settings &settings);
    /// All results of one workload.
    void table(const QList<Result> &results);
    void hook(const HookCost &cost);
    /// The versions of everything that took part.
    void end(const Settings &settings, const QList<Result> &results);

private:
    /// \a reference holds the pairs of all results.
    void rateTable(const QList<Result> &results, const Result &reference);
    void latenessTable(const QList<Result> &results, const Result &reference);
    void compare(const QList<Result> &results);
    void row(const QStringList &cells);
    void line(const QString &text);

    FILE *m_out;
};

/// The same for a program, every sample included.
QJsonObject toJson(const Settings &settings, const QList<Result> &results, const HookCost &hook);

} // namespace bench
