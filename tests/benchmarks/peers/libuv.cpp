// libuv as its guide shows it: alloc callback, read callback, one write request per piece.
#include "tests/benchmarks/peers/role.h"

#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <string>
#include <utility>
#include <uv.h>
#include <vector>

namespace {

using bench::Role;

constexpr size_t highWaterMark = 64UL * 1024;

Role role;
bench::Lateness lateness;
uv_timer_t timer;
int openConnections = 0;
alignas(64) char readBuffer[64 * 1024];
std::vector<char> piece;

union Stream
{
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
};

struct Write
{
    uv_write_t request = {};
    std::vector<char> copy; ///< of what is forwarded
};

void check(int result, const char *what)
{
    if (result >= 0)
        return;
    std::fprintf(stderr, "bench_libuv: %s: %s\n", what, uv_strerror(result));
    std::exit(1);
}

void close(uv_stream_t *stream)
{
    auto *handle = reinterpret_cast<uv_handle_t *>(stream);
    if (uv_is_closing(handle))
        return;
    auto *other = static_cast<uv_stream_t *>(std::exchange(stream->data, nullptr));
    uv_close(handle, [](uv_handle_t *handle) { delete reinterpret_cast<Stream *>(handle); });
    if (other)
        return close(other); // of a relay: not counted
    if (--openConnections == 0 && role.kind == Role::Kind::Timer) {
        uv_timer_stop(&timer);
        lateness.print();
    }
}

void arm()
{
    lateness.arm();
    // The loop's clock stands still during a turn.
    uv_update_time(uv_default_loop());
    uv_timer_start(
        &timer,
        [](uv_timer_t *) {
            lateness.tick();
            arm();
        },
        bench::Lateness::Period, 0);
}

void pump(uv_stream_t *stream)
{
    while (uv_stream_get_write_queue_size(stream) < highWaterMark) {
        auto *write = new Write;
        const uv_buf_t bytes = uv_buf_init(piece.data(), piece.size());
        const auto done = [](uv_write_t *request, int status) {
            uv_stream_t *stream = request->handle;
            delete reinterpret_cast<Write *>(request);
            if (status == 0)
                pump(stream);
            else
                close(stream);
        };
        if (uv_write(&write->request, stream, &bytes, 1, done) < 0) {
            delete write;
            return close(stream);
        }
    }
}

void read(uv_stream_t *stream);

/// Sends a copy of the bytes to \a to, which is \a from itself or the other side of a relay.
void forward(uv_stream_t *from, uv_stream_t *to, const char *bytes, size_t size)
{
    uv_buf_t buffer = uv_buf_init(const_cast<char *>(bytes), size);
    const int sent = uv_try_write(to, &buffer, 1);
    if (sent == static_cast<int>(size))
        return;
    auto *write = new Write{{}, {bytes + (sent > 0 ? sent : 0), bytes + size}};
    buffer = uv_buf_init(write->copy.data(), write->copy.size());
    const auto done = [](uv_write_t *request, int) {
        uv_stream_t *to = request->handle;
        delete reinterpret_cast<Write *>(request);
        if (to->data && uv_stream_get_write_queue_size(to) == 0)
            read(static_cast<uv_stream_t *>(to->data));
    };
    if (uv_write(&write->request, to, &buffer, 1, done) < 0) {
        delete write;
        return close(from);
    }
    if (to->data && uv_stream_get_write_queue_size(to) > highWaterMark)
        uv_read_stop(from);
}

void read(uv_stream_t *stream)
{
    if (uv_is_closing(reinterpret_cast<uv_handle_t *>(stream)))
        return;
    // Reading already is no error that matters here.
    uv_read_start(
        stream, [](uv_handle_t *, size_t, uv_buf_t *buffer) { *buffer = uv_buf_init(readBuffer, sizeof readBuffer); },
        [](uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
            if (count < 0)
                close(stream);
            else if (count > 0 && role.kind == Role::Kind::Echo)
                forward(stream, stream, buffer->base, count);
            else if (count > 0 && role.kind == Role::Kind::Relay)
                forward(stream, static_cast<uv_stream_t *>(stream->data), buffer->base, count);
        });
}

void relay(uv_stream_t *client)
{
    auto *upstream = &(new Stream{})->stream;
    auto *tcp = reinterpret_cast<uv_tcp_t *>(upstream);
    uv_tcp_init(client->loop, tcp);
    client->data = upstream;
    upstream->data = client;
    sockaddr_in name = {};
    uv_ip4_addr("127.0.0.1", role.to, &name);
    const auto connected = [](uv_connect_t *request, int status) {
        uv_stream_t *upstream = request->handle;
        delete request;
        if (status < 0)
            return close(upstream);
        read(upstream);
        read(static_cast<uv_stream_t *>(upstream->data));
    };
    check(uv_tcp_connect(new uv_connect_t, tcp, reinterpret_cast<sockaddr *>(&name), connected), "connect");
}

void accept(uv_stream_t *server, int status)
{
    check(status, "accept");
    auto *stream = &(new Stream{})->stream;
    if (role.path.empty())
        uv_tcp_init(server->loop, reinterpret_cast<uv_tcp_t *>(stream));
    else
        uv_pipe_init(server->loop, reinterpret_cast<uv_pipe_t *>(stream), 0);
    check(uv_accept(server, stream), "accept");
    if (openConnections++ == 0 && role.kind == Role::Kind::Timer)
        arm();
    if (role.kind == Role::Kind::Source)
        pump(stream);
    else if (role.kind == Role::Kind::Relay)
        relay(stream);
    else
        read(stream);
}

} // namespace

int main(int argc, char **argv)
{
    role = Role::parse(argc, argv);
    piece.assign(role.size, 'x');
    Stream server = {};
    std::string address = role.path;
    uv_timer_init(uv_default_loop(), &timer);
    if (role.path.empty()) {
        sockaddr_in name = {};
        int length = sizeof name;
        uv_ip4_addr("127.0.0.1", 0, &name);
        uv_tcp_init(uv_default_loop(), &server.tcp);
        check(uv_tcp_bind(&server.tcp, reinterpret_cast<sockaddr *>(&name), 0), "bind");
        check(uv_listen(&server.stream, 511, accept), "listen");
        uv_tcp_getsockname(&server.tcp, reinterpret_cast<sockaddr *>(&name), &length);
        address = std::to_string(ntohs(name.sin_port));
    } else {
        uv_pipe_init(uv_default_loop(), &server.pipe, 0);
        check(uv_pipe_bind(&server.pipe, role.path.c_str()), "bind");
        check(uv_listen(&server.stream, 511, accept), "listen");
    }
    bench::announce(address, std::string("libuv ") + uv_version_string());
    return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
