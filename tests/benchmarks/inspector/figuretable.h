#pragma once
#include "tests/benchmarks/inspector/figure.h"

#include <QJsonArray>

namespace bench {

/// For a terminal: a title, and a line for each figure.
QString toText(const FigureGroup &group);
/// A table of all groups.
QString toMarkdown(const QList<FigureGroup> &groups);
QJsonArray toJson(const QList<FigureGroup> &groups);
/// True if something could not be measured, or is wrong on any machine.
bool hasFailed(const FigureGroup &group);

} // namespace bench
