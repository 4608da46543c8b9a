// An executable's own functions go before those of the C library, also for the libraries it is linked with.
#include "tests/cost/counts.h"

#include <cstdarg>
#include <cstddef>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

static thread_local test::Counts total;

namespace test {

Counting::Counting() : m_before(total) {}

Counts Counting::counts() const
{
    return {.receive = total.receive - m_before.receive,
            .send = total.send - m_before.send,
            .splice = total.splice - m_before.splice,
            .wait = total.wait - m_before.wait,
            .control = total.control - m_before.control,
            .other = total.other - m_before.other,
            .allocations = total.allocations - m_before.allocations};
}

} // namespace test

#pragma GCC visibility push(default)
extern "C" {

ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    ++total.receive;
    return ::syscall(SYS_recvfrom, fd, bytes, size, flags, nullptr, nullptr);
}

ssize_t read(int fd, void *bytes, size_t size)
{
    ++total.receive;
    return ::syscall(SYS_read, fd, bytes, size);
}

ssize_t recvfrom(int fd, void *bytes, size_t size, int flags, sockaddr *address, socklen_t *length)
{
    ++total.receive;
    return ::syscall(SYS_recvfrom, fd, bytes, size, flags, address, length);
}

ssize_t recvmsg(int fd, msghdr *message, int flags)
{
    ++total.receive;
    return ::syscall(SYS_recvmsg, fd, message, flags);
}

ssize_t readv(int fd, const iovec *pieces, int count)
{
    ++total.receive;
    return ::syscall(SYS_readv, fd, pieces, count);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    ++total.send;
    return ::syscall(SYS_sendto, fd, bytes, size, flags, nullptr, 0);
}

ssize_t sendmsg(int fd, const msghdr *message, int flags)
{
    ++total.send;
    return ::syscall(SYS_sendmsg, fd, message, flags);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ++total.send;
    return ::syscall(SYS_write, fd, bytes, size);
}

ssize_t sendto(int fd, const void *bytes, size_t size, int flags, const sockaddr *address, socklen_t length)
{
    ++total.send;
    return ::syscall(SYS_sendto, fd, bytes, size, flags, address, length);
}

ssize_t writev(int fd, const iovec *pieces, int count)
{
    ++total.send;
    return ::syscall(SYS_writev, fd, pieces, count);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) noexcept
{
    ++total.splice;
    return ::syscall(SYS_sendfile, to, from, offset, size);
}

ssize_t splice(int from, off64_t *fromOffset, int to, off64_t *toOffset, size_t size, unsigned flags)
{
    ++total.splice;
    return ::syscall(SYS_splice, from, fromOffset, to, toOffset, size, flags);
}

int ppoll(pollfd *fds, nfds_t count, const timespec *timeout, const sigset_t *)
{
    ++total.wait;
    timespec copy = timeout ? *timeout : timespec{}; // the system writes into it
    return static_cast<int>(::syscall(SYS_ppoll, fds, count, timeout ? &copy : nullptr, nullptr, 0));
}

int poll(pollfd *fds, nfds_t count, int timeout)
{
    ++total.wait;
    return static_cast<int>(::syscall(SYS_poll, fds, count, timeout));
}

#if __GLIBC_PREREQ(2, 35)
int epoll_pwait2(int fd, epoll_event *events, int count, const timespec *timeout, const sigset_t *)
{
    ++total.wait;
    return static_cast<int>(::syscall(SYS_epoll_pwait2, fd, events, count, timeout, nullptr, 0));
}
#endif

int epoll_wait(int fd, epoll_event *events, int count, int timeout)
{
    ++total.wait;
    return static_cast<int>(::syscall(SYS_epoll_pwait, fd, events, count, timeout, nullptr, 0));
}

int epoll_ctl(int fd, int operation, int watched, epoll_event *event) noexcept
{
    ++total.control;
    return static_cast<int>(::syscall(SYS_epoll_ctl, fd, operation, watched, event));
}

int accept4(int fd, sockaddr *address, socklen_t *length, int flags)
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_accept4, fd, address, length, flags));
}

int accept(int fd, sockaddr *address, socklen_t *length)
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_accept, fd, address, length));
}

int timerfd_settime(int fd, int flags, const itimerspec *time, itimerspec *before) noexcept
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_timerfd_settime, fd, flags, time, before));
}

int shutdown(int fd, int how) noexcept
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_shutdown, fd, how));
}

int close(int fd)
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_close, fd));
}

int getsockname(int fd, sockaddr *address, socklen_t *length) noexcept
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_getsockname, fd, address, length));
}

int getpeername(int fd, sockaddr *address, socklen_t *length) noexcept
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_getpeername, fd, address, length));
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *length) noexcept
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_getsockopt, fd, level, name, value, length));
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t length) noexcept
{
    ++total.other;
    return static_cast<int>(::syscall(SYS_setsockopt, fd, level, name, value, length));
}

int ioctl(int fd, unsigned long request, ...) noexcept
{
    ++total.other;
    va_list arguments;
    va_start(arguments, request);
    void *const argument = va_arg(arguments, void *);
    va_end(arguments);
    return static_cast<int>(::syscall(SYS_ioctl, fd, request, argument));
}

// NOLINTBEGIN(bugprone-reserved-identifier): glibc names them so.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
// NOLINTEND(bugprone-reserved-identifier)

void *malloc(size_t size)
{
    ++total.allocations;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    ++total.allocations;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    ++total.allocations;
    return __libc_realloc(memory, size);
}
}
#pragma GCC visibility pop
