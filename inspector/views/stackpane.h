#pragma once
#include "inspector/models/stackmodel.h"

#include <QWidget>

class QAction;
class QTreeView;

namespace inspector {

class EmptyState;

/// Who has called about the chosen object: the stacks, and what can be done with their lines.
class StackPane : public QWidget
{
    Q_OBJECT

public:
    /// \a record is offered above the stacks.
    StackPane(StackModel &model, QAction *record, QWidget *parent = nullptr);

    QTreeView *view() const { return m_view; }
    EmptyState *emptyState() const { return m_empty; }

public Q_SLOTS:
    void setSubject(inspector::SubjectKey key);

Q_SIGNALS:
    /// A line of source was activated; \a file is empty if none is known.
    void sourceChosen(const QString &file, int line);
    /// Which editor opens them is to be chosen.
    void editorRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildHead(QAction *record);
    void dress();
    void open(const QModelIndex &index);
    void showMenu(const QPoint &position);
    void unfold();
    void showAbsence();

    StackModel &m_model;
    QTreeView *m_view;
    EmptyState *m_empty;
};

} // namespace inspector
