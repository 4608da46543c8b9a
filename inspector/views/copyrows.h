#pragma once
#include "inspector/models/rowtext.h"

class QAbstractItemView;
class QMenu;

namespace inspector {

/// Copies the current row of \a view, or every row that it shows, with the columns as they are seen.
void copyRows(const QAbstractItemView &view, RowForm form, bool all);
/// Adds the ways to copy rows of \a view to \a menu, which must not outlive it.
void addCopyMenu(QMenu &menu, QAbstractItemView &view);

} // namespace inspector
