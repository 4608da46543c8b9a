// alone HOSTS PROGRAM [ARGUMENTS]: runs a program in a network of its own, where nothing listens but what it starts,
// and with HOSTS in the place of /etc/hosts. Where the system does not permit that, the program runs as it is, and
// LIBNET_ALONE is not set.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

bool put(const char *file, const std::string &text)
{
    const int fd = ::open(file, O_WRONLY | O_CLOEXEC);
    const bool done = fd >= 0 && ::write(fd, text.data(), text.size()) == ssize_t(text.size());
    ::close(fd);
    return done;
}

// Somebody who is not root needs a user namespace first, in which they are.
bool separate()
{
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    if (::unshare(CLONE_NEWNET | CLONE_NEWNS) == 0)
        return true;
    return ::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) == 0 && put("/proc/self/setgroups", "deny") &&
           put("/proc/self/uid_map", "0 " + user + " 1") && put("/proc/self/gid_map", "0 " + group + " 1");
}

bool raiseLoopback()
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request = {};
    std::strcpy(request.ifr_name, "lo");
    bool done = ::ioctl(fd, SIOCGIFFLAGS, &request) == 0;
    request.ifr_flags |= IFF_UP;
    done = done && ::ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    ::close(fd);
    return done;
}

bool replaceHosts(const char *hosts)
{
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount(hosts, "/etc/hosts", nullptr, MS_BIND, nullptr) == 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: alone HOSTS PROGRAM [ARGUMENTS]\n");
        return 2;
    }
    if (separate() && raiseLoopback() && replaceHosts(argv[1]))
        ::setenv("LIBNET_ALONE", "1", 1);
    ::execvp(argv[2], argv + 2);
    std::fprintf(stderr, "alone: %s: %s\n", argv[2], std::strerror(errno));
    return 127;
}
