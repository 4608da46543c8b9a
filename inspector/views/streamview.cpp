#include "inspector/views/streamview.h"

#include "inspector/views/colours.h"
#include "inspector/views/emptystate.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Direction;

StreamView::StreamView(StreamModel &model, QWidget *parent)
    : QAbstractScrollArea(parent),
      m_model(model),
      m_empty(new EmptyState(viewport()))
{
    setObjectName(u"stream"_s);
    setAccessibleName(tr("Stream"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(&m_model, &StreamModel::advanced, this, &StreamView::advance);
    connect(&m_model, &StreamModel::reset, this, &StreamView::reload);
    measure();
    reload();
}

void StreamView::measure()
{
    m_lineHeight = fontMetrics().height() + 1;
    m_character = std::max(1, fontMetrics().horizontalAdvance(u'0'));
    m_gutter = m_character * 15 + 8;
}

void StreamView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        measure();
        layoutLines();
    }
}

void StreamView::layoutLines()
{
    const QScopedValueRollback moving(m_moving, true);
    const int page = std::max(1, viewport()->height() / m_lineHeight);
    const StreamLines &lines = m_model.lines();
    const int characters =
        lines.mode() == StreamLines::Mode::Hex ? 10 + StreamLines::bytesPerHexLine * 4 + 4 : lines.longest();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, lines.size() - page));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, m_gutter + characters * m_character + 8 - viewport()->width()));
    horizontalScrollBar()->setSingleStep(m_character);
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
}

void StreamView::reload()
{
    m_anchor = m_cursor = -1;
    m_following = true;
    showVacancy();
    layoutLines();
}

void StreamView::advance(int removed)
{
    m_anchor = m_anchor < removed ? -1 : m_anchor - removed;
    m_cursor = m_cursor < removed ? -1 : m_cursor - removed;
    if (removed && !m_following) {
        const QScopedValueRollback moving(m_moving, true);
        verticalScrollBar()->setValue(verticalScrollBar()->value() - removed);
    }
    layoutLines();
}

void StreamView::showVacancy()
{
    switch (m_model.vacancy()) {
    case StreamModel::Vacancy::None:
        m_empty->setText({}, {});
        break;
    case StreamModel::Vacancy::NoSubject:
        m_empty->setText(tr("Nothing is chosen"), tr("Choose a connection to follow what it sends and receives."));
        break;
    case StreamModel::Vacancy::NotASocket:
        m_empty->setText(tr("This has no stream of its own"),
                         tr("Choose one of its connections to follow what it sends and receives."));
        break;
    case StreamModel::Vacancy::NotAttached:
        m_empty->setText(tr("Nothing was captured"),
                         tr("The inspector is not attached to this process, so there is nobody to ask."));
        break;
    case StreamModel::Vacancy::NotGranted:
        m_empty->setText(tr("The application does not show its payload"),
                         tr("Counters and events are always there; the bytes are its owner's to give. "
                            "Start the application with LIBNET_INSPECT_PAYLOAD=1, or let it call "
                            "net::Agent::start({.payload = true})."));
        break;
    case StreamModel::Vacancy::NotRecorded:
        m_empty->setText(
            tr("No payload was recorded"),
            tr("It has said nothing meanwhile, or its application does not show its payload: start it with "
               "LIBNET_INSPECT_PAYLOAD=1 and record again."));
        break;
    case StreamModel::Vacancy::Silent:
        m_empty->setText(tr("Waiting for data"),
                         tr("The payload of this connection is captured from now on, and appears here."));
        break;
    }
}

QString StreamView::emptyTitle() const
{
    return m_empty->title();
}

void StreamView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_model.setWidth((viewport()->width() - m_gutter - 8) / m_character);
    layoutLines();
}

void StreamView::scrollContentsBy(int, int)
{
    if (!m_moving)
        m_following = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    viewport()->update();
}

int StreamView::lineAt(int y) const
{
    return std::clamp(verticalScrollBar()->value() + y / m_lineHeight, 0, std::max(0, m_model.lines().size() - 1));
}

