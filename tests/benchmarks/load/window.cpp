#include "window.h"

namespace bench {

static int64_t now(clockid_t clock)
{
    timespec time = {};
    clock_gettime(clock, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

Window::Window(int milliseconds, int64_t limit, pid_t server) : m_limit(limit), m_length(milliseconds * 1'000'000LL)
{
    // Exact to the nanosecond, where utime and stime of /proc come in ticks of 10 ms.
    clock_getcpuclockid(server, &m_server);
    m_warm = now(CLOCK_MONOTONIC) + m_length / 10;
}

void Window::read(Sample &clocks) const
{
    clocks.serverCpu = now(m_server);
    clocks.clientCpu = now(CLOCK_PROCESS_CPUTIME_ID);
    clocks.nanoseconds = now(CLOCK_MONOTONIC);
}

bool Window::over()
{
    const int64_t time = now(CLOCK_MONOTONIC);
    if (!m_counting) {
        if (time < m_warm && (m_limit == 0 || m_sample.messages < m_limit / 10))
            return false;
        m_counting = true;
        m_sample = {};
        read(m_start);
        // From now on, not from when the warm-up should have ended: on a busy machine we may come late.
        m_end = m_start.nanoseconds + m_length;
        return false;
    }
    if (++m_turns < LeastTurns || (time < m_end && (m_limit == 0 || m_sample.messages < m_limit)))
        return false;
    read(m_sample);
    m_sample.serverCpu -= m_start.serverCpu;
    m_sample.clientCpu -= m_start.clientCpu;
    m_sample.nanoseconds -= m_start.nanoseconds;
    return true;
}

} // namespace bench
