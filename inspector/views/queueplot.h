#pragma once
#include "inspector/models/backpressuremodel.h"

#include <QWidget>

namespace inspector {

/// Bytes that wait to be sent over the last minutes, and of them those above their high-water marks.
class QueuePlot : public QWidget
{
    Q_OBJECT

public:
    explicit QueuePlot(BackpressureModel &model, QWidget *parent = nullptr);

    QSize minimumSizeHint() const override { return {160, 70}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintArea(QPainter &painter, const QRect &plot, bool above, float scale) const;

    BackpressureModel &m_model;
};

} // namespace inspector
