// The reference: level-triggered epoll, aligned buffers, one read per readiness, a direct write, accept4.
#include "tests/benchmarks/peers/raw.h"
#include "tests/benchmarks/peers/role.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <vector>

namespace {

using bench::Role;

class RawServer
{
public:
    explicit RawServer(const Role &role);
    void run();

private:
    struct Connection
    {
        bool open = false;
        bool waiting = false; ///< EPOLLOUT is on, EPOLLIN off
        std::string pending;  ///< of an echo, what the kernel did not take
        off_t offset = 0;     ///< of the file, what the kernel has taken
    };

    void watch(int fd, int operation, uint32_t events);
    void accept();
    void readable(int fd);
    void writable(int fd);
    void write(int fd, const char *bytes, size_t size);
    void sendFile(int fd);
    void close(int fd);
    void startTimer();
    void tick();

    Role m_role;
    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    int m_listener;
    int m_timer = -1;
    int m_file = -1;
    int m_open = 0;
    bench::Lateness m_lateness;
    std::vector<Connection> m_connections; ///< by descriptor
    alignas(64) inline static std::array<char, 256UL * 1024> buffer = {};
};

RawServer::RawServer(const Role &role) : m_role(role), m_listener(bench::listenRaw(role.path))
{
    watch(m_listener, EPOLL_CTL_ADD, EPOLLIN);
    if (role.kind == Role::Kind::File && (m_file = ::open(role.file.c_str(), O_RDONLY | O_CLOEXEC)) < 0)
        bench::failRaw("open the file");
}

void RawServer::watch(int fd, int operation, uint32_t events)
{
    epoll_event event = {};
    event.events = events;
    event.data.fd = fd;
    if (::epoll_ctl(m_epoll, operation, fd, &event) < 0)
        bench::failRaw("epoll_ctl");
}

void RawServer::run()
{
    std::array<epoll_event, 256> events = {};
    for (;;) {
        const int count = ::epoll_wait(m_epoll, events.data(), events.size(), -1);
        if (count < 0 && errno != EINTR)
            bench::failRaw("epoll_wait");
        for (int i = 0; i < count; ++i) {
            const int fd = events[i].data.fd;
            if (fd == m_listener)
                accept();
            else if (fd == m_timer)
                tick();
            else if (events[i].events & EPOLLOUT)
                writable(fd);
            else
                readable(fd);
        }
    }
}

void RawServer::accept()
{
    for (int i = 0; i < 16; ++i) {
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        if (m_connections.size() <= static_cast<size_t>(fd))
            m_connections.resize(fd * 2 + 1);
        m_connections[fd].open = true;
        if (m_open++ == 0 && m_role.kind == Role::Kind::Timer)
            startTimer();
        m_connections[fd].waiting = m_role.kind == Role::Kind::Source || m_role.kind == Role::Kind::File;
        watch(fd, EPOLL_CTL_ADD, m_connections[fd].waiting ? EPOLLOUT : EPOLLIN);
    }
}

void RawServer::readable(int fd)
{
    const auto count = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (count > 0 && m_role.kind == Role::Kind::Echo)
        write(fd, buffer.data(), count);
    else if (count == 0 || (count < 0 && errno != EAGAIN))
        close(fd);
}

void RawServer::writable(int fd)
{
    if (m_role.kind == Role::Kind::Source) {
        ssize_t sent = 0;
        do {
            sent = ::send(fd, buffer.data(), m_role.size, MSG_NOSIGNAL);
        } while (sent == m_role.size);
        if (sent < 0 && errno != EAGAIN)
            close(fd);
        return;
    }
    if (m_role.kind == Role::Kind::File)
        return sendFile(fd);
    const std::string pending = std::move(m_connections[fd].pending);
    m_connections[fd].pending.clear();
    write(fd, pending.data(), pending.size());
}

void RawServer::write(int fd, const char *bytes, size_t size)
{
    const auto written = ::send(fd, bytes, size, MSG_NOSIGNAL);
    if (written < 0 && errno != EAGAIN)
        return close(fd);
    const size_t done = written < 0 ? 0 : written;
    Connection &connection = m_connections[fd];
    if (done < size)
        connection.pending.assign(bytes + done, size - done);
    if (connection.waiting != (done < size)) {
        connection.waiting = done < size;
        watch(fd, EPOLL_CTL_MOD, connection.waiting ? EPOLLOUT : EPOLLIN);
    }
}

void RawServer::sendFile(int fd)
{
    constexpr size_t piece = 64UL * 1024;
    off_t &offset = m_connections[fd].offset;
    for (;;) {
        const auto count = ::pread(m_file, buffer.data(), piece, offset);
        if (count < 0)
            bench::failRaw("read the file");
        if (count == 0) {
            offset = 0;
            continue;
        }
        const auto sent = ::send(fd, buffer.data(), count, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN)
            return close(fd);
        offset += sent < 0 ? 0 : sent;
        if (sent < count)
            return;
    }
}

void RawServer::close(int fd)
{
    ::close(fd);
    m_connections[fd] = {};
    if (--m_open == 0 && m_role.kind == Role::Kind::Timer)
        m_lateness.print();
}

void RawServer::startTimer()
{
    if (m_timer < 0) {
        m_timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        watch(m_timer, EPOLL_CTL_ADD, EPOLLIN);
    }
    itimerspec period = {};
    period.it_value.tv_nsec = bench::Lateness::Period * 1'000'000L;
    ::timerfd_settime(m_timer, 0, &period, nullptr);
    m_lateness.arm();
}

void RawServer::tick()
{
    uint64_t expirations = 0;
    if (::read(m_timer, &expirations, sizeof expirations) != sizeof expirations || m_open == 0)
        return;
    m_lateness.tick();
    startTimer();
}

} // namespace

int main(int argc, char **argv)
{
    const Role role = Role::parse(argc, argv);
    if (role.kind == Role::Kind::Relay)
        bench::relayRaw(role.to);
    RawServer(role).run();
}
