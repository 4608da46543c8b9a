// Standalone Asio in its usual form: a session that keeps itself alive, async_read_some and async_write.
#include "tests/benchmarks/peers/role.h"

#include <array>
#include <asio.hpp>
#include <memory>
#include <string>
#include <vector>

namespace {

using bench::Role;

Role role;
bench::Lateness lateness;
int openConnections = 0;

template <typename Protocol>
class Session : public std::enable_shared_from_this<Session<Protocol>>
{
public:
    explicit Session(typename Protocol::socket socket) : m_socket(std::move(socket))
    {
        ++openConnections;
        if (role.kind == Role::Kind::Source)
            m_bytes.assign(role.size, 'x');
        else
            m_bytes.resize(role.kind == Role::Kind::Echo ? 4 * 1024 : 64 * 1024);
    }
    ~Session()
    {
        if (--openConnections == 0 && role.kind == Role::Kind::Timer)
            lateness.print();
    }

    void start() { role.kind == Role::Kind::Source ? write(m_bytes.size()) : read(); }

private:
    void read()
    {
        m_socket.async_read_some(asio::buffer(m_bytes), [self = this->shared_from_this()](auto error, size_t count) {
            if (error)
                return;
            if (role.kind == Role::Kind::Echo)
                self->write(count);
            else
                self->read();
        });
    }

    void write(size_t count)
    {
        asio::async_write(m_socket, asio::buffer(m_bytes.data(), count),
                          [self = this->shared_from_this()](auto error, size_t count) {
                              if (error)
                                  return;
                              if (role.kind == Role::Kind::Source)
                                  self->write(count);
                              else
                                  self->read();
                          });
    }

    typename Protocol::socket m_socket;
    std::vector<char> m_bytes;
};

/// One direction of a relay: it holds both sockets, and ends with either.
class Direction : public std::enable_shared_from_this<Direction>
{
public:
    using Socket = std::shared_ptr<asio::ip::tcp::socket>;
    Direction(Socket from, Socket to) : m_from(std::move(from)), m_to(std::move(to)), m_bytes(64UL * 1024) {}

    void start()
    {
        m_from->async_read_some(asio::buffer(m_bytes), [self = shared_from_this()](auto error, size_t count) {
            if (error)
                return self->close();
            asio::async_write(*self->m_to, asio::buffer(self->m_bytes.data(), count), [self](auto error, size_t) {
                if (error)
                    return self->close();
                self->start();
            });
        });
    }

private:
    void close()
    {
        m_from->close();
        m_to->close();
    }

    Socket m_from;
    Socket m_to;
    std::vector<char> m_bytes;
};

void relay(asio::ip::tcp::socket socket)
{
    auto client = std::make_shared<asio::ip::tcp::socket>(std::move(socket));
    auto upstream = std::make_shared<asio::ip::tcp::socket>(client->get_executor());
    const asio::ip::tcp::endpoint target(asio::ip::address_v4::loopback(), static_cast<uint16_t>(role.to));
    upstream->async_connect(target, [client, upstream](auto error) {
        if (error)
            return;
        std::make_shared<Direction>(client, upstream)->start();
        std::make_shared<Direction>(upstream, client)->start();
    });
}

template <typename Protocol>
void accept(typename Protocol::acceptor &acceptor)
{
    acceptor.async_accept([&acceptor](auto error, typename Protocol::socket socket) {
        if (error)
            return accept<Protocol>(acceptor);
        if constexpr (std::is_same_v<Protocol, asio::ip::tcp>) {
            if (role.kind == Role::Kind::Relay) {
                relay(std::move(socket));
                return accept<Protocol>(acceptor);
            }
        }
        std::make_shared<Session<Protocol>>(std::move(socket))->start();
        accept<Protocol>(acceptor);
    });
}

void arm(asio::steady_timer &timer)
{
    lateness.arm();
    timer.expires_after(std::chrono::milliseconds(bench::Lateness::Period));
    timer.async_wait([&timer](auto) {
        if (openConnections > 0)
            lateness.tick();
        arm(timer);
    });
}

} // namespace

int main(int argc, char **argv)
{
    role = Role::parse(argc, argv);
    asio::io_context loop(1);
    asio::steady_timer timer(loop);
    if (role.kind == Role::Kind::Timer)
        arm(timer);
    const std::string version = "Asio " + std::to_string(ASIO_VERSION / 100000) + "." +
                                std::to_string(ASIO_VERSION / 100 % 1000) + "." + std::to_string(ASIO_VERSION % 100);
    if (role.path.empty()) {
        asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
        accept<asio::ip::tcp>(acceptor);
        bench::announce(std::to_string(acceptor.local_endpoint().port()), version);
        loop.run();
    } else {
        asio::local::stream_protocol::acceptor acceptor(loop, role.path);
        accept<asio::local::stream_protocol>(acceptor);
        bench::announce(role.path, version);
        loop.run();
    }
    return 0;
}
