#pragma once
#include "inspector/commands/selection.h"
#include "inspector/models/backpressuremodel.h"
#include "inspector/models/eventmodel.h"
#include "inspector/models/factmodel.h"
#include "inspector/models/halfopenmodel.h"
#include "inspector/models/latencymodel.h"
#include "inspector/models/lintmodel.h"
#include "inspector/models/objectmodel.h"
#include "inspector/models/stackmodel.h"
#include "inspector/models/streammodel.h"
#include "inspector/models/throughputmodel.h"
#include "inspector/models/timelinemodel.h"
#include "inspector/models/topologymodel.h"

namespace inspector {

/// One of each model over a session: what the views of a window share.
struct Workspace
{
    explicit Workspace(Session &session)
        : view(session),
          objects(view, filter),
          events(view, filter),
          throughput(view),
          facts(view, &symbolizer),
          stream(view),
          timeline(view, filter),
          topology(view, filter),
          lints(view, filter),
          backpressure(view, filter),
          halfOpen(view, filter),
          latency(view, filter),
          stacks(view, symbolizer)
    {
    }

    LiveView view;
    Symbolizer symbolizer;
    FilterState filter;
    Selection selection;
    ObjectModel objects;
    EventModel events;
    ThroughputModel throughput;
    FactModel facts;
    StreamModel stream;
    TimelineModel timeline;
    TopologyModel topology;
    LintModel lints;
    BackpressureModel backpressure;
    HalfOpenModel halfOpen;
    LatencyModel latency;
    StackModel stacks;
};

} // namespace inspector
