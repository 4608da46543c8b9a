#pragma once
#include "tests/support/rawpeer.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <vector>

namespace test {

/// A listener whose queue is full: whoever else connects gets no answer.
class FullListener
{
public:
    explicit FullListener(const char *address) : m_listener(0, address)
    {
        for (int i = 0; i < 8; ++i) {
            const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            sockaddr_in in = {};
            in.sin_family = AF_INET;
            in.sin_port = htons(m_listener.port());
            in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            ::connect(fd, reinterpret_cast<sockaddr *>(&in), sizeof in);
            m_waiting.emplace_back(fd);
        }
    }
    quint16 port() const { return m_listener.port(); }
    /// Takes all who wait; then there is room again.
    void makeRoom()
    {
        m_waiting.clear();
        for (int i = 0; i < 2; ++i)
            m_listener.accept();
    }

private:
    RawListener m_listener;
    std::vector<RawPeer> m_waiting;
};

} // namespace test
