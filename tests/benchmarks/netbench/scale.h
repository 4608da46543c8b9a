#pragma once
#include "tests/benchmarks/netbench/settings.h"

namespace bench {

/// What thousands of connections do to libnet: to the cost of a message, and to its memory.
struct Scale
{
    /// 50 busy connections beside so many idle ones.
    struct Step
    {
        int idle = 0;
        double rate = 0;      ///< thousand messages a second
        double serverCpu = 0; ///< µs a message
        double bytesPerIdle = 0;
    };
    /// The server after so many connections were made, used and closed.
    struct Wear
    {
        int cycles = 0;
        qint64 memory = 0; ///< private, in bytes
        int descriptors = 0;
    };
    QList<Step> steps;
    QList<Wear> wear;
    QString error;

    /// Cost of a message beside the most idle connections, against none.
    double growth() const;
    /// Private memory gained after the first tenth of the cycles, in bytes.
    qint64 gained() const;
};

Scale measureScale(const Settings &settings);

} // namespace bench
