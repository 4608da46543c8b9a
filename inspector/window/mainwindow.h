#pragma once
#include "inspector/commands/actions.h"
#include "inspector/window/windowmemory.h"
#include "inspector/window/workspace.h"

#include <QMainWindow>

class QAbstractItemView;

namespace inspector {

class ConnectionView;
class Docks;
class Editor;
class FilterBar;
class SessionFiles;
class StatusStrip;

/// Puts the views of a session together; knows nothing that they could know themselves.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \a session must outlive the window.
    explicit MainWindow(Session &session, const WindowMemory &memory = WindowMemory::none(), QWidget *parent = nullptr);
    ~MainWindow() override;

    Workspace &workspace() { return m_workspace; }
    Actions &actions() { return m_actions; }
    SessionFiles &files() { return *m_files; }
    void useTheme(Theme theme);
    void setFilter(const QString &text);
    void sortBy(Column column);
    /// Brings a view to the front: one of CommandLine::views().
    void showView(const QString &name);
    /// It is inside of somebody else's window: what concerns a whole application is not offered.
    void becomePart();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildCentre();
    void buildMenus();
    void buildToolBar();
    void connectSelection();
    void connectActions();
    void restore();
    void dressAsRecording();
    void showHint();
    void openSource(const QString &file, int line);
    void showRowMenu(SubjectKey key, int column, const QPoint &position, QAbstractItemView *table);
    void showAbout();

    Session &m_session;
    WindowMemory m_memory;
    Workspace m_workspace;
    Actions m_actions;
    FilterBar *m_filterBar;
    ConnectionView *m_connections;
    Docks *m_docks;
    StatusStrip *m_status;
    Editor *m_editor;
    SessionFiles *m_files;
    QMenu *m_viewMenu = nullptr;
    QMenu *m_colours = nullptr;
};

} // namespace inspector
