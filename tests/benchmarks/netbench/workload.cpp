#include "tests/benchmarks/netbench/workload.h"

using namespace Qt::StringLiterals;

namespace bench {

QString Workload::unit() const
{
    switch (measure) {
    case Measure::Messages:
        return u"k msg/s"_s;
    case Measure::Bytes:
        return u"MB/s"_s;
    case Measure::Connections:
        return u"k conn/s"_s;
    case Measure::Lateness:
        return u"p99 ms"_s;
    }
    return {};
}

QString Workload::cpuUnit() const
{
    switch (measure) {
    case Measure::Messages:
        return u"µs/msg"_s;
    case Measure::Bytes:
        return u"ns/B"_s;
    case Measure::Connections:
        return u"µs/conn"_s;
    case Measure::Lateness:
        break;
    }
    return {};
}

bool Workload::answersTo(const QString &name) const
{
    return id.compare(name, Qt::CaseInsensitive) == 0 || id.section(u'-', 0, 0).compare(name, Qt::CaseInsensitive) == 0;
}

QList<Workload> allWorkloads(int idle)
{
    using Measure = Workload::Measure;
    constexpr int block = 64 * 1024;
    // W6 is counted, not timed: each connection leaves a port in TIME_WAIT, and there are 28,000 of them.
    return {
        {.id = u"W1"_s,
         .title = u"echo 64 B, 1 connection"_s,
         .role = u"echo"_s,
         .load = u"echo"_s,
         .leastRatio = .92,
         .rivals = {{u"qt"_s, 1.2}, {u"node"_s, 1.6}}},
        {.id = u"W2"_s,
         .title = u"echo 64 B, 50 connections"_s,
         .role = u"echo"_s,
         .load = u"echo"_s,
         .connections = 50,
         .leastRatio = .95,
         .mostCpuRatio = 1.08},
        {.id = u"W3"_s,
         .title = u"sink, 64 KiB writes"_s,
         .role = u"sink"_s,
         .load = u"sink"_s,
         .size = block,
         .measure = Measure::Bytes,
         .leastRatio = .95},
        {.id = u"W3-1M"_s,
         .title = u"sink, 1 MiB writes"_s,
         .role = u"sink"_s,
         .load = u"sink"_s,
         .size = 16 * block,
         .measure = Measure::Bytes,
         .leastRatio = .95},
        {.id = u"W4"_s,
         .title = u"source, 64 B writes"_s,
         .role = u"source"_s,
         .load = u"source"_s,
         .measure = Measure::Bytes,
         .leastRatio = 25,
         .rivals = {{u"qt"_s, 1}, {u"node"_s, 40}}},
        {.id = u"W4-64K"_s,
         .title = u"source, 64 KiB writes"_s,
         .role = u"source"_s,
         .load = u"source"_s,
         .size = block,
         .measure = Measure::Bytes,
         .leastRatio = .97},
        {.id = u"W5"_s,
         .title = u"echo 64 B, 50 connections beside %L1 idle ones"_s.arg(idle),
         .role = u"echo"_s,
         .load = u"echo"_s,
         .connections = 50,
         .idle = idle,
         .leastRatio = .95,
         .rivals = {{u"qt"_s, 12}}},
        {.id = u"W6"_s,
         .title = u"connect, echo 64 B, close, 16 at a time"_s,
         .role = u"echo"_s,
         .load = u"cycle"_s,
         .connections = 16,
         .measure = Measure::Connections,
         .limit = 1500,
         .mostCpuRatio = 1.10,
         .rivals = {{u"node"_s, 0, .25}}},
        {.id = u"W7"_s,
         .title = u"local socket, echo 64 B, 1 connection"_s,
         .role = u"echo"_s,
         .load = u"echo"_s,
         .local = true,
         .leastRatio = .92},
        {.id = u"W7-sink"_s,
         .title = u"local socket, sink, 64 KiB writes"_s,
         .role = u"sink"_s,
         .load = u"sink"_s,
         .size = block,
         .local = true,
         .measure = Measure::Bytes,
         .leastRatio = .97},
        {.id = u"relay"_s,
         .title = u"relay to a raw sink, 64 KiB writes"_s,
         .role = u"relay"_s,
         .load = u"sink"_s,
         .size = block,
         .measure = Measure::Bytes,
         .leastRatio = 1.0,
         .rivals = {{u"node"_s, 1.5}}},
        {.id = u"file"_s,
         .title = u"a file of 64 MiB over and over; raw reads and writes it"_s,
         .role = u"file"_s,
         .load = u"source"_s,
         .size = 1024 * block,
         .measure = Measure::Bytes,
         .peers = {u"libnet"_s, u"libnet-epoll"_s, u"qt"_s, u"node"_s},
         .mostCpuRatio = .60},
        {.id = u"attached"_s,
         .title = u"W1 while an inspector is attached, against libnet without one"_s,
         .role = u"echo"_s,
         .load = u"echo"_s,
         .reference = u"libnet"_s,
         .peers = {u"libnet-recorded"_s, u"libnet-attached"_s},
         .ours = u"libnet-attached"_s,
         .leastRatio = .98},
        {.id = u"payload"_s,
         .title = u"the same, and the inspector follows what the connection says"_s,
         .role = u"echo"_s,
         .load = u"echo"_s,
         .reference = u"libnet"_s,
         .peers = {u"libnet-payload"_s},
         .ours = u"libnet-payload"_s,
         .leastRatio = .95},
        {.id = u"timer"_s,
         .title = u"lateness of a 5 ms timer beside 64 flooding connections"_s,
         .role = u"timer"_s,
         .load = u"sink"_s,
         .connections = 64,
         .size = block,
         .measure = Measure::Lateness,
         .mostLate = 10},
    };
}

} // namespace bench
