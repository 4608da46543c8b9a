#include "libnet/transport/handlepassing.h"

#include <QDeadlineTimer>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net::socketops {

// One is what is ever asked for. Room for more, so that a stranger's are received, and closed by whoever takes them.
static constexpr int MostHandles = 8;

int openChannel(Descriptor &one, Descriptor &other)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
        return errno;
    one.reset(ends[0]);
    other.reset(ends[1]);
    return 0;
}

bool isLocalStream(int fd)
{
    return isStreamSocket(fd) && familyOf(fd) == Family::Local;
}

int setInherited(int fd, bool inherited)
{
    return ::fcntl(fd, F_SETFD, inherited ? 0 : FD_CLOEXEC) < 0 ? errno : 0;
}

bool isInherited(int fd)
{
    const int flags = ::fcntl(fd, F_GETFD);
    return flags >= 0 && !(flags & FD_CLOEXEC);
}

int mostDescriptors()
{
    constexpr rlim_t Most = std::numeric_limits<int>::max();
    rlimit limit = {};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? int(std::min(limit.rlim_cur, Most)) : int(Most);
}

bool waitWritable(int fd, int msecs)
{
    pollfd wanted = {fd, POLLOUT, 0};
    const QDeadlineTimer deadline(msecs);
    int ready;
    do {
        ready = ::poll(&wanted, 1, int(deadline.remainingTime()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0 && wanted.revents == POLLOUT;
}

IoResult sendWithHandle(int fd, const char *bytes, qsizetype size, int handle)
{
    iovec piece = {const_cast<char *>(bytes), size_t(size)};
    msghdr message = {};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    if (handle >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr *const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof handle);
        std::memcpy(CMSG_DATA(header), &handle, sizeof handle);
    }
    ssize_t count;
    do {
        count = ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (count < 0 && errno == EINTR);
    return count < 0 ? IoResult{0, errno} : IoResult{count, 0};
}

IoResult receiveWithHandles(int fd, char *buffer, qsizetype size, std::vector<Descriptor> &handles)
{
    iovec piece = {buffer, size_t(size)};
    msghdr message = {};
    alignas(cmsghdr) char control[CMSG_SPACE(MostHandles * sizeof(int))];
    ssize_t count;
    do {
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        count = ::recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return {0, errno};
    for (cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        const size_t number = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < number; ++i) {
            int handle = -1;
            std::memcpy(&handle, CMSG_DATA(header) + i * sizeof handle, sizeof handle);
            handles.emplace_back(handle);
        }
    }
    return {count, 0};
}

quint64 cookieOf(int fd)
{
#ifdef SO_COOKIE
    quint64 cookie = 0;
    socklen_t size = sizeof cookie;
    if (::getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &size) == 0)
        return cookie;
#else
    Q_UNUSED(fd)
#endif
    return 0;
}

FileIdentity identityOf(const QString &path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    // A socket's bytes never change, so this is the time it was made; a chmod() leaves it alone.
    return {quint64(status.st_dev), quint64(status.st_ino),
            qint64(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
}

} // namespace net::socketops
