#pragma once
#include "inspector/models/throughputmodel.h"
#include "inspector/models/timewindow.h"

#include <QWidget>

namespace inspector {

class NowButton;

/// Bytes a second over the last minutes: sent above the line, received below it, min and max of every pixel. It moves
/// on with the present until one goes back in time.
class ThroughputPlot : public QWidget
{
    Q_OBJECT

public:
    explicit ThroughputPlot(ThroughputModel &model, QWidget *parent = nullptr);

    const TimeWindow &time() const { return m_time; }
    /// How much time the width shows, at least; one of a few round lengths. The wheel and + and - change it too.
    void setSpan(TimeWindow::Length span);

    QSize minimumSizeHint() const override { return {200, 80}; }
    QSize sizeHint() const override { return {480, 160}; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Side : quint8 { Sent, Received };

    QRect plotRect() const;
    void paintGrid(QPainter &painter, const QRect &plot, float scale) const;
    void paintSide(QPainter &painter, const QRect &plot, float scale,
                   const std::vector<ThroughputSeries::Pixel> &pixels, Side side) const;
    void paintLegend(QPainter &painter, const QRect &plot) const;
    void advance();

    ThroughputModel &m_model;
    NowButton *m_now;
    TimeWindow m_time;
    float m_scale = 1024; ///< greatest value of the axis; follows the peak calmly
};

} // namespace inspector
