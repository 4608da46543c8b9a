// Reading and writing of socketops.h.
#include "libnet/transport/socketops.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/socket.h>
#ifdef __linux__
#include <sys/sendfile.h>
#endif
#include <sys/uio.h>
#include <unistd.h>

namespace net::socketops {

namespace {

/// While it lives, writing to what nobody reads is an error and not a signal. send() has a flag for that; writev(),
/// splice() and sendfile() have none. Two system calls, as long as there is no such error.
class NoPipeSignal
{
public:
    NoPipeSignal()
    {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
        // Only one that is blocked can be pending already.
        if (sigismember(&m_before, SIGPIPE) == 1) {
            sigset_t pending;
            sigpending(&pending);
            m_wasPending = sigismember(&pending, SIGPIPE) == 1;
        }
    }
    NoPipeSignal(const NoPipeSignal &) = delete;
    NoPipeSignal &operator=(const NoPipeSignal &) = delete;
    ~NoPipeSignal() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

    /// Takes our signal away, if \a result means that there is one; one that somebody else is to see stays.
    IoResult after(const IoResult &result) const
    {
        const timespec atOnce = {};
        if (result.error == EPIPE && !m_wasPending) {
            while (sigtimedwait(&m_pipe, nullptr, &atOnce) < 0 && errno == EINTR) {
            }
        }
        return result;
    }

private:
    sigset_t m_pipe;
    sigset_t m_before;
    bool m_wasPending = false;
};

/// Calls \a io until no signal interrupts it.
template <typename Io>
IoResult uninterrupted(const Io &io)
{
    ssize_t count;
    do {
        count = io();
    } while (count < 0 && errno == EINTR);
    return count < 0 ? IoResult{0, errno} : IoResult{count, 0};
}

} // namespace

// The socket calls come first: they are cheaper, and nearly every descriptor is a socket. A pipe or a terminal that was
// adopted says ENOTSOCK. That they do not wait is said with each call, which is free, and not once with each connection
// that was accepted, which is a system call.

IoResult readSome(int fd, char *buffer, qsizetype size)
{
    const IoResult result = uninterrupted([=] { return ::recv(fd, buffer, size_t(size), MSG_DONTWAIT); });
    if (result.error != ENOTSOCK)
        return result;
    return uninterrupted([=] { return ::read(fd, buffer, size_t(size)); });
}

IoResult writeSome(int fd, const char *bytes, qsizetype size)
{
    const IoResult result = uninterrupted([=] { return ::send(fd, bytes, size_t(size), MSG_NOSIGNAL | MSG_DONTWAIT); });
    if (result.error != ENOTSOCK)
        return result;
    const NoPipeSignal quiet;
    return quiet.after(uninterrupted([=] { return ::write(fd, bytes, size_t(size)); }));
}

IoResult writeSome(int fd, std::span<const Piece> pieces)
{
    iovec vectors[MaxPieces];
    const size_t used = qMin(pieces.size(), size_t(MaxPieces));
    for (size_t i = 0; i < used; ++i)
        vectors[i] = {const_cast<char *>(pieces[i].data), size_t(pieces[i].size)};
    msghdr message = {};
    message.msg_iov = vectors;
    message.msg_iovlen = used;
    const IoResult result = uninterrupted([&] { return ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT); });
    if (result.error != ENOTSOCK)
        return result;
    const NoPipeSignal quiet;
    return quiet.after(uninterrupted([&] { return ::writev(fd, vectors, int(used)); }));
}

#ifdef __linux__
IoResult spliceIn(int socket, int pipe, qsizetype size)
{
    return uninterrupted(
        [=] { return ::splice(socket, nullptr, pipe, nullptr, size_t(size), SPLICE_F_MOVE | SPLICE_F_NONBLOCK); });
}

IoResult spliceOut(int pipe, int socket, qsizetype size)
{
    const NoPipeSignal quiet;
    return quiet.after(spliceIn(pipe, socket, size));
}

IoResult sendFile(int from, qint64 offset, int to, qsizetype size)
{
    const NoPipeSignal quiet;
    return quiet.after(uninterrupted([=] {
        off64_t position = offset; // each try begins there
        return ::sendfile64(to, from, &position, size_t(size));
    }));
}

int openPipe(Descriptor &out, Descriptor &in, int capacity)
{
    int ends[2];
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
        return errno;
    out.reset(ends[0]);
    in.reset(ends[1]);
    ::fcntl(ends[1], F_SETPIPE_SZ, capacity);
    return 0;
}
#else
IoResult spliceIn(int, int, qsizetype)
{
    return {0, ENOSYS};
}

IoResult spliceOut(int, int, qsizetype)
{
    return {0, ENOSYS};
}

IoResult sendFile(int, qint64, int, qsizetype)
{
    return {0, ENOSYS};
}

int openPipe(Descriptor &, Descriptor &, int)
{
    return ENOSYS;
}
#endif

int shutdownWrite(int fd)
{
    // A pipe has no halves; its reader sees the end when it is closed.
    return ::shutdown(fd, SHUT_WR) == 0 || errno == ENOTSOCK ? 0 : errno;
}

} // namespace net::socketops
