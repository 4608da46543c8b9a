#pragma once
#include "tests/benchmarks/inspector/figure.h"
#include "tests/benchmarks/netbench/hookcost.h"
#include "tests/benchmarks/netbench/match.h"
#include "tests/benchmarks/netbench/scale.h"
#include "tests/benchmarks/netbench/settings.h"

#include <QJsonObject>
#include <QMap>

#include <cstdio>

namespace bench {

/// Everything that was measured.
struct Outcome
{
    QList<Result> results;
    HookCost hook;
    Scale scale;
    QList<FigureGroup> window; ///< of the inspector
};

/// The results as a person reads them: a table for each workload, as soon as it is played.
class Report
{
public:
    explicit Report(FILE *out) : m_out(out) {}

    void begin(const Settings &settings);
    /// All results of one workload.
    void table(const QList<Result> &results);
    void hook(const HookCost &cost);
    void scale(const Scale &scale);
    void window(const FigureGroup &group);
    /// The versions of everything that took part.
    void end(const QList<Result> &results);

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
QJsonObject toJson(const Settings &settings, const Outcome &outcome);

/// The same as a table for the README: what was compared, with the goals, the machine and the versions.
QString toMarkdown(const Settings &settings, const Outcome &outcome);

/// Three digits that count.
QString digits(double value);
/// "0.97", "27.1", or "-" for what is not there.
QString ratioText(double value);
/// "≥ 0.92, CPU ≤ 1.08", or nothing.
QString goalText(const Workload &workload);
/// Name and version of everything that took part.
QMap<QString, QString> versionsOf(const QList<Result> &results);

} // namespace bench
