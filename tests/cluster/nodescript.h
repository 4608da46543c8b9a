#pragma once
#include <QMap>
#include <QStringList>

namespace test {

/// There is a Node that is new enough to compare with.
bool hasNode();
/// The lines that a script of node/ prints.
QStringList nodesEvents(const QString &script, const QStringList &arguments,
                        const QMap<QString, QString> &environment = {});

} // namespace test