void StreamView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_model.lines().size() == 0)
        return;
    m_cursor = lineAt(static_cast<int>(event->position().y()));
    if (m_anchor < 0 || !(event->modifiers() & Qt::ShiftModifier))
        m_anchor = m_cursor;
    viewport()->update();
}

void StreamView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || m_anchor < 0)
        return;
    m_cursor = lineAt(static_cast<int>(event->position().y()));
    viewport()->update();
}

void StreamView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *const bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll)) {
        m_anchor = 0;
        m_cursor = m_model.lines().size() - 1;
        viewport()->update();
    } else if (event->key() == Qt::Key_Home)
        bar->setValue(0);
    else if (event->key() == Qt::Key_End)
        bar->setValue(bar->maximum());
    else if (event->key() == Qt::Key_Space)
        event->ignore();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void StreamView::copy()
{
    if (m_anchor < 0)
        return;
    const int first = std::min(m_anchor, m_cursor);
    const int last = std::max(m_anchor, m_cursor);
    if (m_model.lines().mode() == StreamLines::Mode::Text) {
        QApplication::clipboard()->setText(QString::fromUtf8(m_model.lines().bytes(first, last)));
        return;
    }
    QStringList lines;
    for (int i = first; i <= last; ++i) {
        const StreamLines::Line line = m_model.lines().at(i);
        lines += u"%1  %2  %3"_s.arg(line.offset, 8, 16, QChar(u'0')).arg(line.text, line.plain);
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

QString StreamView::visibleText() const
{
    QStringList texts;
    const int first = verticalScrollBar()->value();
    const int last = std::min(m_model.lines().size(), first + viewport()->height() / m_lineHeight + 1);
    for (int i = first; i < last; ++i) {
        const StreamLines::Line line = m_model.lines().at(i);
        const QChar glyph = line.direction == Direction::Sent ? u'▲' : u'▼';
        texts += glyph + u' ' + line.text + (line.plain.isEmpty() ? QString() : u"  "_s + line.plain);
    }
    return texts.join(u'\n');
}

void StreamView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setFont(font());
    const StreamLines &lines = m_model.lines();
    const int first = verticalScrollBar()->value();
    const int low = std::min(m_anchor, m_cursor);
    const int high = std::max(m_anchor, m_cursor);
    for (int i = first, y = 0; i < lines.size() && y < viewport()->height(); ++i, y += m_lineHeight) {
        if (m_anchor >= 0 && i >= low && i <= high)
            painter.fillRect(0, y, viewport()->width(), m_lineHeight, palette().highlight());
        paintLine(painter, y, lines.at(i));
    }
}

void StreamView::paintLine(QPainter &painter, int y, const StreamLines::Line &line) const
{
    const Colours &colours = Colours::of(palette());
    const QColor &direction = line.direction == Direction::Sent ? colours.out : colours.in;
    const int baseline = y + fontMetrics().ascent();
    int x = 8 - horizontalScrollBar()->value();
    if (line.note) {
        painter.setPen(colours.warning);
        painter.drawText(x + m_gutter - 8, baseline, u"… "_s + line.text);
        return;
    }
    // A band along the edge shows at a glance who speaks.
    painter.fillRect(0, y, 3, m_lineHeight, direction);
    painter.setPen(colours.dim);
    if (line.first) {
        painter.drawText(x, baseline, m_model.clockText(line));
        painter.setPen(direction);
        painter.drawText(x + m_character * 13, baseline, line.direction == Direction::Sent ? u"▲"_s : u"▼"_s);
    }
    x += m_gutter - 8;
    if (m_model.lines().mode() == StreamLines::Mode::Hex) {
        painter.setPen(colours.dim);
        painter.drawText(x, baseline, u"%1"_s.arg(line.offset, 8, 16, QChar(u'0')));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(x + m_character * 10, baseline, line.text);
        painter.setPen(direction);
        painter.drawText(x + m_character * (10 + StreamLines::bytesPerHexLine * 3 + 2), baseline, line.plain);
        return;
    }
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(x, baseline, line.text);
}

} // namespace inspector
