// The calls of files, pipes, bells and paths.
#include "tests/faults/faultplan.h"

#include <array>
#include <cstdarg>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

/// What eventfd() has given: eight bytes go in and out of those at once, and without waiting, so that no signal comes
/// in between.
class Bells
{
public:
    void add(int fd) { mark(fd, true); }
    void remove(int fd) { mark(fd, false); }
    bool contains(int fd) const { return fd >= 0 && size_t(fd) < m_is.size() && m_is[size_t(fd)]; }

private:
    void mark(int fd, bool is)
    {
        if (fd >= 0 && size_t(fd) < m_is.size())
            m_is[size_t(fd)] = is;
    }
    std::array<std::atomic<bool>, 4096> m_is;
} bells;

} // namespace

extern "C" {

ssize_t read(int fd, void *buffer, size_t size)
{
    REAL(read);
    if (bells.contains(fd))
        return real(fd, buffer, size);
    FAIL_OR_SHORTEN(read, size)
    return real(fd, buffer, size);
}

ssize_t write(int fd, const void *buffer, size_t size)
{
    REAL(write);
    if (bells.contains(fd))
        return real(fd, buffer, size);
    FAIL_OR_SHORTEN(write, size)
    return real(fd, buffer, size);
}

int close(int fd)
{
    REAL(close);
    bells.remove(fd);
    const int error = DUE(close);
    const int result = real(fd); // it is closed whatever it says
    if (error > 0)
        errno = error;
    return error > 0 ? -1 : result;
}

int pipe2(int *ends, int flags) noexcept
{
    REAL(pipe2);
    FAIL_IF_DUE(pipe2)
    return real(ends, flags);
}

ssize_t splice(int in, off64_t *inOffset, int out, off64_t *outOffset, size_t size, unsigned flags)
{
    REAL(splice);
    FAIL_OR_SHORTEN(splice, size)
    return real(in, inOffset, out, outOffset, size, flags);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) noexcept
{
    static const auto real = reinterpret_cast<ssize_t (*)(int, int, off64_t *, size_t)>(dlsym(RTLD_NEXT, "sendfile64"));
    FAIL_OR_SHORTEN(sendfile64, size)
    return real(out, in, offset, size);
}

int fcntl(int fd, int command, ...)
{
    static const auto real = reinterpret_cast<int (*)(int, int, void *)>(dlsym(RTLD_NEXT, "fcntl"));
    va_list arguments;
    va_start(arguments, command);
    void *const argument = va_arg(arguments, void *);
    va_end(arguments);
    // Asking for a descriptor's flags and setting them takes nothing that could be short.
    if (command != F_GETFD && command != F_SETFD) {
        FAIL_IF_DUE(fcntl)
    }
    return real(fd, command, argument);
}

int ioctl(int fd, unsigned long request, ...) noexcept
{
    static const auto real = reinterpret_cast<int (*)(int, unsigned long, void *)>(dlsym(RTLD_NEXT, "ioctl"));
    va_list arguments;
    va_start(arguments, request);
    void *const argument = va_arg(arguments, void *);
    va_end(arguments);
    FAIL_IF_DUE(ioctl)
    return real(fd, request, argument);
}

int eventfd(unsigned count, int flags) noexcept
{
    REAL(eventfd);
    FAIL_IF_DUE(eventfd)
    const int fd = real(count, flags);
    if (faults::isMeant(__builtin_return_address(0)))
        bells.add(fd);
    return fd;
}

int open(const char *path, int flags, ...)
{
    static const auto real = reinterpret_cast<int (*)(const char *, int, mode_t)>(dlsym(RTLD_NEXT, "open"));
    va_list arguments;
    va_start(arguments, flags);
    const auto mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    FAIL_IF_DUE(open)
    return real(path, flags, mode);
}

ssize_t writev(int fd, const iovec *pieces, int count)
{
    REAL(writev);
    const int error = DUE(writev);
    if (error > 0) {
        errno = error;
        return -1;
    }
    const iovec one = {count > 0 ? pieces[0].iov_base : nullptr, 1};
    return error == faults::ShortCount && count > 0 ? real(fd, &one, 1) : real(fd, pieces, count);
}

int unlink(const char *path) noexcept
{
    REAL(unlink);
    FAIL_IF_DUE(unlink)
    return real(path);
}

int chmod(const char *path, mode_t mode) noexcept
{
    REAL(chmod);
    FAIL_IF_DUE(chmod)
    return real(path, mode);
}

int stat(const char *path, struct stat *facts) noexcept
{
    static const auto real = reinterpret_cast<int (*)(const char *, struct stat *)>(dlsym(RTLD_NEXT, "stat"));
    FAIL_IF_DUE(stat)
    return real(path, facts);
}

int lstat(const char *path, struct stat *facts) noexcept
{
    static const auto real = reinterpret_cast<int (*)(const char *, struct stat *)>(dlsym(RTLD_NEXT, "lstat"));
    FAIL_IF_DUE(lstat)
    return real(path, facts);
}

int mkdir(const char *path, mode_t mode) noexcept
{
    REAL(mkdir);
    FAIL_IF_DUE(mkdir)
    return real(path, mode);
}

} // extern "C"
