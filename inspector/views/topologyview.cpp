#include "inspector/views/topologyview.h"

#include "inspector/models/objectcolumns.h"
#include "inspector/models/units.h"
#include "inspector/views/emptystate.h"

#include <QContextMenuEvent>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace inspector {

using namespace Qt::StringLiterals;

static constexpr int smallestZoom = -4;
static constexpr int greatestZoom = 8;

TopologyView::TopologyView(TopologyModel &model, QWidget *parent)
    : QAbstractScrollArea(parent),
      m_model(model),
      m_empty(new EmptyState(viewport()))
{
    setObjectName(u"topology"_s);
    setAccessibleName(tr("Topology"));
    setAccessibleDescription(tr("Who connects, on the left, and who is connected to, on the right"));
    setToolTip(
        tr("Turn the wheel with Ctrl, or press Ctrl and + or -, to make it larger or smaller; Ctrl+0 for as it was"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(80);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    connect(&m_model, &TopologyModel::framed, this, &TopologyView::animate);
    connect(&m_model, &TopologyModel::changed, this, &TopologyView::reload);
    reload();
}

QString TopologyView::emptyTitle() const
{
    return m_empty->title();
}

void TopologyView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    m_model.setActive(true);
}

void TopologyView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_model.setActive(false);
    m_flows = false;
}

void TopologyView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    reload();
}

void TopologyView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        reload();
}

// Everything is laid out by the size of its text.
void TopologyView::setZoom(int steps)
{
    steps = std::clamp(steps, smallestZoom, greatestZoom);
    if (steps == m_zoom)
        return;
    m_zoom = steps;
    QFont zoomed;
    if (m_zoom) {
        const QFont plain = parentWidget() ? parentWidget()->font() : QGuiApplication::font();
        zoomed.setPointSizeF(QFontInfo(plain).pointSizeF() * std::pow(1.15, m_zoom));
    }
    setFont(zoomed);
}

void TopologyView::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    // A touchpad tells of parts of a step.
    m_turned += event->angleDelta().y();
    setZoom(m_zoom + m_turned / QWheelEvent::DefaultDeltasPerStep);
    m_turned %= QWheelEvent::DefaultDeltasPerStep;
    event->accept();
}

bool TopologyView::zoomBy(const QKeyEvent &event)
{
    if (!(event.modifiers() & Qt::ControlModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift
        setZoom(m_zoom + 1);
        return true;
    case Qt::Key_Minus:
        setZoom(m_zoom - 1);
        return true;
    case Qt::Key_0:
        setZoom(0);
        return true;
    default:
        return false;
    }
}

void TopologyView::scrollContentsBy(int, int)
{
    viewport()->update();
}

void TopologyView::reload()
{
    const Topology &topology = m_model.topology();
    m_layout.arrange(topology, viewport()->width(), fontMetrics());
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
    verticalScrollBar()->setRange(0, std::max(0, m_layout.height() - viewport()->height()));
    m_current = std::min(m_current, static_cast<int>(topology.nodes.size()) - 1);
    if (topology.nodes.empty())
        m_empty->setText(tr("Nobody to draw"), tr("Servers, and whoever connects to whom, appear here as a graph. "
                                                  "A filter above may hide them."));
    else
        m_empty->setText({}, {});
    const bool flowed = m_flows;
    m_flows =
        std::ranges::any_of(topology.edges, [](const TopologyEdge &edge) { return edge.forth >= 1 || edge.back >= 1; });
    if (m_flows && !flowed)
        m_clock.start();
    viewport()->update();
}

void TopologyView::animate()
{
    // What stands still needs no frames.
    if (!m_flows)
        return;
    m_travel += static_cast<double>(m_clock.restart()) / 1000 * 6;
    viewport()->update();
}

void TopologyView::choose(SubjectKey key)
{
    if (m_chosen == key)
        return;
    m_chosen = key;
    const auto &nodes = m_model.topology().nodes;
    const auto found =
        std::ranges::find_if(nodes, [&](const TopologyNode &node) { return m_model.standsFor(node, key); });
    if (!key.isNull() && found != nodes.end())
        makeVisible(static_cast<int>(found - nodes.begin()));
    viewport()->update();
}

void TopologyView::makeVisible(int node)
{
    const QRect &box = m_layout.boxes()[static_cast<std::size_t>(node)];
    QScrollBar *const bar = verticalScrollBar();
    bar->setValue(std::clamp(bar->value(), std::min(box.bottom() + 8 - viewport()->height(), box.top() - 8),
                             std::max(0, box.top() - 8)));
}

int TopologyView::nodeAt(const QPoint &place) const
{
    const QPoint point = place + QPoint(0, verticalScrollBar()->value());
    const auto found = std::ranges::find_if(m_layout.boxes(), [&](const QRect &box) { return box.contains(point); });
    return found == m_layout.boxes().end() ? -1 : static_cast<int>(found - m_layout.boxes().begin());
}

QRect TopologyView::placeOf(const QString &title) const
{
    const auto &nodes = m_model.topology().nodes;
    const auto found = std::ranges::find(nodes, title, &TopologyNode::title);
    if (found == nodes.end())
        return {};
    return m_layout.boxes()[static_cast<std::size_t>(found - nodes.begin())].translated(0,
                                                                                        -verticalScrollBar()->value());
}

void TopologyView::go(int node)
{
    if (node < 0 || node >= static_cast<int>(m_model.topology().nodes.size()))
        return;
    m_current = node;
    makeVisible(node);
    viewport()->update();
}

void TopologyView::activate(int node)
{
    go(node);
    if (node >= 0 && !m_model.topology().nodes[static_cast<std::size_t>(node)].key.isNull())
        Q_EMIT chosen(m_model.topology().nodes[static_cast<std::size_t>(node)].key);
}

void TopologyView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        activate(nodeAt(event->position().toPoint()));
}

