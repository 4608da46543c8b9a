#include "inspector/views/throughputplot.h"

#include "inspector/models/units.h"
#include "inspector/views/colours.h"
#include "inspector/views/timesteering.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace inspector {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Pixel = ThroughputSeries::Pixel;

static constexpr std::array<TimeWindow::Length, 6> spans = {5s, 15s, 60s, 180s, 600s, 1800s};

// Of the axis, into round numbers.
static int divisionsOf(TimeWindow::Length length)
{
    return length == 60s || length == 180s || length == 1800s ? 6 : 5;
}

// 1, 2 or 5 times a power of ten, in units of 1024: the steps that a person counts in.
static float niceCeiling(float value)
{
    float unit = 1;
    while (value / unit >= 1024)
        unit *= 1024;
    for (const float step : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1024}) {
        if (value <= step * unit)
            return step * unit;
    }
    return value;
}

static QString agoText(qint64 seconds)
{
    return seconds % 60 || !seconds ? ThroughputPlot::tr("-%1 s").arg(seconds)
                                    : ThroughputPlot::tr("-%1 min").arg(seconds / 60);
}

ThroughputPlot::ThroughputPlot(ThroughputModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_now(new NowButton(this)),
      m_time(spans, 60s)
{
    setObjectName(u"throughput"_s);
    setAccessibleName(tr("Throughput"));
    setAccessibleDescription(tr("Bytes a second over time, sent above and received below the line"));
    setToolTip(tr("Turn the wheel, or press + and -, to see more or less time; ← and →, Home and End move in it"));
    setFocusPolicy(Qt::StrongFocus);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    // With every frame of the session, whether it brought anything or not: the line glides.
    connect(&m_model, &ThroughputModel::changed, this, &ThroughputPlot::advance);
    connect(m_now, &NowButton::clicked, this, [this] {
        m_time.follow();
        advance();
    });
}

void ThroughputPlot::setSpan(TimeWindow::Length span)
{
    m_time.setLength(span);
    advance();
}

void ThroughputPlot::advance()
{
    m_time.setBounds(m_model.begin(), m_model.now());
    m_now->showFor(m_time, plotRect(), m_model.isLive());
    update();
}

void ThroughputPlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    advance();
}

void ThroughputPlot::wheelEvent(QWheelEvent *event)
{
    const QRect plot = plotRect();
    const double at = (event->position().x() - plot.left()) / std::max(1, plot.width());
    if (!steer(m_time, *event) && event->angleDelta().y())
        m_time.zoom(event->angleDelta().y() > 0 ? -1 : 1, std::clamp(at, 0.0, 1.0));
    advance();
}

void ThroughputPlot::keyPressEvent(QKeyEvent *event)
{
    if (steer(m_time, *event))
        advance();
    else
        QWidget::keyPressEvent(event);
}

QRect ThroughputPlot::plotRect() const
{
    const int line = fontMetrics().height();
    const int axis = fontMetrics().horizontalAdvance(u"1000 MiB/s"_s) + 10;
    return rect().adjusted(axis, line + 10, -10, -line - 6);
}

void ThroughputPlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect plot = plotRect();
    if (plot.width() < 20 || plot.height() < 20)
        return;
    m_time.setBounds(m_model.begin(), m_model.now());
    const qint64 from = m_time.from();
    const qint64 to = m_time.to();
    const ThroughputSeries &series = m_model.series();
    const float wanted = niceCeiling(std::max(1024.f, series.peak(from, to)));
    // Up at once, so that nothing is cut off; down only when half of the height would stay empty.
    if (wanted > m_scale || wanted < m_scale / 2)
        m_scale = wanted;
    paintGrid(painter, plot, m_scale);
    const std::vector<Pixel> pixels = series.pixels(from, to, plot.width());
    paintSide(painter, plot, m_scale, pixels, Side::Sent);
    paintSide(painter, plot, m_scale, pixels, Side::Received);
    paintLegend(painter, plot);
}

