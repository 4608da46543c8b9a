// Loaded before everything else: has one call of libnet's fail. Here are the calls of sockets, and of waiting for them.
#include "tests/faults/faultplan.h"

#include <netdb.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <utility>

extern "C" {

int socket(int domain, int type, int protocol)
{
    REAL(socket);
    FAIL_IF_DUE(socket)
    return real(domain, type, protocol);
}

int bind(int fd, const sockaddr *address, socklen_t size)
{
    REAL(bind);
    FAIL_IF_DUE(bind)
    return real(fd, address, size);
}

int listen(int fd, int backlog)
{
    REAL(listen);
    FAIL_IF_DUE(listen)
    return real(fd, backlog);
}

int accept4(int fd, sockaddr *address, socklen_t *size, int flags)
{
    REAL(accept4);
    FAIL_IF_DUE(accept4)
    return real(fd, address, size, flags);
}

int connect(int fd, const sockaddr *address, socklen_t size)
{
    REAL(connect);
    const int error = DUE(connect);
    // An interrupted one goes on by itself.
    const int result = error > 0 && error != EINTR ? -1 : real(fd, address, size);
    if (error > 0)
        errno = error;
    return error > 0 ? -1 : result;
}

ssize_t recv(int fd, void *buffer, size_t size, int flags)
{
    REAL(recv);
    FAIL_OR_SHORTEN(recv, size)
    return real(fd, buffer, size, flags);
}

ssize_t send(int fd, const void *buffer, size_t size, int flags)
{
    REAL(send);
    FAIL_OR_SHORTEN(send, size)
    return real(fd, buffer, size, flags);
}

ssize_t sendmsg(int fd, const msghdr *message, int flags)
{
    REAL(sendmsg);
    const int error = DUE(sendmsg);
    if (error > 0) {
        errno = error;
        return -1;
    }
    if (error == faults::ShortCount && message->msg_iovlen > 0) {
        iovec one = {message->msg_iov[0].iov_base, 1};
        msghdr small = *message;
        small.msg_iov = &one;
        small.msg_iovlen = 1;
        return real(fd, &small, flags);
    }
    return real(fd, message, flags);
}

int shutdown(int fd, int how) noexcept
{
    REAL(shutdown);
    FAIL_IF_DUE(shutdown)
    return real(fd, how);
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t size) noexcept
{
    REAL(setsockopt);
    FAIL_IF_DUE(setsockopt)
    return real(fd, level, option, value, size);
}

int getsockopt(int fd, int level, int option, void *value, socklen_t *size) noexcept
{
    REAL(getsockopt);
    // What a socket is can always be asked.
    if (level != SOL_SOCKET || (option != SO_TYPE && option != SO_DOMAIN && option != SO_ACCEPTCONN)) {
        FAIL_IF_DUE(getsockopt)
    }
    return real(fd, level, option, value, size);
}

int getsockname(int fd, sockaddr *address, socklen_t *size) noexcept
{
    REAL(getsockname);
    FAIL_IF_DUE(getsockname)
    return real(fd, address, size);
}

int getpeername(int fd, sockaddr *address, socklen_t *size) noexcept
{
    REAL(getpeername);
    FAIL_IF_DUE(getpeername)
    return real(fd, address, size);
}

int epoll_ctl(int epoll, int operation, int fd, epoll_event *event) noexcept
{
    REAL(epoll_ctl);
    // Taking out can't fail for want of anything.
    if (operation != EPOLL_CTL_DEL) {
        FAIL_IF_DUE(epoll_ctl)
    }
    return real(epoll, operation, fd, event);
}

int epoll_wait(int epoll, epoll_event *events, int most, int timeout)
{
    REAL(epoll_wait);
    FAIL_IF_DUE(epoll_wait)
    return real(epoll, events, most, timeout);
}

int epoll_create1(int flags) noexcept
{
    REAL(epoll_create1);
    FAIL_IF_DUE(epoll_create1)
    return real(flags);
}

ssize_t recvmsg(int fd, msghdr *message, int flags)
{
    REAL(recvmsg);
    const int error = DUE(recvmsg);
    if (error > 0) {
        errno = error;
        return -1;
    }
    // The process has no descriptor free: the kernel closes what came, and says so by a flag.
    if (error == faults::HandlesLost)
        message->msg_controllen = 0;
    if (error != faults::ShortCount || message->msg_iovlen == 0)
        return real(fd, message, flags);
    iovec one = {message->msg_iov[0].iov_base, 1};
    iovec *const whole = std::exchange(message->msg_iov, &one);
    const ssize_t count = real(fd, message, flags);
    message->msg_iov = whole;
    return count;
}

int socketpair(int domain, int type, int protocol, int *ends) noexcept
{
    REAL(socketpair);
    FAIL_IF_DUE(socketpair)
    return real(domain, type, protocol, ends);
}

// No system call, but what it makes may fail just so. Its errors are values of its own, kept negative as glibc has
// them.
int getaddrinfo(const char *node, const char *service, const addrinfo *hints, addrinfo **list)
{
    REAL(getaddrinfo);
    const int error = DUE(getaddrinfo);
    if (error == 0)
        return real(node, service, hints, list);
    errno = error;
    return error == EMFILE ? EAI_SYSTEM : error == ENOMEM ? EAI_MEMORY : EAI_AGAIN;
}

int epoll_pwait2(int epoll, epoll_event *events, int most, const timespec *time, const sigset_t *mask)
{
    REAL(epoll_pwait2);
    FAIL_IF_DUE(epoll_pwait2)
    return real(epoll, events, most, time, mask);
}

int poll(pollfd *fds, nfds_t count, int timeout)
{
    REAL(poll);
    FAIL_IF_DUE(poll)
    return real(fds, count, timeout);
}

int ppoll(pollfd *fds, nfds_t count, const timespec *time, const sigset_t *mask)
{
    REAL(ppoll);
    FAIL_IF_DUE(ppoll)
    return real(fds, count, time, mask);
}

} // extern "C"
