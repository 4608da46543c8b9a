#include "inspector/views/latencypane.h"

#include "inspector/views/latencyplot.h"

#include <QComboBox>

namespace inspector {

using Measure = LatencyModel::Measure;

LatencyPane::LatencyPane(LatencyModel &model, QWidget *parent) : LatencyPane(model, new LatencyPlot(model), parent) {}

LatencyPane::LatencyPane(LatencyModel &model, LatencyPlot *plot, QWidget *parent)
    : SocketPane(
          model,
          {.name = QStringLiteral("latency"),
           .title = tr("Latency"),
           .emptyTitle = tr("Nothing was timed yet"),
           .emptyHint = tr("Connections appear here once they are made, have said a first byte or have answered. "
                           "A filter above may hide some.")},
          plot, parent)
{
    auto *measures = new QComboBox;
    measures->setObjectName(QStringLiteral("latencyMeasure"));
    measures->setAccessibleName(tr("What the histogram shows"));
    measures->addItem(tr("Answers"), static_cast<int>(Measure::Answer));
    measures->addItem(tr("First byte"), static_cast<int>(Measure::FirstByte));
    measures->addItem(tr("Wait for the signal"), static_cast<int>(Measure::Wait));
    measures->addItem(tr("Slots"), static_cast<int>(Measure::Slot));
    measures->addItem(tr("Connect"), static_cast<int>(Measure::Connect));
    addToHead(measures);
    connect(measures, &QComboBox::currentIndexChanged, plot,
            [plot, measures] { plot->setMeasure(static_cast<Measure>(measures->currentData().toInt())); });
}

} // namespace inspector