void ThroughputPlot::paintGrid(QPainter &painter, const QRect &plot, float scale) const
{
    const Colours &colours = Colours::of(palette());
    const int middle = plot.center().y();
    const int half = plot.height() / 2;
    const int line = fontMetrics().height();
    for (const int step : {-2, -1, 0, 1, 2}) {
        const int y = middle + half * step / 2;
        painter.setPen(step ? colours.grid : colours.dim);
        painter.drawLine(plot.left(), y, plot.right(), y);
        // Too low for five labels: three are enough.
        if (step % 2 && half / 2 < line + 2)
            continue;
        painter.setPen(colours.dim);
        const float value = scale * static_cast<float>(std::abs(step)) / 2;
        painter.drawText(QRect(0, y - line / 2, plot.left() - 6, line), Qt::AlignRight | Qt::AlignVCenter,
                         step ? rateText(value) : u"0"_s);
    }
    const int divisions = divisionsOf(m_time.length());
    for (int i = 0; i <= divisions; ++i) {
        const int x = plot.left() + plot.width() * i / divisions;
        painter.setPen(colours.grid);
        painter.drawLine(x, plot.top(), x, plot.bottom());
        const qint64 ago = m_time.length().count() * (divisions - i) / divisions;
        const QString text = !m_time.isFollowing() ? m_model.clockText(m_time.to() - ago).left(8)
                             : i < divisions       ? agoText(ago / 1'000'000'000)
                             : m_model.isLive()    ? tr("now")
                                                   : tr("end");
        painter.setPen(colours.dim);
        const int width = fontMetrics().horizontalAdvance(text);
        const int left = std::clamp(x - width / 2, 0, this->width() - width - 2);
        if (i % 2 == 0 || plot.width() / divisions > width + 12)
            painter.drawText(left, plot.bottom() + line, text);
    }
}

void ThroughputPlot::paintSide(QPainter &painter, const QRect &plot, float scale, const std::vector<Pixel> &pixels,
                               Side side) const
{
    const Colours &colours = Colours::of(palette());
    const QColor colour = side == Side::Sent ? colours.out : colours.in;
    QColor fill = colour;
    fill.setAlpha(Colours::isDark(palette()) ? 70 : 50);
    const double middle = plot.center().y();
    const double unit = plot.height() / 2.0 / static_cast<double>(scale) * (side == Side::Sent ? -1 : 1);

    // Cosmetic and not smoothed: a smooth line of a thousand points is a path to be stroked, ten times the work.
    QPen crestPen(colour, std::round(devicePixelRatioF()));
    crestPen.setCosmetic(true);
    QPolygonF crest;
    QList<QLineF> spikes;
    const auto flush = [&] {
        if (crest.size() > 1) {
            QPolygonF area = crest;
            area.prepend({crest.first().x(), middle});
            area.append({crest.last().x(), middle});
            painter.setPen(Qt::NoPen);
            painter.setBrush(fill);
            painter.drawPolygon(area);
            painter.setPen(crestPen);
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(crest);
        }
        crest.clear();
    };
    // Samples may be sparser than pixels; a hole of more than a second is a gap, and stays one.
    const int gap = static_cast<int>(plot.width() / static_cast<double>(m_time.length().count()) * 1e9) + 2;
    int last = 0;
    for (int x = 0; x < static_cast<int>(pixels.size()); ++x) {
        const Pixel &pixel = pixels[static_cast<std::size_t>(x)];
        if (pixel.empty)
            continue;
        if (x - last > gap)
            flush();
        last = x;
        const ThroughputSeries::Range &range = side == Side::Sent ? pixel.out : pixel.in;
        crest.append({static_cast<double>(plot.left() + x), middle + static_cast<double>(range.greatest) * unit});
        if (range.least < range.greatest)
            spikes.append({crest.last(), {crest.last().x(), middle + static_cast<double>(range.least) * unit}});
    }
    flush();
    painter.setPen(colour);
    painter.drawLines(spikes);
}

void ThroughputPlot::paintLegend(QPainter &painter, const QRect &plot) const
{
    const Colours &colours = Colours::of(palette());
    const ThroughputSeries::Sample rate = m_model.latest();
    const auto text = [](const QString &label, float value) {
        return label.arg(value >= 1 ? rateText(static_cast<double>(value)) : u"0 B/s"_s);
    };
    const int line = fontMetrics().height();
    // Fixed room for both, so that they do not dance with the digits; without words if there is little.
    const auto roomOf = [this](const QString &label) {
        return fontMetrics().horizontalAdvance(label.arg(u"1000.0 MiB/s"_s)) + 12;
    };
    const bool isNarrow = 2 * roomOf(tr("▼ received %1")) > plot.right() - 10;
    const QString in = text(isNarrow ? u"▼ %1"_s : tr("▼ received %1"), rate.in);
    const QString out = text(isNarrow ? u"▲ %1"_s : tr("▲ sent %1"), rate.out);
    const int room = roomOf(isNarrow ? u"▼ %1"_s : tr("▼ received %1"));
    const QRect right(plot.right() - room, 4, room, line);
    const QRect left(right.left() - room, 4, room, line);
    painter.setPen(colours.out);
    painter.drawText(left, Qt::AlignLeft, out);
    painter.setPen(colours.in);
    painter.drawText(right, Qt::AlignLeft, in);
    painter.setPen(palette().color(QPalette::Text));
    const QRect title(10, 4, std::max(0, left.left() - 20), line);
    painter.drawText(title, Qt::AlignLeft, fontMetrics().elidedText(m_model.title(), Qt::ElideRight, title.width()));
}

} // namespace inspector
