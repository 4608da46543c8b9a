#include "tests/benchmarks/peers/raw.h"
#include "tests/benchmarks/peers/role.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/utsname.h>

namespace bench {

int listenRaw(const std::string &path)
{
    sockaddr_in inet = {};
    sockaddr_un local = {};
    inet.sin_family = AF_INET;
    inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    local.sun_family = AF_UNIX;
    std::strncpy(local.sun_path, path.c_str(), sizeof local.sun_path - 1);
    const bool tcp = path.empty();
    auto *address = tcp ? reinterpret_cast<sockaddr *>(&inet) : reinterpret_cast<sockaddr *>(&local);
    socklen_t length = tcp ? sizeof inet : sizeof local;
    const int fd = ::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || ::bind(fd, address, length) < 0 || ::listen(fd, 511) < 0)
        failRaw("listen");
    if (tcp)
        ::getsockname(fd, address, &length);
    utsname system = {};
    ::uname(&system);
    announce(tcp ? std::to_string(ntohs(inet.sin_port)) : path, std::string("epoll of Linux ") + system.release);
    return fd;
}

void failRaw(const char *what)
{
    std::fprintf(stderr, "bench_raw: %s: %s\n", what, std::strerror(errno));
    std::exit(1);
}

} // namespace bench