void TopologyView::keyPressEvent(QKeyEvent *event)
{
    if (zoomBy(*event))
        return;
    const auto &nodes = m_model.topology().nodes;
    const auto other = std::ranges::find_if(nodes, [&](const TopologyNode &node) {
        return m_current >= 0 && node.right != nodes[static_cast<std::size_t>(m_current)].right;
    });
    switch (event->key()) {
    case Qt::Key_Down:
        return go(m_current + 1);
    case Qt::Key_Up:
        return go(m_current - 1);
    case Qt::Key_Left:
    case Qt::Key_Right:
        return go(other == nodes.end() ? 0 : static_cast<int>(other - nodes.begin()));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return activate(m_current);
    default:
        event->ignore();
    }
}

void TopologyView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int node = byKeyboard ? m_current : nodeAt(event->pos());
    if (node < 0)
        return;
    go(node);
    const QPoint place =
        byKeyboard ? placeOf(m_model.topology().nodes[static_cast<std::size_t>(node)].title).center() : event->pos();
    showMenu(node, viewport()->mapToGlobal(place));
}

void TopologyView::showMenu(int node, const QPoint &position)
{
    const TopologyNode &at = m_model.topology().nodes[static_cast<std::size_t>(node)];
    if (at.condition.isEmpty()) {
        Q_EMIT menuRequested(at.key, static_cast<int>(Column::Name), position);
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString condition = at.condition;
    menu->addAction(tr("&Only this: %1").arg(condition), this,
                    [this, condition] { Q_EMIT conditionChosen(condition); });
    menu->addAction(tr("&Not this"), this, [this, condition] { Q_EMIT conditionChosen(u"-("_s + condition + u')'); });
    if (!at.key.isNull()) {
        menu->addSeparator();
        const SubjectKey key = at.key;
        menu->addAction(tr("&More…"), this,
                        [this, key, position] { Q_EMIT menuRequested(key, static_cast<int>(Column::Name), position); });
    }
    menu->popup(position);
}

QString TopologyView::describe(const TopologyNode &node) const
{
    const QString count = node.connections == 1
                              ? tr("1 connection")
                              : tr("%1 connections").arg(countText(static_cast<quint64>(node.connections)));
    return node.subtitle.isEmpty() ? count : count + u" · "_s + node.subtitle;
}

bool TopologyView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int node = nodeAt(help->pos());
    const auto &nodes = m_model.topology().nodes;
    QToolTip::showText(help->globalPos(),
                       node < 0 ? toolTip()
                                : nodes[static_cast<std::size_t>(node)].title + u'\n' +
                                      describe(nodes[static_cast<std::size_t>(node)]),
                       viewport());
    return true;
}

} // namespace inspector
