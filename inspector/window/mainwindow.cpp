#include "inspector/window/mainwindow.h"

#include "inspector/commands/editor.h"
#include "inspector/commands/processmenu.h"
#include "inspector/commands/rowmenu.h"
#include "inspector/models/seenvalues.h"
#include "inspector/session/sessionformat.h"
#include "inspector/views/connectionhint.h"
#include "inspector/views/connectionview.h"
#include "inspector/views/copyrows.h"
#include "inspector/views/filterbar.h"
#include "inspector/views/recordingbanner.h"
#include "inspector/views/recordinglamp.h"
#include "inspector/views/statusstrip.h"
#include "inspector/views/throughputplot.h"
#include "inspector/views/timelineview.h"
#include "inspector/window/docks.h"
#include "inspector/window/sessionfiles.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QToolBar>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

// With its frame on the screen; that of the offscreen platform is one that nobody looks at.
static QSize firstSize()
{
    const QSize wanted(1280, 800);
    const QScreen *const screen = QGuiApplication::primaryScreen();
    if (!screen || QGuiApplication::platformName() == "offscreen"_L1)
        return wanted;
    return wanted.boundedTo(screen->availableSize() - QSize(16, 48));
}

MainWindow::MainWindow(Session &session, const WindowMemory &memory, QWidget *parent)
    : QMainWindow(parent),
      m_session(session),
      m_memory(memory),
      m_workspace(session),
      m_actions(m_workspace.view),
      m_filterBar(new FilterBar(m_workspace.filter,
                                [this](Field field, const QString &part) {
                                    const LiveView &view = m_workspace.view;
                                    return seenValues(view.objects(), field, part, view.now());
                                })),
      m_connections(new ConnectionView(m_workspace.objects)),
      m_docks(new Docks(*this, m_workspace, m_actions)),
      m_status(new StatusStrip(m_session, m_workspace.view, m_workspace.objects, m_workspace.lints)),
      m_editor(new Editor(memory.editor(), this)),
      m_files(new SessionFiles(*this, session, m_workspace.filter, memory))
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(tr("net-inspector"));
    setDockNestingEnabled(true);
    resize(firstSize());
    buildCentre();
    buildMenus();
    buildToolBar();
    m_status->addPermanentWidget(new RecordingLamp(m_files->recorder()));
    setStatusBar(m_status);
    connectSelection();
    connectActions();
    restore();
    if (!m_session.isLive())
        dressAsRecording();
    showHint();
    m_connections->setFocus();
}

MainWindow::~MainWindow()
{
    // The views go before the models they show, which are ours.
    hide();
    qDeleteAll(findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
}

void MainWindow::buildCentre()
{
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (!m_session.isLive())
        layout->addWidget(new RecordingBanner(*m_session.origin(), this));
    layout->addWidget(m_filterBar);
    layout->addWidget(m_connections);
    setCentralWidget(centre);
}

void MainWindow::buildMenus()
{
    QMenu *const file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions.record, m_actions.clear});
    file->addSeparator();
    m_files->addTo(*file);
    file->addSeparator();
    file->addAction(m_actions.quit);
    auto *const processes = new ProcessMenu(m_session, this);
    processes->setEnabled(m_session.isLive());
    menuBar()->addMenu(processes);

    m_viewMenu = menuBar()->addMenu(tr("&View"));
    m_viewMenu->addActions({m_actions.pause, m_actions.asTree, m_actions.filter, m_actions.payload, m_actions.stacks});
    m_viewMenu->addActions({m_filterBar->undoAction(), m_filterBar->redoAction()});
    m_viewMenu->addSeparator();
    for (QDockWidget *dock : findChildren<QDockWidget *>())
        m_viewMenu->addAction(dock->toggleViewAction());
    m_viewMenu->addSeparator();
    m_viewMenu->addMenu(tr("&Closed rows stay for"))->addActions(m_actions.lingers->actions());
    m_viewMenu->addAction(m_actions.keepEnded);
    m_colours = m_viewMenu->addMenu(tr("C&olours"));
    m_colours->addActions(m_actions.themes->actions());
    menuBar()->addMenu(tr("&Help"))->addActions({m_filterBar->helpAction(), m_actions.about});
}

void MainWindow::buildToolBar()
{
    QToolBar *const bar = addToolBar(tr("Tools"));
    bar->setObjectName(u"toolBar"_s);
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
    bar->addActions({m_actions.pause, m_actions.record, m_actions.asTree, m_actions.clear});
    m_viewMenu->addAction(bar->toggleViewAction());
}

void MainWindow::connectSelection()
{
    Selection &selection = m_workspace.selection;
    connect(m_connections, &ConnectionView::chosen, &selection, &Selection::choose);
    connect(&selection, &Selection::changed, m_connections, &ConnectionView::choose);
    connect(m_connections, &ConnectionView::menuRequested, this,
            [this](SubjectKey key, int column, const QPoint &position) {
                showRowMenu(key, column, position, m_connections);
            });
    connect(m_docks, &Docks::menuRequested, this, &MainWindow::showRowMenu);
    connect(m_docks, &Docks::conditionChosen, m_filterBar, &FilterBar::add);
    connect(m_docks, &Docks::spanChosen, m_filterBar, [this](auto span) { m_filterBar->replace(u"time", span); });
    connect(m_docks, &Docks::sourceChosen, this, &MainWindow::openSource);
    connect(m_docks, &Docks::editorRequested, this, [this] { m_editor->choose(); });
    connect(m_filterBar, &FilterBar::recentChanged, this,
            [this](const QStringList &filters) { m_memory.setRecentFilters(filters); });
    connect(&m_workspace.objects, &ObjectModel::updated, this, &MainWindow::showHint);
    connect(&m_session, &Session::feedsChanged, this, &MainWindow::showHint);
}

