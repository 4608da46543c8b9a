#include "load.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace bench {

Load::Load(const Plan &plan) : m_plan(plan), m_epoll(::epoll_create1(EPOLL_CLOEXEC)) {}

Load::~Load()
{
    ::close(m_epoll);
}

std::unique_ptr<Load> Load::create(const Plan &plan)
{
    if (plan.kind == "echo")
        return createEcho(plan);
    if (plan.kind == "sink")
        return createSink(plan);
    if (plan.kind == "source")
        return createSource(plan);
    if (plan.kind == "cycle")
        return createCycle(plan);
    return nullptr;
}

int Load::open(uint32_t events, uint32_t index, bool wait)
{
    const int fd = m_plan.target.connect(wait);
    if (fd < 0)
        fail("connect");
    watch(fd, EPOLL_CTL_ADD, events, index);
    return fd;
}

void Load::watch(int fd, int operation, uint32_t events, uint32_t index)
{
    epoll_event event = {};
    event.events = events;
    event.data.u32 = index;
    if (::epoll_ctl(m_epoll, operation, fd, &event) < 0)
        fail("epoll_ctl");
}

int Load::wait()
{
    const int count = ::epoll_wait(m_epoll, m_events.data(), m_events.size(), 10'000);
    if (count == 0)
        errno = ETIMEDOUT;
    if (count == 0 || (count < 0 && errno != EINTR))
        fail("the server does not answer");
    return count < 0 ? 0 : count;
}

void fail(const char *what)
{
    std::fprintf(stderr, "netbench_load: %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

} // namespace bench
