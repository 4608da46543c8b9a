// Loaded before everything else: has one system call of libnet's fail. LIBNET_FAULT is "call:number:errno", with
// "short" in place of the errno for one byte; LIBNET_FAULT_COUNTS names a file that says at the end how often each call
// was made.
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

enum Call {
    Socket,
    Bind,
    Listen,
    Accept,
    Connect,
    Recv,
    Send,
    Sendmsg,
    Read,
    Write,
    Shutdown,
    Setsockopt,
    Getsockopt,
    Getsockname,
    Getpeername,
    EpollCtl,
    EpollWait,
    EpollCreate,
    Fcntl,
    Ioctl,
    Pipe,
    Splice,
    Sendfile,
    Close,
    Calls
};
constexpr const char *names[] = {"socket",     "bind",        "listen",      "accept4",   "connect",    "recv",
                                 "send",       "sendmsg",     "read",        "write",     "shutdown",   "setsockopt",
                                 "getsockopt", "getsockname", "getpeername", "epoll_ctl", "epoll_wait", "epoll_create1",
                                 "fcntl",      "ioctl",       "pipe2",       "splice",    "sendfile64", "close"};
constexpr int ShortCount = -1;

std::array<std::atomic<int>, Calls> counts;

struct Plan
{
    int call = -1;
    int number = 0;
    int error = 0;

    Plan()
    {
        const char *text = std::getenv("LIBNET_FAULT");
        char name[32] = {};
        char error_[16] = {};
        if (!text || std::sscanf(text, "%31[^:]:%d:%15s", name, &number, error_) != 3)
            return;
        for (int i = 0; i < Calls; ++i)
            call = std::strcmp(name, names[i]) == 0 ? i : call;
        error = std::strcmp(error_, "short") == 0 ? ShortCount : std::atoi(error_);
    }
};

/// Written when the program ends.
struct Report
{
    ~Report()
    {
        const char *name = std::getenv("LIBNET_FAULT_COUNTS");
        FILE *const file = name ? std::fopen(name, "w") : nullptr;
        if (!file)
            return;
        for (int i = 0; i < Calls; ++i)
            std::fprintf(file, "%s %d\n", names[i], counts[size_t(i)].load());
        std::fclose(file);
    }
} report;

// The errno that this call is to fail with, ShortCount, or 0. Only libnet's own calls count.
int due(Call call, const void *caller)
{
    Dl_info info = {};
    if (!dladdr(caller, &info) || !info.dli_fname || !std::strstr(info.dli_fname, "libLibNet.so"))
        return 0;
    static const Plan plan;
    return ++counts[size_t(call)] == plan.number && plan.call == call ? plan.error : 0;
}

