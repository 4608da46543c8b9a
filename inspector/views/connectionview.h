#pragma once
#include "inspector/models/objectmodel.h"

#include <QTreeView>

namespace inspector {

class EmptyState;

/// The tree or table of processes, servers and connections.
class ConnectionView : public QTreeView
{
    Q_OBJECT

public:
    explicit ConnectionView(ObjectModel &model, QWidget *parent = nullptr);

    void sortBy(Column column); ///< numbers from the greatest on
    void setShape(ObjectModel::Shape shape);
    /// Makes the row of \a key the current one, without telling chosen().
    void choose(SubjectKey key);
    SubjectKey current() const;
    void setEmptyText(const QString &title, const QString &hint);

    /// Order and width of the columns, for the next start.
    QByteArray saveColumns() const;
    bool restoreColumns(const QByteArray &state);

Q_SIGNALS:
    void chosen(inspector::SubjectKey key);
    /// A menu was asked for at \a position (global) for \a key, which may be null.
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position);

protected:
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setUpColumns();
    void showColumnMenu(const QPoint &position);
    void expandNew(const QModelIndex &parent, int first, int last);
    void restoreCurrent();
    void keepInPlace();
    void dropAnchor();

    ObjectModel &m_model;
    EmptyState *m_empty;
    SubjectKey m_chosen;
    QSet<SubjectKey> m_collapsed;
    SubjectKey m_anchor; ///< the row that stays where it is
    int m_anchorTop = 0;
    bool m_quiet = false;
};

} // namespace inspector
