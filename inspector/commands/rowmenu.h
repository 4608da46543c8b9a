#pragma once
#include "inspector/models/liveview.h"
#include "inspector/models/objectcolumns.h"

#include <QMenu>

namespace inspector {

/// The context menu of a row: filter by the cell that was hit, copy it, detach its process.
class RowMenu : public QMenu
{
    Q_OBJECT

public:
    RowMenu(LiveView &view, SubjectKey key, Column column, QWidget *parent = nullptr);

Q_SIGNALS:
    /// A condition to add to the filter.
    void conditionChosen(const QString &condition);
    /// Another object to go to.
    void subjectChosen(inspector::SubjectKey key);

private:
    void addConditions(const ObjectTable &table, int row, Column column, qint64 now);
    void addAttachment(LiveView &view, quint32 process);
    void addOtherEnds(const LiveView &view, SubjectKey key);
};

/// The filter's condition that a cell passes and other rows do not; empty if the column has none.
QString conditionOf(const ObjectTable &table, int row, Column column, qint64 now);

} // namespace inspector
