#include "inspector/views/streamview.h"

#include "inspector/models/bytetext.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/latestpill.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Direction;

StreamView::StreamView(StreamModel &model, QWidget *parent)
    : QAbstractScrollArea(parent),
      m_model(model),
      m_empty(new EmptyState(viewport())),
      m_pill(new LatestPill(this))
{
    setObjectName(u"stream"_s);
    setAccessibleName(tr("Stream"));
    setAccessibleDescription(tr("Control with the arrows up and down goes from message to message"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(m_pill, &LatestPill::clicked, this, &StreamView::follow);
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
        lines.mode() == StreamLines::Mode::Hex ? StreamLines::hexWidth(lines.hexBytes()) : lines.longest();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(0, lines.size() - page));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, m_gutter + characters * m_character + 8 - viewport()->width()));
    horizontalScrollBar()->setSingleStep(m_character);
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_count = lines.size();
    m_unseen = m_following ? 0 : m_unseen;
    m_pill->showFor(m_following || m_count == 0, m_unseen);
    viewport()->update();
}

void StreamView::follow()
{
    m_following = true;
    layoutLines();
}

// What was found or gone to stays in sight, on the last page too.
void StreamView::hold()
{
    m_following = false;
    m_pill->showFor(m_following, m_unseen);
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
    m_unseen += m_model.lines().size() - (m_count - removed);
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
    case StreamModel::Vacancy::Over:
        m_empty->setText(tr("It was over before it was chosen"),
                         tr("The payload of the chosen connection is captured, or of all of them, if that is wanted "
                            "(Ctrl+P) or recorded to a file."));
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
    const StreamLines &lines = m_model.lines();
    const auto placeOf = [&](int line) {
        return line < 0 || line >= lines.size() ? std::pair(Direction::Sent, std::numeric_limits<quint64>::max())
                                                : std::pair(lines.direction(line), lines.offset(line));
    };
    const auto anchor = placeOf(m_anchor);
    const auto cursor = placeOf(m_cursor);
    const auto top = placeOf(verticalScrollBar()->value());
    const bool following = m_following;
    const int before = lines.capacity();
    m_model.setWidth((viewport()->width() - m_gutter - 8) / m_character);
    // Lines are broken elsewhere now; what one reads and has chosen stays what it was.
    if (lines.capacity() != before) {
        m_cursor = lines.lineWith(cursor.first, cursor.second);
        m_anchor = m_cursor < 0 ? -1 : std::max(0, lines.lineWith(anchor.first, anchor.second));
        if (const int line = lines.lineWith(top.first, top.second); !following && line >= 0) {
            const QScopedValueRollback moving(m_moving, true);
            m_following = false;
            verticalScrollBar()->setValue(line);
        }
    }
    layoutLines();
}

void StreamView::scrollContentsBy(int, int dy)
{
    if (!m_moving && dy) {
        m_following = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
        m_unseen = m_following ? 0 : m_unseen;
        m_pill->showFor(m_following, m_unseen);
    }
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
    hold();
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
          std::pair(ByteForm::CArray, tr("Copy as &C array")), std::pair(ByteForm::Base64, tr("Copy as &base64")),
          std::pair(ByteForm::QtLiteral, tr("Copy as &QByteArray literal"))}) {
        menu->addAction(text, this, [bytes, form = form] { QApplication::clipboard()->setText(byteText(form, bytes)); })
            ->setEnabled(!bytes.isEmpty());
    }
    const QString line = netcatLine(bytes, m_model.server());
    menu->addAction(tr("Copy as &nc line"), this, [line] { QApplication::clipboard()->setText(line); })
        ->setEnabled(!bytes.isEmpty() && !line.isEmpty());
    menu->addSeparator();
    const int from = m_cursor < 0 ? verticalScrollBar()->value() : m_cursor;
    for (const bool forward : {true, false}) {
        auto *action = menu->addAction(forward ? tr("Ne&xt message") : tr("Pre&vious message"),
                                       Qt::CTRL | (forward ? Qt::Key_Down : Qt::Key_Up), this,
                                       [this, forward] { goToMessage(forward); });
        action->setEnabled(m_model.lines().messageFrom(from, forward) >= 0);
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
    if ((isUp || event->key() == Qt::Key_Down) && event->modifiers() & Qt::ControlModifier) {
        goToMessage(!isUp);
        return;
    }
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
        follow();
    else if (event->key() == Qt::Key_Space)
        event->ignore();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void StreamView::goToMessage(bool forward)
{
    const int top = verticalScrollBar()->value();
    const int line = m_model.lines().messageFrom(m_cursor >= 0 ? m_cursor : forward ? top - 1 : top, forward);
    if (line >= 0)
        select(line, false);
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

} // namespace inspector
