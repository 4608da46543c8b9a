#include "inspector/window/docks.h"

#include "inspector/commands/actions.h"
#include "inspector/views/detailpane.h"
#include "inspector/views/eventpane.h"
#include "inspector/views/latencypane.h"
#include "inspector/views/lintpane.h"
#include "inspector/views/queueplot.h"
#include "inspector/views/stackpane.h"
#include "inspector/views/throughputplot.h"
#include "inspector/views/timelineview.h"
#include "inspector/views/topologyview.h"
#include "inspector/window/workspace.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QTabBar>
#include <QTableView>

namespace inspector {

using namespace Qt::StringLiterals;

Docks::Docks(QMainWindow &window, Workspace &workspace, const Actions &actions)
    : QObject(&window),
      m_window(window),
      m_workspace(workspace),
      m_actions(actions),
      m_details(new DetailPane(workspace.facts, workspace.stream)),
      m_events(new EventPane(workspace.events))
{
    arrange();
    Selection &selection = m_workspace.selection;
    connect(m_events->view(), &EventLogView::chosen, &selection, &Selection::choose);
    connect(m_events->view(), &EventLogView::menuRequested, this,
            [this](SubjectKey key, int column, const QPoint &position) {
                Q_EMIT menuRequested(key, column, position, m_events->view());
            });
    connect(m_details, &DetailPane::chosen, &selection, &Selection::choose);
    connect(m_details, &DetailPane::menuRequested, this, [this](SubjectKey key, int column, const QPoint &position) {
        Q_EMIT menuRequested(key, column, position, m_details->factView());
    });
    connect(&selection, &Selection::changed, m_details, &DetailPane::setSubject);
    connect(&selection, &Selection::changed, m_events, &EventPane::setSubject);
    connect(&selection, &Selection::changed, &m_workspace.throughput, &ThroughputModel::setSubject);
}

QDockWidget *Docks::add(const QString &name, const QString &title, QWidget *content)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setWidget(content);
    // Behind another tab a dock is but moved out of sight, and what is in it would go on working for nobody.
    QSizePolicy room = content->sizePolicy();
    room.setRetainSizeWhenHidden(true);
    content->setSizePolicy(room);
    connect(dock, &QDockWidget::visibilityChanged, content, &QWidget::setVisible);
    connect(dock, &QDockWidget::visibilityChanged, this, &Docks::keepTabsReadable);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    return dock;
}

// In a narrow window the tabs are moved through, rather than that two of them say "T…". Dragging a dock makes a new
// bar.
void Docks::keepTabsReadable()
{
    for (QTabBar *bar : m_window.findChildren<QTabBar *>(QString(), Qt::FindDirectChildrenOnly))
        bar->setElideMode(Qt::ElideNone);
}

void Docks::arrange()
{
    QDockWidget *const details = add(u"detailsDock"_s, tr("Details"), m_details);
    QDockWidget *const throughput =
        add(u"throughputDock"_s, tr("Throughput"), new ThroughputPlot(m_workspace.throughput));
    QDockWidget *const events = add(u"eventsDock"_s, tr("Events"), m_events);
    m_window.splitDockWidget(details, throughput, Qt::Horizontal);
    m_window.splitDockWidget(throughput, events, Qt::Vertical);
    addTabs(details);
    m_window.resizeDocks({details, throughput}, {740, 520}, Qt::Horizontal);
    m_window.resizeDocks({throughput, events}, {170, 220}, Qt::Vertical);
    m_window.resizeDocks({details}, {390}, Qt::Vertical);
}

void Docks::addTabs(QDockWidget *details)
{
    Selection &selection = m_workspace.selection;
    m_window.setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    auto *timeline = new TimelineView(m_workspace.timeline);
    connect(timeline, &TimelineView::chosen, &selection, &Selection::choose);
    const auto passOn = [this](SubjectKey key, int column, const QPoint &position) {
        Q_EMIT menuRequested(key, column, position, nullptr);
    };
    connect(timeline, &TimelineView::menuRequested, this, passOn);
    connect(timeline, &TimelineView::brushed, this, &Docks::spanChosen);
    connect(&selection, &Selection::changed, timeline, &TimelineView::choose);
    auto *topology = new TopologyView(m_workspace.topology);
    connect(topology, &TopologyView::chosen, &selection, &Selection::choose);
    connect(topology, &TopologyView::menuRequested, this, passOn);
    connect(topology, &TopologyView::conditionChosen, this, &Docks::conditionChosen);
    connect(&selection, &Selection::changed, topology, &TopologyView::choose);
    auto *lints = new LintPane(m_workspace.lints);
    connect(lints, &LintPane::chosen, &selection, &Selection::choose);
    connect(lints, &LintPane::conditionChosen, this, &Docks::conditionChosen);
    connect(&selection, &Selection::changed, lints, &LintPane::choose);

    QList<QDockWidget *> docks = {add(u"timelineDock"_s, tr("Timeline"), timeline),
                                  add(u"topologyDock"_s, tr("Topology"), topology)};
    docks += addSocketPanes();
    docks += addStacks();
    docks += add(u"lintsDock"_s, tr("Lints"), lints);
    for (QDockWidget *dock : std::as_const(docks))
        m_window.tabifyDockWidget(details, dock);
    details->raise();
}

QDockWidget *Docks::add(const QString &name, const QString &title, SocketPane *pane)
{
    connect(pane, &SocketPane::chosen, &m_workspace.selection, &Selection::choose);
    connect(&m_workspace.selection, &Selection::changed, pane, &SocketPane::choose);
    connect(pane, &SocketPane::menuRequested, this, [this, pane](SubjectKey key, int column, const QPoint &position) {
        Q_EMIT menuRequested(key, column, position, pane->table());
    });
    return add(name, title, static_cast<QWidget *>(pane));
}

QDockWidget *Docks::addStacks()
{
    auto *stacks = new StackPane(m_workspace.stacks, m_actions.stacks);
    connect(&m_workspace.selection, &Selection::changed, stacks, &StackPane::setSubject);
    connect(stacks, &StackPane::sourceChosen, this, &Docks::sourceChosen);
    connect(stacks, &StackPane::editorRequested, this, &Docks::editorRequested);
    return add(u"stacksDock"_s, tr("Call stacks"), stacks);
}

QList<QDockWidget *> Docks::addSocketPanes()
{
    auto *queues =
        new SocketPane(m_workspace.backpressure,
                       {.name = u"backpressure"_s,
                        .title = tr("Backpressure"),
                        .emptyTitle = tr("Nothing waits to be sent"),
                        .emptyHint = tr("Sockets with bytes in their write queue are listed here, those above "
                                        "their high-water mark first. A filter above may hide some.")},
                       new QueuePlot(m_workspace.backpressure));
    auto *halfOpen =
        new SocketPane(m_workspace.halfOpen,
                       {.name = u"halfOpen"_s,
                        .title = tr("Half-open connections"),
                        .emptyTitle = tr("No connection is half-open"),
                        .emptyHint = tr("Connections of which one side has ended are listed here, with what is missing "
                                        "until they are closed. A filter above may hide some.")});
    auto *latency = new LatencyPane(m_workspace.latency);
    return {add(u"backpressureDock"_s, tr("Backpressure"), queues), add(u"halfOpenDock"_s, tr("Half-open"), halfOpen),
            add(u"latencyDock"_s, tr("Latency"), latency)};
}

} // namespace inspector
