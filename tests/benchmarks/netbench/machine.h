#pragma once
#include <QList>
#include <QPair>
#include <QString>

namespace bench {

/// What the figures were measured on: name and value of each line.
QList<QPair<QString, QString>> describeMachine();
/// The last core we may use: the first ones serve most interrupts.
int lastCore();
/// Other work that was running: the average of runnable processes over the last minute.
double loadAverage();

} // namespace bench
