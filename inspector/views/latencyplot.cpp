#include "inspector/views/latencyplot.h"

#include "inspector/models/units.h"
#include "inspector/views/colours.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace inspector {

using namespace Qt::StringLiterals;

LatencyPlot::LatencyPlot(LatencyModel &model, QWidget *parent) : QWidget(parent), m_model(model)
{
    setObjectName(u"latencyPlot"_s);
    setAccessibleName(tr("Histogram of latency"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    connect(&m_model, &SocketTableModel::looked, this, [this] {
        const LatencyHistogram &histogram = m_model.histogram(m_measure);
        setAccessibleDescription(histogram.count()
                                     ? tr("%1 values, p50 %2, p99 %3")
                                           .arg(countText(histogram.count()), latencyText(histogram.quantile(0.5)),
                                                latencyText(histogram.quantile(0.99)))
                                     : tr("no values"));
        update();
    });
}

void LatencyPlot::setMeasure(LatencyModel::Measure measure)
{
    m_measure = measure;
    update();
}

static double placeOf(const QRect &plot, double step, int first, int count)
{
    return plot.left() + (step - first) / count * plot.width();
}

void LatencyPlot::paintAxis(QPainter &painter, const QRect &plot, int first, int count) const
{
    const Colours &colours = Colours::of(palette());
    int free = plot.left();
    for (double length = 1e3; length < 1e14; length *= 10) {
        const double step = std::log2(length / 1000) * LatencyHistogram::stepsPerOctave;
        if (step < first || step > first + count)
            continue;
        const int x = static_cast<int>(placeOf(plot, step, first, count));
        painter.setPen(colours.grid);
        painter.drawLine(x, plot.top(), x, plot.bottom());
        const QString text = length < 1e6   ? tr("%1 µs").arg(length / 1e3)
                             : length < 1e9 ? tr("%1 ms").arg(length / 1e6)
                                            : tr("%1 s").arg(length / 1e9);
        const int width = fontMetrics().horizontalAdvance(text);
        const int left = std::clamp(x - width / 2, 0, this->width() - width - 2);
        if (left < free)
            continue;
        free = left + width + 8;
        painter.setPen(colours.dim);
        painter.drawText(left, plot.bottom() + fontMetrics().ascent() + 3, text);
    }
}

void LatencyPlot::paintLimit(QPainter &painter, const QRect &plot, int first, int count, double share,
                             const QString &name) const
{
    const Colours &colours = Colours::of(palette());
    const qint64 value = m_model.histogram(m_measure).quantile(share);
    const double step = std::log2(std::max(1.0, static_cast<double>(value) / 1000)) * LatencyHistogram::stepsPerOctave;
    const int x = std::min(static_cast<int>(placeOf(plot, step, first, count)), plot.right());
    const QColor colour = share > 0.9 ? colours.warning : colours.good;
    painter.setPen(QPen(colour, 1.4, Qt::DashLine));
    painter.drawLine(x, plot.top(), x, plot.bottom());
    const QString text = u"%1 %2"_s.arg(name, latencyText(value));
    const int width = fontMetrics().horizontalAdvance(text);
    // Two lines of text, so that they never lie on one another.
    const int y = share > 0.9 ? 2 + fontMetrics().height() : 2;
    painter.drawText(std::clamp(x - width / 2, 4, std::max(4, this->width() - width - 4)), y + fontMetrics().ascent(),
                     text);
}

void LatencyPlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &colours = Colours::of(palette());
    const LatencyHistogram &histogram = m_model.histogram(m_measure);
    const int line = fontMetrics().height();
    const QRect plot = rect().adjusted(10, 2 * line + 6, -10, -line - 6);
    if (plot.height() < 10 || plot.width() < 40)
        return;
    if (!histogram.count()) {
        painter.setPen(colours.dim);
        painter.drawText(rect(), Qt::AlignCenter, tr("nothing was measured yet"));
        return;
    }
    // An octave of room on both sides.
    const std::vector<quint32> &steps = histogram.steps();
    const int first = std::max(0, LatencyHistogram::stepOf(histogram.least()) - LatencyHistogram::stepsPerOctave);
    const int count = std::max(12, static_cast<int>(steps.size()) + LatencyHistogram::stepsPerOctave - first);
    paintAxis(painter, plot, first, count);
    const double greatest = *std::ranges::max_element(steps);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.in);
    for (std::size_t i = static_cast<std::size_t>(first); i < steps.size(); ++i) {
        if (!steps[i])
            continue;
        const double left = placeOf(plot, static_cast<double>(i), first, count);
        const double right = placeOf(plot, static_cast<double>(i) + 1, first, count);
        // One among a million is seen too.
        const double height = std::max(2.0, steps[i] / greatest * plot.height());
        painter.drawRect(QRectF(left + 0.5, plot.bottom() - height, std::max(1.0, right - left - 1), height));
    }
    painter.setPen(colours.dim);
    painter.drawLine(plot.left(), plot.bottom(), plot.right(), plot.bottom());
    paintLimit(painter, plot, first, count, 0.5, u"p50"_s);
    paintLimit(painter, plot, first, count, 0.99, u"p99"_s);
}

} // namespace inspector
