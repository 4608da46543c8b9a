#pragma once
#include <QAbstractItemModel>

namespace inspector {

/// How rows are written where they are copied to.
enum class RowForm : quint8 { Text, Csv, Json };

/// The chosen \a columns of \a rows: for Text with tabs between the cells and no heading, else with the headings.
QString rowText(RowForm form, const QModelIndexList &rows, const QList<int> &columns);

} // namespace inspector