template <typename Function>
Function next(Function, const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

#define REAL(name) static const auto real = next(&::name, #name)
#define FAIL_IF_DUE(call)                                                      \
    if (const int error = due(call, __builtin_return_address(0)); error > 0) { \
        errno = error;                                                         \
        return -1;                                                             \
    }
#define FAIL_OR_SHORTEN(call, size)                                            \
    if (const int error = due(call, __builtin_return_address(0)); error > 0) { \
        errno = error;                                                         \
        return -1;                                                             \
    } else if (error == ShortCount && size > 1) {                              \
        size = 1;                                                              \
    }

extern "C" {

int socket(int domain, int type, int protocol)
{
    REAL(socket);
    FAIL_IF_DUE(Socket)
    return real(domain, type, protocol);
}

int bind(int fd, const sockaddr *address, socklen_t size)
{
    REAL(bind);
    FAIL_IF_DUE(Bind)
    return real(fd, address, size);
}

int listen(int fd, int backlog)
{
    REAL(listen);
    FAIL_IF_DUE(Listen)
    return real(fd, backlog);
}

int accept4(int fd, sockaddr *address, socklen_t *size, int flags)
{
    REAL(accept4);
    FAIL_IF_DUE(Accept)
    return real(fd, address, size, flags);
}

int connect(int fd, const sockaddr *address, socklen_t size)
{
    REAL(connect);
    const int error = due(Connect, __builtin_return_address(0));
    // An interrupted one goes on by itself.
    const int result = error > 0 && error != EINTR ? -1 : real(fd, address, size);
    if (error > 0)
        errno = error;
    return error > 0 ? -1 : result;
}

ssize_t recv(int fd, void *buffer, size_t size, int flags)
{
    REAL(recv);
    FAIL_OR_SHORTEN(Recv, size)
    return real(fd, buffer, size, flags);
}

ssize_t send(int fd, const void *buffer, size_t size, int flags)
{
    REAL(send);
    FAIL_OR_SHORTEN(Send, size)
    return real(fd, buffer, size, flags);
}

ssize_t sendmsg(int fd, const msghdr *message, int flags)
{
    REAL(sendmsg);
    const int error = due(Sendmsg, __builtin_return_address(0));
    if (error > 0) {
        errno = error;
        return -1;
    }
    if (error == ShortCount && message->msg_iovlen > 0) {
        iovec one = {message->msg_iov[0].iov_base, 1};
        msghdr small = *message;
        small.msg_iov = &one;
        small.msg_iovlen = 1;
        return real(fd, &small, flags);
    }
    return real(fd, message, flags);
}

ssize_t read(int fd, void *buffer, size_t size)
{
    REAL(read);
    FAIL_OR_SHORTEN(Read, size)
    return real(fd, buffer, size);
}

ssize_t write(int fd, const void *buffer, size_t size)
{
    REAL(write);
    FAIL_OR_SHORTEN(Write, size)
    return real(fd, buffer, size);
}

int shutdown(int fd, int how) noexcept
{
    REAL(shutdown);
    FAIL_IF_DUE(Shutdown)
    return real(fd, how);
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t size) noexcept
{
    REAL(setsockopt);
    FAIL_IF_DUE(Setsockopt)
    return real(fd, level, option, value, size);
}

int getsockopt(int fd, int level, int option, void *value, socklen_t *size) noexcept
{
    REAL(getsockopt);
    FAIL_IF_DUE(Getsockopt)
    return real(fd, level, option, value, size);
}

int getsockname(int fd, sockaddr *address, socklen_t *size) noexcept
{
    REAL(getsockname);
    FAIL_IF_DUE(Getsockname)
    return real(fd, address, size);
}

int getpeername(int fd, sockaddr *address, socklen_t *size) noexcept
{
    REAL(getpeername);
    FAIL_IF_DUE(Getpeername)
    return real(fd, address, size);
}

int epoll_ctl(int epoll, int operation, int fd, epoll_event *event) noexcept
{
    REAL(epoll_ctl);
    // Taking out can't fail for want of anything.
    if (operation != EPOLL_CTL_DEL) {
        FAIL_IF_DUE(EpollCtl)
    }
    return real(epoll, operation, fd, event);
}

int epoll_wait(int epoll, epoll_event *events, int most, int timeout)
{
    REAL(epoll_wait);
    FAIL_IF_DUE(EpollWait)
    return real(epoll, events, most, timeout);
}

int epoll_create1(int flags) noexcept
{
    REAL(epoll_create1);
    FAIL_IF_DUE(EpollCreate)
    return real(flags);
}

int fcntl(int fd, int command, ...)
{
    static const auto real = reinterpret_cast<int (*)(int, int, void *)>(dlsym(RTLD_NEXT, "fcntl"));
    va_list arguments;
    va_start(arguments, command);
    void *const argument = va_arg(arguments, void *);
    va_end(arguments);
    FAIL_IF_DUE(Fcntl)
    return real(fd, command, argument);
}

int ioctl(int fd, unsigned long request, ...) noexcept
{
    static const auto real = reinterpret_cast<int (*)(int, unsigned long, void *)>(dlsym(RTLD_NEXT, "ioctl"));
    va_list arguments;
    va_start(arguments, request);
    void *const argument = va_arg(arguments, void *);
    va_end(arguments);
    FAIL_IF_DUE(Ioctl)
    return real(fd, request, argument);
}

int pipe2(int *ends, int flags) noexcept
{
    REAL(pipe2);
    FAIL_IF_DUE(Pipe)
    return real(ends, flags);
}

ssize_t splice(int in, off64_t *inOffset, int out, off64_t *outOffset, size_t size, unsigned flags)
{
    REAL(splice);
    FAIL_OR_SHORTEN(Splice, size)
    return real(in, inOffset, out, outOffset, size, flags);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) noexcept
{
    static const auto real = reinterpret_cast<ssize_t (*)(int, int, off64_t *, size_t)>(dlsym(RTLD_NEXT, "sendfile64"));
    FAIL_OR_SHORTEN(Sendfile, size)
    return real(out, in, offset, size);
}

int close(int fd)
{
    REAL(close);
    const int error = due(Close, __builtin_return_address(0));
    const int result = real(fd); // it is closed whatever it says
    if (error > 0)
        errno = error;
    return error > 0 ? -1 : result;
}

} // extern "C"