void MainWindow::connectActions()
{
    connect(m_files, &SessionFiles::said, m_status,
            [this](const QString &text) { m_status->showMessage(text, 15'000); });
    connect(m_editor, &Editor::chosen, this, [this](const QString &command) { m_memory.setEditor(command); });
    connect(m_actions.filter, &QAction::triggered, m_filterBar, &FilterBar::edit);
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_actions.asTree, &QAction::toggled, this, [this](bool tree) {
        m_connections->setShape(tree ? ObjectModel::Shape::Tree : ObjectModel::Shape::Table);
        m_memory.setTree(tree);
    });
    connect(m_actions.keepEnded, &QAction::toggled, this, [this](bool keeps) { m_memory.setKeepsEnded(keeps); });
    connect(&m_actions, &Actions::themeChosen, this, [this](Theme theme) {
        useTheme(theme);
        m_memory.setTheme(theme);
    });
    connect(&m_actions, &Actions::lingerChosen, this, [this](std::chrono::seconds linger) {
        m_session.setLinger(linger);
        m_memory.setLinger(linger);
    });
    // The window itself offers them, so that a key works whichever pane has the focus.
    addActions({m_actions.pause, m_actions.record, m_actions.payload, m_actions.stacks, m_actions.clear,
                m_actions.filter, m_actions.asTree});
}

void MainWindow::restore()
{
    restoreGeometry(m_memory.geometry());
    restoreState(m_memory.layout());
    m_connections->restoreColumns(m_memory.columns());
    m_filterBar->setRecent(m_memory.recentFilters());
    m_actions.asTree->setChecked(m_memory.isTree());
    m_workspace.view.times().setMode(m_memory.times());
    for (QAction *action : m_actions.themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(m_memory.theme()));
    if (!m_session.isLive())
        return; // nothing goes away by itself
    m_actions.keepEnded->setChecked(m_memory.keepsEnded());
    const auto linger = m_memory.linger(std::chrono::duration_cast<std::chrono::seconds>(m_session.options().linger));
    m_session.setLinger(linger);
    for (QAction *action : m_actions.lingers->actions())
        action->setChecked(action->data().toInt() == linger.count());
}

// Everything can be looked at, and nothing can be done to it.
void MainWindow::dressAsRecording()
{
    const Origin &origin = *m_session.origin();
    setWindowTitle(tr("%1 (recording) - net-inspector").arg(QFileInfo(origin.file).fileName()));
    for (QAction *action :
         {m_actions.pause, m_actions.record, m_actions.payload, m_actions.stacks, m_actions.clear, m_actions.keepEnded})
        action->setEnabled(false);
    m_actions.record->setChecked(false);
    m_actions.lingers->setEnabled(false);
    // All of it at a glance.
    const std::chrono::seconds length(origin.from.secsTo(origin.to) + 1);
    for (auto *plot : findChildren<ThroughputPlot *>())
        plot->setSpan(length);
    for (auto *timeline : findChildren<TimelineView *>())
        timeline->setSpan(length);
}

void MainWindow::useTheme(Theme theme)
{
    applyTheme(*qApp, theme);
    for (QAction *action : m_actions.themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(theme));
}

void MainWindow::setFilter(const QString &text)
{
    m_filterBar->setText(text);
}

void MainWindow::sortBy(Column column)
{
    m_connections->sortBy(column);
}

void MainWindow::showView(const QString &name)
{
    if (auto *const dock = findChild<QDockWidget *>(name + u"Dock"_s)) {
        dock->show();
        dock->raise();
    }
}

void MainWindow::openSource(const QString &file, int line)
{
    const QString problem = m_editor->open(file, line);
    m_status->showMessage(problem.isEmpty() ? tr("%1 is opened in the editor").arg(file) : problem, 15'000);
}

void MainWindow::becomePart()
{
    m_actions.quit->setVisible(false);
    m_actions.quit->setEnabled(false);
    m_colours->menuAction()->setVisible(false);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_memory.setTimes(m_workspace.view.times().mode());
    m_memory.setGeometry(saveGeometry());
    m_memory.setLayout(saveState());
    m_memory.setColumns(m_connections->saveColumns());
    QMainWindow::closeEvent(event);
}

void MainWindow::showHint()
{
    const Hint hint = connectionHint(m_session, m_workspace.objects, m_workspace.filter);
    m_connections->setEmptyText(hint.title, hint.advice);
    m_filterBar->setCounts(m_workspace.objects.shownCount(), m_workspace.objects.totalCount());
}

void MainWindow::showRowMenu(SubjectKey key, int column, const QPoint &position, QAbstractItemView *table)
{
    auto *menu = new RowMenu(m_workspace.view, key, static_cast<Column>(qMax(0, column)), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &RowMenu::conditionChosen, m_filterBar, &FilterBar::add);
    connect(menu, &RowMenu::subjectChosen, &m_workspace.selection, &Selection::choose);
    menu->addSeparator();
    if (table)
        addCopyMenu(*menu, *table);
    menu->addAction(m_filterBar->undoAction());
    menu->popup(position);
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(u"about"_s);
    box->setWindowTitle(tr("About net-inspector"));
    box->setIconPixmap(QApplication::windowIcon().pixmap(QSize(64, 64), devicePixelRatio()));
    box->setText(
        tr("<h3>net-inspector %1</h3><p>Shows the servers, connections and data flow of running applications that "
           "use libnet.</p>")
            .arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("Qt %1, built with %2\nProtocol version %3, session file version %4\n%5, %6\nMIT licence")
            .arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR))
            .arg(net::wire::newestVersion)
            .arg(sessionVersion)
            .arg(QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture()));
    box->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->open();
}

} // namespace inspector
