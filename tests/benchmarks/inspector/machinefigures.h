#pragma once
#include "tests/benchmarks/inspector/figure.h"

namespace bench {

/// What the machine makes of a fixed piece of work in the rhythm of a window's frames, without any of our code: what
/// is seen here of others, such as a busy host, is in all other figures too.
FigureGroup measureMachine(double seconds);

} // namespace bench
