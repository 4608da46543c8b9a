// Reading and writing of socketops.h.
#include "libnet/transport/socketops.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace net::socketops {

namespace {

/// While it lives, writing to a pipe that nobody reads is an error and not a signal. send() has a flag for that,
/// writev() has not.
class NoPipeSignal
{
public:
    NoPipeSignal()
    {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        sigset_t pending;
        sigpending(&pending);
        m_wasPending = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    NoPipeSignal(const NoPipeSignal &) = delete;
    NoPipeSignal &operator=(const NoPipeSignal &) = delete;
    ~NoPipeSignal()
    {
        const int error = errno;
        const timespec atOnce = {};
        // Ours is taken away; one that somebody else is to see stays.
        if (!m_wasPending) {
            while (sigtimedwait(&m_pipe, nullptr, &atOnce) < 0 && errno == EINTR) {
            }
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
        errno = error;
    }

private:
    sigset_t m_pipe;
    sigset_t m_before;
    bool m_wasPending;
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
    return uninterrupted([=] { return ::write(fd, bytes, size_t(size)); });
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
    return uninterrupted([&] { return ::writev(fd, vectors, int(used)); });
}

#ifdef __linux__
IoResult splice(int from, int to, qsizetype size)
{
    return uninterrupted(
        [=] { return ::splice(from, nullptr, to, nullptr, size_t(size), SPLICE_F_MOVE | SPLICE_F_NONBLOCK); });
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
IoResult splice(int, int, qsizetype)
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
