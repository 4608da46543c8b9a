#pragma once
#include "inspector/models/latencymodel.h"

#include <QWidget>

namespace inspector {

/// A histogram of how long something took, in even steps of the logarithm, with the lines of p50 and p99.
class LatencyPlot : public QWidget
{
    Q_OBJECT

public:
    explicit LatencyPlot(LatencyModel &model, QWidget *parent = nullptr);

    LatencyModel::Measure measure() const { return m_measure; }
    void setMeasure(LatencyModel::Measure measure);
    QSize minimumSizeHint() const override { return {160, 80}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintAxis(QPainter &painter, const QRect &plot, int first, int count) const;
    void paintLimit(QPainter &painter, const QRect &plot, int first, int count, double share,
                    const QString &name) const;

    LatencyModel &m_model;
    LatencyModel::Measure m_measure = LatencyModel::Measure::Answer;
};

} // namespace inspector
