#pragma once
#include "tests/benchmarks/inspector/figure.h"

namespace bench {

/// What an application pays for being inspected: netbench's workloads "hook", "attached" and "payload".
FigureGroup measureCost(bool quick, int cpu);

} // namespace bench
