#include "inspector/window/docks.h"

#include "inspector/views/detailpane.h"
#include "inspector/views/eventpane.h"
#include "inspector/views/throughputplot.h"
#include "inspector/window/workspace.h"

#include <QDockWidget>
#include <QMainWindow>

namespace inspector {

using namespace Qt::StringLiterals;

Docks::Docks(QMainWindow &window, Workspace &workspace)
    : QObject(&window),
      m_window(window),
      m_workspace(workspace),
      m_details(new DetailPane(workspace.facts, workspace.stream)),
      m_events(new EventPane(workspace.events))
{
    arrange();
    Selection &selection = m_workspace.selection;
    connect(m_events->view(), &EventLogView::chosen, &selection, &Selection::choose);
    connect(m_events->view(), &EventLogView::menuRequested, this,
            [this](SubjectKey key, const QPoint &position) { Q_EMIT menuRequested(key, 0, position); });
    connect(m_details, &DetailPane::chosen, &selection, &Selection::choose);
    connect(&selection, &Selection::changed, m_details, &DetailPane::setSubject);
    connect(&selection, &Selection::changed, m_events, &EventPane::setSubject);
    connect(&selection, &Selection::changed, &m_workspace.throughput, &ThroughputModel::setSubject);
}

QDockWidget *Docks::add(const QString &name, const QString &title, QWidget *content)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setWidget(content);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    return dock;
}

void Docks::arrange()
{
    QDockWidget *const details = add(u"detailsDock"_s, tr("Details"), m_details);
    QDockWidget *const throughput =
        add(u"throughputDock"_s, tr("Throughput"), new ThroughputPlot(m_workspace.throughput));
    QDockWidget *const events = add(u"eventsDock"_s, tr("Events"), m_events);
    m_window.splitDockWidget(details, throughput, Qt::Horizontal);
    m_window.splitDockWidget(throughput, events, Qt::Vertical);
    m_window.resizeDocks({details, throughput}, {740, 520}, Qt::Horizontal);
    m_window.resizeDocks({throughput, events}, {170, 220}, Qt::Vertical);
    m_window.resizeDocks({details}, {390}, Qt::Vertical);
}

} // namespace inspector
