#pragma once
#include "inspector/session/subjectkey.h"

#include <QObject>

class QAbstractItemView;
class QDockWidget;
class QMainWindow;
class QWidget;

namespace inspector {

class Actions;
class DetailPane;
class EventPane;
class SocketPane;
struct Workspace;

/// The panes around the table: builds them, says where they stand at first, and ties them to the one selection.
class Docks : public QObject
{
    Q_OBJECT

public:
    /// \a workspace must outlive \a window, which owns the panes.
    Docks(QMainWindow &window, Workspace &workspace, const Actions &actions);

    EventPane *events() const { return m_events; }
    DetailPane *details() const { return m_details; }

Q_SIGNALS:
    /// A menu was asked for at \a position (global) for \a key, which may be null, in \a table if it is one.
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position, QAbstractItemView *table);
    /// A condition to add to the filter.
    void conditionChosen(const QString &condition);
    /// What the filter says of time from now on; empty: nothing.
    void spanChosen(const QString &condition);
    /// A line of source was activated; \a file is empty if none is known.
    void sourceChosen(const QString &file, int line);
    void editorRequested(); ///< which one opens them is to be chosen

private:
    QDockWidget *add(const QString &name, const QString &title, QWidget *content);
    void arrange();
    void keepTabsReadable();
    /// The panes that show one thing more about everything, in tabs over the details.
    void addTabs(QDockWidget *details);
    QList<QDockWidget *> addSocketPanes();
    QDockWidget *addStacks();
    QDockWidget *add(const QString &name, const QString &title, SocketPane *pane);

    QMainWindow &m_window;
    Workspace &m_workspace;
    const Actions &m_actions;
    DetailPane *m_details;
    EventPane *m_events;
};

} // namespace inspector
