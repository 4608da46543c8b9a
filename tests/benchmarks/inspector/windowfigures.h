#pragma once
#include "tests/benchmarks/inspector/figure.h"
#include "tests/benchmarks/inspector/sitting.h"

#include <functional>

namespace bench {

/// How long and how much.
struct WindowPlan
{
    double firehoseSeconds = 60;
    double seconds = 10;      ///< of each other case
    double rate = 1e6;        ///< events a second of the firehose
    int connections = 10'000; ///< each of which changes ten times a second
    bool onDisplay = false;   ///< else without one

    static WindowPlan quick() { return {.firehoseSeconds = 11, .seconds = 3}; }
};

/// Something that the window has to cope with.
struct WindowCase
{
    QString title;
    Scene scene;
    std::function<QList<Figure>(const Sitting &)> judge;
};

QList<WindowCase> windowCases(const WindowPlan &plan);
FigureGroup measure(const WindowCase &windowCase, bool onDisplay);

} // namespace bench
