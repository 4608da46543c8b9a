// Both sides of a client in one epoll, one read and one write per readiness.
#include "tests/benchmarks/peers/raw.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <netinet/in.h>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace bench {
namespace {

alignas(64) std::array<char, 256UL * 1024> buffer;

/// One direction's end: what it reads goes to the other side.
struct Side
{
    int fd = -1;
    Side *other = nullptr;
    bool waiting = false; ///< for EPOLLOUT; the other side is not read meanwhile
    std::string pending;  ///< for this side, what the kernel did not take
};

struct Route
{
    Side client;
    Side upstream;
};

class Relay
{
public:
    explicit Relay(int to) : m_to(to), m_listener(listenRaw({})) { watch(m_listener, EPOLL_CTL_ADD, EPOLLIN, nullptr); }

    [[noreturn]] void run()
    {
        std::array<epoll_event, 256> events = {};
        for (;;) {
            const int count = ::epoll_wait(m_epoll, events.data(), events.size(), -1);
            for (int i = 0; i < count; ++i) {
                auto *side = static_cast<Side *>(events[i].data.ptr);
                if (!side)
                    accept();
                else if (side->fd >= 0 && side->waiting)
                    write(*side, std::exchange(side->pending, {}));
                else if (side->fd >= 0)
                    read(*side);
            }
        }
    }

private:
    void watch(int fd, int operation, uint32_t events, Side *side)
    {
        epoll_event event = {};
        event.events = events;
        event.data.ptr = side;
        if (::epoll_ctl(m_epoll, operation, fd, &event) < 0)
            failRaw("epoll_ctl");
    }

    void accept()
    {
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (client < 0)
            return;
        sockaddr_in name = {};
        name.sin_family = AF_INET;
        name.sin_port = htons(static_cast<uint16_t>(m_to));
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int upstream = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(upstream, reinterpret_cast<sockaddr *>(&name), sizeof name) < 0)
            failRaw("connect");
        ::fcntl(upstream, F_SETFL, O_NONBLOCK);
        Route &route = *m_routes.emplace_back(std::make_unique<Route>());
        route.client.fd = client;
        route.client.other = &route.upstream;
        route.upstream.fd = upstream;
        route.upstream.other = &route.client;
        watch(client, EPOLL_CTL_ADD, EPOLLIN, &route.client);
        watch(upstream, EPOLL_CTL_ADD, EPOLLIN, &route.upstream);
    }

    void read(Side &side)
    {
        const auto count = ::recv(side.fd, buffer.data(), buffer.size(), 0);
        if (count > 0)
            write(*side.other, {buffer.data(), static_cast<size_t>(count)});
        else if (count == 0 || errno != EAGAIN)
            close(side);
    }

    void write(Side &side, std::string_view bytes)
    {
        const auto written = ::send(side.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written < 0 && errno != EAGAIN)
            return close(side);
        bytes.remove_prefix(written < 0 ? 0 : written);
        const bool waited = side.waiting;
        side.waiting = !bytes.empty();
        side.pending = bytes;
        if (side.waiting == waited)
            return;
        watch(side.fd, EPOLL_CTL_MOD, side.waiting ? EPOLLOUT : EPOLLIN, &side);
        watch(side.other->fd, EPOLL_CTL_MOD, side.waiting ? 0U : uint32_t(EPOLLIN), side.other);
    }

    void close(Side &side)
    {
        for (Side *end : {&side, side.other})
            ::close(std::exchange(end->fd, -1));
    }

    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    int m_to;
    int m_listener;
    std::vector<std::unique_ptr<Route>> m_routes;
};

} // namespace

void relayRaw(int to)
{
    Relay(to).run();
}

} // namespace bench
