#include "load.h"

#include <cerrno>
#include <cstdlib>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace bench {
namespace {

/// Aligned memory for the bytes, so that the kernel copies at full speed.
struct Block
{
    explicit Block(size_t size)
        : size(size),
          bytes(static_cast<char *>(std::aligned_alloc(4096, (size + 4095) / 4096 * 4096)), &std::free)
    {
    }
    size_t size;
    std::unique_ptr<char, decltype(&std::free)> bytes;
};

/// Writes to connections that the server only reads.
class SinkLoad : public Load
{
public:
    explicit SinkLoad(const Plan &plan) : Load(plan), m_block(plan.size)
    {
        for (int i = 0; i < plan.connections; ++i)
            m_connections.push_back(open(EPOLLOUT, i));
    }

    void run(Window &window) override
    {
        while (!window.over()) {
            const int count = wait();
            for (int i = 0; i < count; ++i) {
                const int fd = m_connections[events()[i].data.u32];
                const auto written = ::send(fd, m_block.bytes.get(), m_block.size, MSG_NOSIGNAL);
                if (written > 0)
                    window.count(1, written);
                else if (errno != EAGAIN)
                    fail("send");
            }
        }
    }

private:
    Block m_block;
    std::vector<int> m_connections;
};

/// Reads connections that the server only writes. A message is one of the server's write calls.
class SourceLoad : public Load
{
public:
    explicit SourceLoad(const Plan &plan) : Load(plan), m_block(256UL * 1024)
    {
        for (int i = 0; i < plan.connections; ++i)
            m_connections.push_back(open(EPOLLIN, i));
    }

    void run(Window &window) override
    {
        drain();
        int64_t bytes = 0;
        while (!window.over()) {
            const int count = wait();
            for (int i = 0; i < count; ++i) {
                const int fd = m_connections[events()[i].data.u32];
                const auto received = ::recv(fd, m_block.bytes.get(), m_block.size, 0);
                if (received == 0)
                    errno = ECONNRESET;
                if (received <= 0)
                    fail("receive");
                bytes += received;
                window.count(bytes / m_plan.size, received);
                bytes %= m_plan.size;
            }
        }
    }

private:
    /// What has piled up since the last run was written then, and would make this one faster than the server is.
    void drain()
    {
        for (const int fd : m_connections) {
            int64_t left = 256LL * 1024 * 1024; // a fast server would keep us here
            for (ssize_t count = 1; count > 0 && left > 0; left -= count)
                count = ::recv(fd, m_block.bytes.get(), m_block.size, 0);
        }
    }

    Block m_block;
    std::vector<int> m_connections;
};

} // namespace

std::unique_ptr<Load> createSink(const Plan &plan)
{
    return std::make_unique<SinkLoad>(plan);
}

std::unique_ptr<Load> createSource(const Plan &plan)
{
    return std::make_unique<SourceLoad>(plan);
}

} // namespace bench
