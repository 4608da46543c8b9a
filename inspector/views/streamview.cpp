#include "inspector/views/streamview.h"

#include "inspector/models/bytetext.h"
#include "inspector/views/colours.h"
#include "inspector/views/emptystate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QMenu>
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
    connect(&m_model.times(), &TimeScale::changed, viewport(), qOverload<>(&QWidget::update));
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
    case StreamModel::Vacancy::MadeRoom:
        m_empty->setText(tr("What it said is not kept any more"),
                         tr("Others have spoken since, and only so much payload is kept: who was silent for longest "
                            "had to make room."));
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

void StreamView::makeVisible(int line)
{
    QScrollBar *const bar = verticalScrollBar();
    if (line < bar->value() || line >= bar->value() + bar->pageStep())
        bar->setValue(std::max(0, line - bar->pageStep() / 3));
    m_following = m_following && line >= bar->maximum();
}

void StreamView::select(int line, bool extend)
{
    if (m_model.lines().size() == 0)
        return;
    m_cursor = std::clamp(line, 0, m_model.lines().size() - 1);
    if (m_anchor < 0 || !extend)
        m_anchor = m_cursor;
    m_model.choose(m_cursor);
    makeVisible(m_cursor);
    viewport()->update();
}

bool StreamView::find(const QString &text, bool forward)
{
    m_search = StreamSearch(text, m_model.lines().mode());
    const int from = m_cursor >= 0 ? m_cursor : forward ? verticalScrollBar()->value() - 1 : m_model.lines().size();
    const int line = m_search.find(m_model.lines(), std::max(from, -1), forward);
    viewport()->update();
    if (line < 0)
        return false;
    select(line, false);
    return true;
}

QByteArray StreamView::chosenBytes() const
{
    return m_anchor < 0 ? QByteArray()
                        : m_model.lines().bytes(std::min(m_anchor, m_cursor), std::max(m_anchor, m_cursor));
}

void StreamView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    if (!byKeyboard && m_anchor < 0 && m_model.lines().size() > 0)
        select(lineAt(event->pos().y()), false);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QByteArray bytes = chosenBytes();
    for (const auto &[form, text] :
         {std::pair(ByteForm::Text, tr("Copy as &text")), std::pair(ByteForm::HexDump, tr("Copy as &hex dump")),
          std::pair(ByteForm::CArray, tr("Copy as &C array")), std::pair(ByteForm::Base64, tr("Copy as &base64"))}) {
        menu->addAction(text, this, [bytes, form = form] { QApplication::clipboard()->setText(byteText(form, bytes)); })
            ->setEnabled(!bytes.isEmpty());
    }
    menu->addSeparator();
    menu->addAction(tr("Select &all"), this,
                    [this] {
                        m_anchor = 0;
                        m_cursor = m_model.lines().size() - 1;
                        viewport()->update();
                    })
        ->setEnabled(m_model.lines().size() > 0);
    menu->popup(byKeyboard ? viewport()->mapToGlobal(QPoint(m_gutter, m_lineHeight)) : event->globalPos());
}

void StreamView::keyPressEvent(QKeyEvent *event)
{
    const bool isUp = event->key() == Qt::Key_Up;
    if ((isUp || event->key() == Qt::Key_Down) && event->modifiers() & Qt::ShiftModifier) {
        select(m_cursor < 0 ? lineAt(0) : m_cursor + (isUp ? -1 : 1), m_cursor >= 0);
        return;
    }
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
        paintLine(painter, y, i);
    }
}

void StreamView::paintLine(QPainter &painter, int y, int index) const
{
    const StreamLines::Line line = m_model.lines().at(index);
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
        painter.drawText(x, baseline, m_model.timeText(index));
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
    const QList<std::pair<int, int>> places = m_search.places(line.text);
    for (const auto &[place, length] : places)
        painter.fillRect(x + fontMetrics().horizontalAdvance(line.text, place), y,
                         fontMetrics().horizontalAdvance(line.text.mid(place, length)), m_lineHeight, colours.changed);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(x, baseline, line.text);
}

} // namespace inspector
