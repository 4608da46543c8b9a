#include "inspector/views/colours.h"
#include "inspector/views/streamview.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Direction;

bool StreamView::isChosen(int line) const
{
    return m_anchor >= 0 && line >= std::min(m_anchor, m_cursor) && line <= std::max(m_anchor, m_cursor);
}

void StreamView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setFont(font());
    const StreamLines &lines = m_model.lines();
    const int first = verticalScrollBar()->value();
    for (int i = first, y = 0; i < lines.size() && y < viewport()->height(); ++i, y += m_lineHeight) {
        if (isChosen(i))
            painter.fillRect(0, y, viewport()->width(), m_lineHeight, palette().highlight());
        paintLine(painter, y, i);
    }
}

void StreamView::paintLine(QPainter &painter, int y, int index) const
{
    const StreamLines::Line line = m_model.lines().at(index);
    const Colours &colours = Colours::of(palette());
    const QColor &band = line.direction == Direction::Sent ? colours.out : colours.in;
    // Only one colour is made to be read on that of the selection.
    const bool chosen = isChosen(index);
    const auto pen = [&](const QColor &colour) {
        return chosen ? palette().color(QPalette::HighlightedText) : colour;
    };
    const QColor direction = pen(band);
    const QColor dim = pen(colours.dim);
    const QColor text = pen(palette().color(QPalette::Text));
    const int baseline = y + fontMetrics().ascent();
    int x = 8 - horizontalScrollBar()->value();
    if (line.note) {
        painter.setPen(pen(colours.warning));
        painter.drawText(x + m_gutter - 8, baseline, u"… "_s + line.text);
        return;
    }
    // A band along the edge shows at a glance who speaks.
    painter.fillRect(0, y, 3, m_lineHeight, band);
    painter.setPen(dim);
    if (line.first) {
        painter.drawText(x, baseline, m_model.timeText(index));
        painter.setPen(direction);
        painter.drawText(x + m_character * 13, baseline, line.direction == Direction::Sent ? u"▲"_s : u"▼"_s);
    }
    x += m_gutter - 8;
    if (m_model.lines().mode() == StreamLines::Mode::Hex) {
        painter.setPen(dim);
        paintMatches(painter, x + m_character * 10, y, index);
        painter.drawText(x, baseline, u"%1"_s.arg(line.offset, 8, 16, QChar(u'0')));
        painter.setPen(text);
        painter.drawText(x + m_character * 10, baseline, line.text);
        painter.setPen(direction);
        painter.drawText(x + m_character * (10 + m_model.lines().hexBytes() * 3 + 2), baseline, line.plain);
        return;
    }
    paintMatches(painter, x, y, index);
    painter.setPen(text);
    painter.drawText(x, baseline, line.text);
}

void StreamView::paintMatches(QPainter &painter, int x, int y, int index) const
{
    const StreamLines &lines = m_model.lines();
    const auto mark = [&](int from, int to) {
        const QRect place(x + from, y, to - from, m_lineHeight);
        // On a chosen line the colour of matches would hide the text.
        if (isChosen(index)) {
            painter.setPen(palette().color(QPalette::HighlightedText));
            painter.drawRect(place.adjusted(0, 0, -1, -1));
        } else {
            painter.fillRect(place, Colours::of(palette()).changed);
        }
    };
    const auto column = [this](qsizetype byte) {
        return m_character * static_cast<int>(byte * 3 + byte / 8);
    };
    const QByteArray bytes = lines.bytes(index, index);
    for (const auto &[first, length] : m_search.places(lines, index)) {
        if (lines.mode() == StreamLines::Mode::Hex) {
            mark(column(first), column(first + length - 1) + 2 * m_character);
            const int plain = m_character * (lines.hexBytes() * 3 + 2);
            mark(plain + static_cast<int>(first) * m_character, plain + static_cast<int>(first + length) * m_character);
            continue;
        }
        const auto widthOf = [&](qsizetype count) {
            return fontMetrics().horizontalAdvance(inspector::visibleText(QByteArrayView(bytes).first(count)));
        };
        mark(widthOf(first), widthOf(first + length));
    }
}

} // namespace inspector
