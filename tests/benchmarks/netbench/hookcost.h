#pragma once
#include <QString>

namespace bench {

/// What one call of the probe costs, in ns.
struct HookCost
{
    double unwatched = 0; ///< no tap is installed
    double watched = 0;   ///< a tap that does nothing
    QString error;
};

/// Runs bench_hook on core \a cpu.
HookCost measureHook(int cpu);

} // namespace bench
