#pragma once
#include "target.h"
#include "window.h"

#include <array>
#include <memory>
#include <sys/epoll.h>
#include <vector>

namespace bench {

/// What a load does to the server.
struct Plan
{
    std::string kind;
    Target target;
    int connections = 1;
    int idle = 0; ///< connections beside them that say nothing
    int size = 64;
};

/// A client of the server under test: one raw epoll loop, the same for every peer.
class Load
{
public:
    explicit Load(const Plan &plan);
    virtual ~Load();
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    static std::unique_ptr<Load> create(const Plan &plan);
    virtual void run(Window &window) = 0;

protected:
    /// Connects, and watches \a events of it with \a index as the event's data.
    int open(uint32_t events, uint32_t index, bool wait = true);
    void watch(int fd, int operation, uint32_t events, uint32_t index);
    /// One epoll_wait; the number of events that events() holds. Ends the program if nothing happens for 10 s.
    int wait();
    const epoll_event *events() const { return m_events.data(); }

    Plan m_plan;

private:
    int m_epoll;
    std::array<epoll_event, 256> m_events = {};
};

/// Prints "<what>: <errno's text>" and ends the program.
[[noreturn]] void fail(const char *what);

std::unique_ptr<Load> createEcho(const Plan &plan);   ///< a message, its echo, the next message
std::unique_ptr<Load> createSink(const Plan &plan);   ///< the server reads, we write all it takes
std::unique_ptr<Load> createSource(const Plan &plan); ///< the server writes, we read all it has
std::unique_ptr<Load> createCycle(const Plan &plan);  ///< connect, echo once, close

} // namespace bench
