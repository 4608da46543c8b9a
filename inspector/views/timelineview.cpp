#include "inspector/views/timelineview.h"

#include "inspector/models/objectcolumns.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/timesteering.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace inspector {

using namespace std::chrono_literals;

// From what a connection of some milliseconds needs to a day.
static constexpr std::array<TimeWindow::Length, 13> spans = {20ms, 100ms, 500ms, 2s, 5s, 15s, 60s,
                                                             180s, 600s,  1800s, 2h, 6h, 24h};

TimelineView::TimelineView(TimelineModel &model, QWidget *parent)
    : QAbstractScrollArea(parent),
      m_model(model),
      m_empty(new EmptyState(viewport())),
      m_now(new NowButton(viewport())),
      m_time(spans, 60s)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("A bar for each connection over time; return filters by the life of the current one"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(80);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    viewport()->setCursor(Qt::CrossCursor);
    m_rowHeight = fontMetrics().height() + 4;
    connect(&m_model, &TimelineModel::changed, this, &TimelineView::update);
    connect(m_now, &NowButton::clicked, this, [this] {
        m_time.follow();
        update();
    });
    m_empty->setText(tr("No connections"), tr("Each connection gets a bar here as soon as there is one."));
}

void TimelineView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    m_model.setActive(true);
    update();
}

void TimelineView::hideEvent(QHideEvent *event)
{
    QAbstractScrollArea::hideEvent(event);
    m_model.setActive(false);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    update();
}

QString TimelineView::emptyTitle() const
{
    return m_empty->title();
}

QRect TimelineView::plotRect() const
{
    const int names = std::min(viewport()->width() / 3, fontMetrics().averageCharWidth() * 20);
    return viewport()->rect().adjusted(names, 2 * fontMetrics().height() + 10, -8, 0);
}

void TimelineView::update()
{
    const bool isBrushing = m_pressedAt >= 0;
    if (!isBrushing)
        m_time.setBounds(m_model.begin(), m_model.now());
    m_model.setSpan(m_time.from(), m_time.isFollowing() ? std::numeric_limits<qint64>::max() : m_time.to());
    const int page = std::max(1, plotRect().height() / m_rowHeight);
    QScrollBar *const bar = verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    bar->setPageStep(page);
    bar->setRange(0, std::max(0, m_model.count() - page));
    // The newest connections are at the bottom, and stay in sight as in a log.
    if (atEnd)
        bar->setValue(bar->maximum());
    if (m_model.count() > 0)
        m_empty->setText({}, {});
    else if (m_model.hasAnybody())
        m_empty->setText(tr("No connections to show"), tr("There are none yet, or the filter hides them."));
    m_now->showFor(m_time, plotRect(), m_model.isLive());
    viewport()->update();
}

int TimelineView::xOf(qint64 time) const
{
    const QRect plot = plotRect();
    const double span = static_cast<double>(m_time.length().count());
    const double x =
        static_cast<double>(plot.right() + 1) - static_cast<double>(m_time.to() - time) / span * plot.width();
    return static_cast<int>(std::clamp(x, -10'000.0, 100'000.0));
}

qint64 TimelineView::timeAt(int x) const
{
    const QRect plot = plotRect();
    const double span = static_cast<double>(m_time.length().count());
    const double share = static_cast<double>(plot.right() + 1 - x) / std::max(1, plot.width());
    return m_time.to() - static_cast<qint64>(std::clamp(share, 0.0, 1.0) * span);
}

int TimelineView::rowAt(int y) const
{
    const int offset = y - plotRect().top();
    if (offset < 0)
        return -1;
    const int row = verticalScrollBar()->value() + offset / m_rowHeight;
    return row < m_model.count() ? row : -1;
}

void TimelineView::choose(SubjectKey key)
{
    m_chosen = key;
    const int row = m_model.indexOf(key);
    QScrollBar *const bar = verticalScrollBar();
    if (row >= 0 && (row < bar->value() || row >= bar->value() + bar->pageStep()))
        bar->setValue(row - bar->pageStep() / 2);
    viewport()->update();
}

void TimelineView::choseRow(int row)
{
    if (row < 0 || row >= m_model.count())
        return;
    choose(m_model.keyAt(row));
    Q_EMIT chosen(m_chosen);
}

void TimelineView::setSpan(TimeWindow::Length span)
{
    m_time.setLength(span);
    update();
}

std::optional<std::pair<qint64, qint64>> TimelineView::brush() const
{
    if (m_draggedTo < 0)
        return m_model.brush();
    return std::minmax({timeAt(m_pressedAt), timeAt(m_draggedTo)});
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_pressedAt = event->position().toPoint().x();
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const int x = event->position().toPoint().x();
    if (m_pressedAt < 0 || std::abs(x - m_pressedAt) < 4)
        return;
    m_draggedTo = std::max(0, x);
    viewport()->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_pressedAt < 0)
        return;
    const QPoint at = event->position().toPoint();
    if (std::abs(at.x() - m_pressedAt) >= 4)
        Q_EMIT brushed(m_model.condition(timeAt(m_pressedAt), timeAt(at.x())));
    else
        choseRow(rowAt(at.y()));
    m_pressedAt = m_draggedTo = -1;
    viewport()->update();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QRect plot = plotRect();
    const double at = (event->position().x() - plot.left()) / std::max(1, plot.width());
    if (event->modifiers() & Qt::ControlModifier && event->angleDelta().y())
        m_time.zoom(event->angleDelta().y() > 0 ? -1 : 1, std::clamp(at, 0.0, 1.0));
    else if (!steer(m_time, *event))
        return QAbstractScrollArea::wheelEvent(event);
    update();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const int row = m_model.indexOf(m_chosen);
    const bool ofRows = event->modifiers() & Qt::ControlModifier;
    if (!ofRows && steer(m_time, *event))
        return update();
    switch (event->key()) {
    case Qt::Key_Up:
        return choseRow(row < 0 ? m_model.count() - 1 : row - 1);
    case Qt::Key_Down:
        return choseRow(row < 0 ? verticalScrollBar()->value() : row + 1);
    case Qt::Key_Home:
        return choseRow(0);
    case Qt::Key_End:
        return choseRow(m_model.count() - 1);
    case Qt::Key_Escape:
        Q_EMIT brushed({});
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row >= 0) {
            const auto [from, to] = m_model.lifeOf(row);
            Q_EMIT brushed(m_model.condition(from, to));
        }
        return;
    default:
        event->ignore(); // space is the window's
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int row = byKeyboard ? m_model.indexOf(m_chosen) : rowAt(event->pos().y());
    const QPoint place = byKeyboard ? viewport()->rect().center() : event->pos();
    Q_EMIT menuRequested(row < 0 ? SubjectKey() : m_model.keyAt(row), static_cast<int>(Column::Name),
                         viewport()->mapToGlobal(place));
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = rowAt(help->pos().y());
    QToolTip::showText(help->globalPos(),
                       row < 0
                           ? tr("Drag to filter everything by a span of time; + and - show less or more of it, ← and → "
                                "go back and on, Home and End to its ends")
                           : m_model.describe(row, timeAt(help->pos().x())),
                       viewport());
    return true;
}

} // namespace inspector
