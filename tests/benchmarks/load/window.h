#pragma once
#include <cstdint>
#include <ctime>
#include <sys/types.h>

namespace bench {

/// What one run has measured.
struct Sample
{
    int64_t messages = 0;
    int64_t bytes = 0;
    int64_t nanoseconds = 0;
    int64_t serverCpu = 0; ///< ns, all threads of the server
    int64_t clientCpu = 0; ///< ns
};

/// The measured part of a run. Work of the first tenth is a warm-up and not counted, so that buffers are as full at
/// the beginning as at the end.
class Window
{
public:
    /// Ends after \a milliseconds, or after \a limit messages unless that is 0. CPU time is that of \a server.
    Window(int milliseconds, int64_t limit, pid_t server);

    void count(int64_t messages, int64_t bytes)
    {
        m_sample.messages += messages;
        m_sample.bytes += bytes;
    }
    /// Reads the clock: to be asked once a turn.
    bool over();
    /// To be asked once, after over().
    Sample sample() const { return m_sample; }

private:
    void read(Sample &clocks) const;

    clockid_t m_server = 0;
    // A sample of fewer turns would say more of when it was taken than of the server.
    static constexpr int LeastTurns = 20;

    int64_t m_limit;
    int64_t m_length;
    int64_t m_warm = 0;
    int64_t m_end = 0;
    int m_turns = 0;
    bool m_counting = false;
    Sample m_start;
    Sample m_sample;
};

} // namespace bench
