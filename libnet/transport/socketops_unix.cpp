#include "libnet/transport/socketops.h"

#include "libnet/transport/nativeaddress.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace net {

void Descriptor::reset(int fd)
{
    // close() is not repeated after EINTR: on Linux the descriptor is gone by then.
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = fd;
}

namespace socketops {

namespace {

int check(int result)
{
    return result < 0 ? errno : 0;
}

int setFlag(int fd, int level, int option, int value)
{
    return check(::setsockopt(fd, level, option, &value, sizeof value));
}

int getFlag(int fd, int option)
{
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, SOL_SOCKET, option, &value, &size) < 0 ? -1 : value;
}

} // namespace

bool IoResult::wouldBlock() const
{
    return error == EAGAIN || error == EWOULDBLOCK;
}

Descriptor createStream(Family family, int &error)
{
    const int domain = family == Family::Local ? AF_UNIX : family == Family::IPv4 ? AF_INET : AF_INET6;
    Descriptor fd(::socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    error = fd ? 0 : errno;
    return fd;
}

int makeNonBlocking(int fd)
{
    int on = 1;
    return check(::ioctl(fd, FIONBIO, &on));
}

bool isOpen(int fd)
{
    return ::fcntl(fd, F_GETFD) >= 0;
}

bool isListening(int fd)
{
    return getFlag(fd, SO_ACCEPTCONN) == 1;
}

bool isFresh(int fd)
{
    sockaddr_storage peer = {};
    socklen_t size = sizeof peer;
    if (!isStreamSocket(fd) || isListening(fd) || ::getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &size) == 0)
        return false;
    // One whose connection was lost has no peer either, but its end to be read.
    pollfd state = {.fd = fd, .events = POLLIN, .revents = 0};
    int ready;
    do {
        ready = ::poll(&state, 1, 0);
    } while (ready < 0 && errno == EINTR);
    return ready >= 0 && !(state.revents & POLLIN);
}

Descriptor duplicate(int fd)
{
    return Descriptor(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
}

bool isStreamSocket(int fd)
{
    return getFlag(fd, SO_TYPE) == SOCK_STREAM;
}

Family familyOf(int fd)
{
    switch (getFlag(fd, SO_DOMAIN)) {
    case AF_INET:
        return Family::IPv4;
    case AF_INET6:
        return Family::IPv6;
    case AF_UNIX:
        return Family::Local;
    default:
        return Family::Unspecified;
    }
}

int bindTo(int fd, const SocketAddress &address)
{
    Native native;
    if (const int error = toNative(address, native))
        return error;
    return check(::bind(fd, native.get(), native.size));
}

int listenOn(int fd, int backlog)
{
    return check(::listen(fd, backlog));
}

int setReuseAddress(int fd)
{
    return setFlag(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

int setReusePort(int fd)
{
    return setFlag(fd, SOL_SOCKET, SO_REUSEPORT, 1);
}

int setIpv6Only(int fd, bool enable)
{
    return setFlag(fd, IPPROTO_IPV6, IPV6_V6ONLY, enable);
}

int setNoDelay(int fd, bool enable)
{
    return setFlag(fd, IPPROTO_TCP, TCP_NODELAY, enable);
}

int setKeepAlive(int fd, bool enable, int initialDelay, int interval, int count)
{
    int error = setFlag(fd, SOL_SOCKET, SO_KEEPALIVE, enable);
    if (!enable)
        return error;
    if (!error && initialDelay >= 1000)
        error = setFlag(fd, IPPROTO_TCP, TCP_KEEPIDLE, initialDelay / 1000);
    if (!error && interval >= 1000)
        error = setFlag(fd, IPPROTO_TCP, TCP_KEEPINTVL, interval / 1000);
    if (!error && count > 0)
        error = setFlag(fd, IPPROTO_TCP, TCP_KEEPCNT, count);
    return error;
}

int setTypeOfService(int fd, int value)
{
    return familyOf(fd) == Family::IPv6 ? setFlag(fd, IPPROTO_IPV6, IPV6_TCLASS, value)
                                        : setFlag(fd, IPPROTO_IP, IP_TOS, value);
}

int typeOfService(int fd, int &error)
{
    int value = 0;
    socklen_t size = sizeof value;
    const bool six = familyOf(fd) == Family::IPv6;
    error =
        check(::getsockopt(fd, six ? int(IPPROTO_IPV6) : int(IPPROTO_IP), six ? IPV6_TCLASS : IP_TOS, &value, &size));
    return value;
}

int setResetOnClose(int fd)
{
    const linger abort = {1, 0};
    return check(::setsockopt(fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort));
}

int connectTo(int fd, const SocketAddress &address)
{
    Native native;
    if (const int error = toNative(address, native))
        return error;
    int error = check(::connect(fd, native.get(), native.size));
    // An interrupted connect goes on by itself; a second call would only say EALREADY.
    if (error == EINTR)
        error = EINPROGRESS;
    return error;
}

int pendingError(int fd)
{
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &value, &size) < 0 ? errno : value;
}

Descriptor acceptOne(int fd, int &error)
{
    int accepted;
    do {
        accepted = ::accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (accepted < 0 && errno == EINTR);
    error = accepted < 0 ? errno : 0;
    return Descriptor(accepted);
}

Descriptor openSpare()
{
    return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

SocketAddress localEnd(int fd)
{
    sockaddr_storage storage = {};
    socklen_t size = sizeof storage;
    return ::getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size) < 0 ? SocketAddress()
                                                                                : fromNative(storage, size);
}

SocketAddress remoteEnd(int fd)
{
    sockaddr_storage storage = {};
    socklen_t size = sizeof storage;
    return ::getpeername(fd, reinterpret_cast<sockaddr *>(&storage), &size) < 0 ? SocketAddress()
                                                                                : fromNative(storage, size);
}

int checkPath(const QString &path)
{
    Native native;
    return toNative({.address = path, .family = Family::Local}, native);
}

void removePath(const QString &path)
{
    ::unlink(QFile::encodeName(path).constData());
}

int openPathToAll(const QString &path, bool readable, bool writable)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat status = {};
    if (::stat(name.constData(), &status) < 0)
        return errno;
    mode_t mode = status.st_mode & 07777;
    if (readable)
        mode |= S_IRUSR | S_IRGRP | S_IROTH;
    if (writable)
        mode |= S_IWUSR | S_IWGRP | S_IWOTH;
    return check(::chmod(name.constData(), mode));
}

} // namespace socketops
} // namespace net
