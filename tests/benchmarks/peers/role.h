#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// What a peer plays, read from "--role echo|sink|source|timer|relay|file [--listen tcp|PATH] [--size BYTES] [--to
/// PORT]".
struct Role
{
    enum class Kind {
        Echo,   ///< sends back what comes
        Sink,   ///< reads what comes
        Source, ///< writes pieces of size bytes without end, heeding backpressure
        Timer,  ///< a sink with a 5 ms timer beside it, which prints its lateness when the connections are gone
        File,   ///< sends a file of size bytes, over and over, heeding backpressure
        Relay,  ///< connects each client to port \a to, and pipes both ways
    };
    Kind kind = Kind::Echo;
    std::string path; ///< empty: TCP, a free port of 127.0.0.1
    int size = 64;
    std::string file; ///< a file of size bytes, for Kind::File
    int to = 0;       ///< port of 127.0.0.1

    /// Ends the program with a message if the arguments make no sense.
    static Role parse(int argc, char **argv);
};

/// Prints the line "ready ADDRESS VERSION" that the orchestrator waits for.
void announce(const std::string &address, const std::string &version);

/// How late the ticks of a timer come.
class Lateness
{
public:
    static constexpr int Period = 5; ///< ms

    static int64_t now(); ///< ns, monotonic
    /// The timer is armed: it is due one period from now.
    void arm() { m_due = now() + Period * 1'000'000LL; }
    void tick() { m_late.push_back(now() - m_due); }
    /// Prints a line of JSON, and forgets what it printed.
    void print();

private:
    int64_t m_due = 0;
    std::vector<int64_t> m_late;
};

} // namespace bench
