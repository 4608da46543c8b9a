#include "load.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {
namespace {

/// One message in flight on each connection, beside idle ones.
class EchoLoad : public Load
{
public:
    explicit EchoLoad(const Plan &plan);
    void run(Window &window) override;

private:
    struct Connection
    {
        int fd = -1;
        int missing = 0; ///< bytes of the echo still to come
    };

    void send(Connection &connection);
    void receive(Connection &connection);
    void openIdle(int count);

    std::vector<Connection> m_connections;
    std::vector<char> m_message;
    std::vector<char> m_echo;
};

EchoLoad::EchoLoad(const Plan &plan) : Load(plan), m_message(plan.size, 'x'), m_echo(plan.size)
{
    for (int i = 0; i < plan.connections; ++i)
        m_connections.push_back({open(EPOLLIN, i), 0});
    openIdle(plan.idle);
}

void EchoLoad::openIdle(int count)
{
    // Connections are accepted in order, so the echo of one in 32 proves that those before it are in: no backlog
    // overflows, and the memory of all of them is the server's when we return.
    for (int i = 0; i < count; ++i) {
        const int fd = m_plan.target.connect(true);
        if (fd < 0)
            fail("connect an idle connection");
        if (i % 32 != 31 && i != count - 1)
            continue;
        char byte = 'x';
        pollfd readable = {fd, POLLIN, 0};
        if (::send(fd, &byte, 1, MSG_NOSIGNAL) != 1 || ::poll(&readable, 1, 10'000) != 1 || ::read(fd, &byte, 1) != 1)
            fail("an idle connection's echo");
    }
}

void EchoLoad::send(Connection &connection)
{
    connection.missing = m_plan.size;
    if (::send(connection.fd, m_message.data(), m_message.size(), MSG_NOSIGNAL) != m_plan.size)
        fail("send");
}

void EchoLoad::receive(Connection &connection)
{
    const auto count = ::recv(connection.fd, m_echo.data(), connection.missing, 0);
    if (count == 0)
        errno = ECONNRESET;
    if (count <= 0)
        fail("receive an echo");
    connection.missing -= static_cast<int>(count);
}

void EchoLoad::run(Window &window)
{
    for (Connection &connection : m_connections)
        send(connection);
    auto waiting = static_cast<int>(m_connections.size());
    bool over = false;
    while (waiting > 0) {
        const int count = wait();
        for (int i = 0; i < count; ++i) {
            Connection &connection = m_connections[events()[i].data.u32];
            receive(connection);
            if (connection.missing > 0)
                continue;
            if (over) {
                --waiting;
                continue;
            }
            window.count(1, m_plan.size);
            send(connection);
        }
        over = over || window.over();
    }
}

} // namespace

std::unique_ptr<Load> createEcho(const Plan &plan)
{
    return std::make_unique<EchoLoad>(plan);
}

} // namespace bench
