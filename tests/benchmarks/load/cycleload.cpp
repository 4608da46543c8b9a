#include "load.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {
namespace {

/// Connects, sends a message, waits for its echo and closes, over and over, some connections at a time.
class CycleLoad : public Load
{
public:
    explicit CycleLoad(const Plan &plan) : Load(plan), m_connections(plan.connections), m_bytes(plan.size, 'x') {}

    void run(Window &window) override
    {
        for (uint32_t i = 0; i < m_connections.size(); ++i)
            begin(i);
        auto open = m_connections.size();
        bool over = false;
        while (open > 0) {
            const int count = wait();
            for (int i = 0; i < count; ++i) {
                if (!advance(events()[i].data.u32))
                    continue;
                if (!over)
                    window.count(1, m_plan.size);
                if (over)
                    --open;
                else
                    begin(events()[i].data.u32);
            }
            over = over || window.over();
        }
    }

private:
    struct Connection
    {
        int fd = -1;
        int missing = 0;
        bool asked = false;
    };

    void begin(uint32_t index) { m_connections[index] = {Load::open(EPOLLOUT, index, false), m_plan.size, false}; }

    /// True if the connection is through and closed.
    bool advance(uint32_t index)
    {
        Connection &connection = m_connections[index];
        if (!connection.asked) {
            if (::send(connection.fd, m_bytes.data(), m_bytes.size(), MSG_NOSIGNAL) != m_plan.size)
                fail("send on a new connection");
            connection.asked = true;
            watch(connection.fd, EPOLL_CTL_MOD, EPOLLIN, index);
            return false;
        }
        const auto count = ::recv(connection.fd, m_bytes.data(), connection.missing, 0);
        if (count == 0)
            errno = ECONNRESET;
        if (count <= 0)
            fail("receive on a new connection");
        connection.missing -= static_cast<int>(count);
        if (connection.missing > 0)
            return false;
        ::close(connection.fd);
        return true;
    }

    std::vector<Connection> m_connections;
    std::vector<char> m_bytes;
};

} // namespace

std::unique_ptr<Load> createCycle(const Plan &plan)
{
    return std::make_unique<CycleLoad>(plan);
}

} // namespace bench
