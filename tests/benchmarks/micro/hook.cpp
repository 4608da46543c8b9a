// What an event of libnet's hot path pays for the probe: a loop with the hook less a loop without it.
#include "libnet/probe/tap.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

namespace {

class Watched : public net::probe::Subject
{
public:
    Watched() : Subject(net::probe::SubjectKind::Socket) {}
    net::probe::Facts facts() const override { return {}; }
};

double seconds()
{
    timespec time = {};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + time.tv_nsec / 1e9;
}

/// Nanoseconds of one event.
template <bool Hooked>
[[gnu::noinline]] double run(Watched &subject)
{
    constexpr int events = 20'000'000;
    const char byte = 0;
    const double start = seconds();
    for (int i = 0; i < events; ++i) {
        // The compiler may neither fold the events into one nor keep the tap in a register between them.
        asm volatile("" ::: "memory");
        if constexpr (Hooked) {
            if (const net::probe::Tap *tap = net::probe::tap())
                tap->received(subject, &byte, 1, i);
        }
    }
    return (seconds() - start) / events * 1e9;
}

/// The median of nine, in pairs.
double cost(Watched &subject)
{
    std::vector<double> costs;
    for (int i = 0; i < 9; ++i) {
        const double without = run<false>(subject);
        costs.push_back(run<true>(subject) - without);
    }
    std::sort(costs.begin(), costs.end());
    return costs[costs.size() / 2];
}

} // namespace

int main()
{
    Watched subject;
    const double unwatched = cost(subject);
    static net::probe::Tap empty = {};
    empty.received = [](net::probe::Subject &, const char *, qsizetype, quint64) {
    };
    net::probe::install(&empty);
    const double watched = cost(subject);
    net::probe::install(nullptr);
    std::printf("{\"unwatched\": %.3f, \"watched\": %.3f}\n", unwatched, watched);
    return 0;
}
