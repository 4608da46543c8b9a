#pragma once
#include "inspector/models/latencymodel.h"
#include "inspector/views/socketpane.h"

namespace inspector {

class LatencyPlot;

/// The latency of each socket below the histogram of all of them; a choice says of what.
class LatencyPane : public SocketPane
{
    Q_OBJECT

public:
    explicit LatencyPane(LatencyModel &model, QWidget *parent = nullptr);

private:
    LatencyPane(LatencyModel &model, LatencyPlot *plot, QWidget *parent);
};

} // namespace inspector
