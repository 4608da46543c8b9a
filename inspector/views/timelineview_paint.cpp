#include "inspector/views/colours.h"
#include "inspector/views/phasepaint.h"
#include "inspector/views/timelineview.h"

#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const QRect plot = plotRect();
    if (plot.width() < 20 || m_model.count() == 0)
        return;
    paintAxis(painter, plot);
    const int first = verticalScrollBar()->value();
    for (int y = plot.top(), index = first; y < viewport()->height() && index < m_model.count();
         y += m_rowHeight, ++index)
        paintRow(painter, QRect(0, y, viewport()->width(), m_rowHeight), index);
    paintGaps(painter, plot);
    paintBrush(painter, plot);
    paintLegend(painter);
}

// Seconds do not tell the labels of a short span apart.
int TimelineView::digits() const
{
    return m_time.length() < std::chrono::seconds(10) ? 12 : 8;
}

int TimelineView::divisions() const
{
    const int label = fontMetrics().horizontalAdvance(u"00:00:00.000"_s.left(digits())) + 16;
    return std::clamp(plotRect().width() / label, 1, 6);
}

// Gaps too close to each other share one.
std::vector<TimelineView::Label> TimelineView::gapLabels(const QRect &plot) const
{
    const int line = fontMetrics().height();
    std::vector<Label> labels;
    for (const DropGap &gap : m_model.gaps()) {
        const int from = std::max(plot.left(), xOf(gap.from));
        if (std::max(from + 2, xOf(gap.to)) < plot.left() || from > plot.right())
            continue;
        const bool shares = !labels.empty() && from < labels.back().place.right() + 8;
        Label label = shares ? labels.back() : Label{.place = {from + 3, plot.top() - 4 - line, 0, line}};
        label.lost += gap.count;
        label.text = tr("⚠ %1 lost").arg(label.lost);
        label.place.setWidth(fontMetrics().horizontalAdvance(label.text));
        if (shares)
            labels.pop_back();
        labels.push_back(label);
    }
    return labels;
}

std::vector<TimelineView::Label> TimelineView::labels() const
{
    const QRect plot = plotRect();
    const int line = fontMetrics().height();
    std::vector<Label> all = gapLabels(plot);
    const auto lost = all;
    for (int i = 0; i <= divisions(); ++i) {
        const int x = plot.left() + plot.width() * i / divisions();
        const qint64 time = m_time.to() - m_time.length().count() * (divisions() - i) / divisions();
        const QString text = m_model.clockText(time).left(digits());
        const int width = fontMetrics().horizontalAdvance(text);
        const QRect place(std::clamp(x - width / 2, 0, viewport()->width() - width - 2), plot.top() - 4 - line, width,
                          line);
        if (std::ranges::none_of(lost, [&](const Label &label) { return label.place.intersects(place); }))
            all.push_back({place, text});
    }
    return all;
}

void TimelineView::paintAxis(QPainter &painter, const QRect &plot) const
{
    const Colours &colours = Colours::of(palette());
    painter.setPen(colours.grid);
    for (int i = 0; i <= divisions(); ++i) {
        const int x = plot.left() + plot.width() * i / divisions();
        painter.drawLine(x, plot.top(), x, plot.bottom());
    }
    for (const Label &label : labels()) {
        painter.setPen(label.lost ? colours.bad : colours.dim);
        painter.drawText(label.place.left(), label.place.top() + fontMetrics().ascent(), label.text);
    }
}

void TimelineView::paintRow(QPainter &painter, const QRect &row, int index) const
{
    const Colours &colours = Colours::of(palette());
    const QRect plot = plotRect();
    const bool isChosen = m_model.keyAt(index) == m_chosen;
    if (isChosen)
        painter.fillRect(row, palette().color(QPalette::Highlight));
    painter.setPen(palette().color(isChosen ? QPalette::HighlightedText : QPalette::Text));
    const QRect name(8, row.top(), plot.left() - 14, row.height());
    painter.drawText(name, Qt::AlignVCenter,
                     fontMetrics().elidedText(m_model.name(index), Qt::ElideRight, name.width()));
    const std::vector<Phases> pixels = m_model.pixels(index, m_time.from(), m_time.to(), plot.width());
    const int count = static_cast<int>(pixels.size());
    for (int x = 0; x < count;) {
        int end = x + 1;
        while (end < count && pixels[static_cast<std::size_t>(end)] == pixels[static_cast<std::size_t>(x)])
            ++end;
        paintPhases(painter, QRect(plot.left() + x, row.top() + 3, end - x, row.height() - 6),
                    pixels[static_cast<std::size_t>(x)], colours);
        x = end;
    }
}

void TimelineView::paintGaps(QPainter &painter, const QRect &plot) const
{
    const Colours &colours = Colours::of(palette());
    for (const DropGap &gap : m_model.gaps()) {
        const int from = std::max(plot.left(), xOf(gap.from));
        const int to = std::max(from + 2, xOf(gap.to));
        if (to < plot.left() || from > plot.right())
            continue;
        const QRect hole(from, plot.top(), to - from, plot.height());
        painter.fillRect(hole, QBrush(colours.bad, Qt::FDiagPattern));
    }
}

void TimelineView::paintBrush(QPainter &painter, const QRect &plot) const
{
    const auto span = brush();
    if (!span)
        return;
    const int from = std::clamp(xOf(span->first), plot.left(), plot.right());
    const int to = std::clamp(xOf(span->second), plot.left(), plot.right());
    QColor shade = palette().color(QPalette::Base);
    shade.setAlpha(170);
    // What is left out fades, so that the chosen span keeps its colours.
    painter.fillRect(QRect(plot.left(), plot.top(), from - plot.left(), plot.height()), shade);
    painter.fillRect(QRect(to, plot.top(), plot.right() - to + 1, plot.height()), shade);
    painter.setPen(QPen(palette().color(QPalette::Link), 1.5));
    painter.drawLine(from, plot.top(), from, plot.bottom());
    painter.drawLine(to, plot.top(), to, plot.bottom());
}

void TimelineView::paintLegend(QPainter &painter) const
{
    const Colours &colours = Colours::of(palette());
    const int line = fontMetrics().height();
    int x = 8;
    for (const Phase phase : {Phase::Connecting, Phase::Open, Phase::HalfOpen, Phase::Paused, Phase::WaitsForDrain,
                              Phase::Failed, Phase::Unknown}) {
        const QString text = phaseText(phase);
        paintPhase(painter, QRect(x, 6, 18, line - 3), phase, colours);
        painter.setPen(colours.dim);
        painter.drawText(x + 23, 4 + fontMetrics().ascent(), text);
        x += 23 + fontMetrics().horizontalAdvance(text) + 16;
    }
}

} // namespace inspector
