#include "target.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace bench {

Target Target::parse(const std::string &text)
{
    if (!text.empty() && text.front() == '/')
        return {0, text};
    return {std::atoi(text.c_str()), {}};
}

int Target::connect(bool wait) const
{
    sockaddr_storage storage = {};
    socklen_t length = 0;
    if (path.empty()) {
        auto *address = reinterpret_cast<sockaddr_in *>(&storage);
        address->sin_family = AF_INET;
        address->sin_port = htons(static_cast<uint16_t>(port));
        address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        length = sizeof *address;
    } else {
        auto *address = reinterpret_cast<sockaddr_un *>(&storage);
        address->sun_family = AF_UNIX;
        std::strncpy(address->sun_path, path.c_str(), sizeof address->sun_path - 1);
        length = sizeof *address;
    }
    const int fd = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | (wait ? 0 : SOCK_NONBLOCK), 0);
    if (fd < 0)
        return -1;
    if (::connect(fd, reinterpret_cast<sockaddr *>(&storage), length) < 0 && errno != EINPROGRESS) {
        const int error = errno;
        ::close(fd);
        errno = error;
        return -1;
    }
    if (wait)
        ::fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

} // namespace bench
