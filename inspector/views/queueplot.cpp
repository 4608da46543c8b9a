#include "inspector/views/queueplot.h"

#include "inspector/models/units.h"
#include "inspector/views/colours.h"

#include <QPainter>

#include <algorithm>

namespace inspector {

static constexpr qint64 span = 120'000'000'000;

QueuePlot::QueuePlot(BackpressureModel &model, QWidget *parent) : QWidget(parent), m_model(model)
{
    setObjectName(QStringLiteral("queuePlot"));
    setAccessibleName(tr("Buffered bytes over time"));
    setAccessibleDescription(tr("Bytes that wait to be sent, and of them those of sockets above their mark"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    connect(&m_model, &SocketTableModel::looked, this, qOverload<>(&QWidget::update));
}

void QueuePlot::paintArea(QPainter &painter, const QRect &plot, bool above, float scale) const
{
    const Colours &colours = Colours::of(palette());
    const QColor colour = above ? colours.warning : colours.in;
    QPolygonF crest;
    const std::vector<ThroughputSeries::Pixel> pixels =
        m_model.series().pixels(m_model.now() - span, m_model.now() + 1, plot.width());
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        if (pixels[x].empty)
            continue;
        const float value = above ? pixels[x].in.greatest : pixels[x].out.greatest;
        crest.append(
            {plot.left() + static_cast<double>(x), plot.bottom() - static_cast<double>(value / scale) * plot.height()});
    }
    if (crest.size() < 2)
        return;
    QPolygonF area = crest;
    area.prepend({crest.first().x(), static_cast<double>(plot.bottom())});
    area.append({crest.last().x(), static_cast<double>(plot.bottom())});
    QColor fill = colour;
    fill.setAlpha(above ? 110 : 50);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(area);
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(crest);
}

void QueuePlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Colours &colours = Colours::of(palette());
    const int line = fontMetrics().height();
    const int axis = fontMetrics().horizontalAdvance(QStringLiteral("1023 KiB")) + 12;
    const QRect plot = rect().adjusted(axis, line + 6, -10, -8);
    if (plot.width() < 20 || plot.height() < 10)
        return;
    float peak = 0;
    for (const ThroughputSeries::Pixel &pixel : m_model.series().pixels(m_model.now() - span, m_model.now() + 1, 500))
        peak = std::max(peak, pixel.out.greatest);
    float scale = 1024;
    while (scale < peak)
        scale *= 2;
    painter.setPen(colours.grid);
    for (const int y : {plot.top(), plot.center().y(), plot.bottom()})
        painter.drawLine(plot.left(), y, plot.right(), y);
    painter.setPen(colours.dim);
    painter.drawText(QRect(0, plot.top() - line / 2, axis - 6, line), Qt::AlignRight,
                     bytesText(static_cast<quint64>(scale)));
    painter.drawText(QRect(0, plot.bottom() - line + 4, axis - 6, line), Qt::AlignRight, QStringLiteral("0"));
    painter.drawText(QRect(plot.left(), 2, plot.width(), line), Qt::AlignLeft, tr("the last 2 minutes"));
    const QString above = tr("■ above the mark");
    const QString waiting = tr("■ waiting");
    const int room = fontMetrics().horizontalAdvance(above);
    painter.setPen(colours.warning);
    painter.drawText(QRect(plot.right() - room, 2, room, line), Qt::AlignRight, above);
    painter.setPen(colours.in);
    painter.drawText(QRect(plot.left(), 2, plot.width() - room - 14, line), Qt::AlignRight, waiting);
    painter.setRenderHint(QPainter::Antialiasing);
    paintArea(painter, plot, false, scale);
    paintArea(painter, plot, true, scale);
}

} // namespace inspector
