#include "libnet/transport/socketops.h"

#include "libnet/errornames.h"

#include <QFile>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
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

// An address in the kernel's form.
struct Native
{
    sockaddr_storage storage = {};
    socklen_t size = 0;

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

int toNative(const SocketAddress &address, Native &native)
{
    if (address.family == Family::Local) {
        const QByteArray path = QFile::encodeName(address.address);
        auto *un = reinterpret_cast<sockaddr_un *>(&native.storage);
        // A path needs its terminating NUL, an abstract name does not.
        const bool abstract = path.startsWith('\0');
        if (path.isEmpty() || path.size() > qsizetype(sizeof un->sun_path) - (abstract ? 0 : 1))
            return EINVAL;
        un->sun_family = AF_UNIX;
        std::memcpy(un->sun_path, path.constData(), size_t(path.size()));
        native.size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(path.size()) + (abstract ? 0 : 1));
        return 0;
    }
    if (address.family == Family::IPv4) {
        auto *in = reinterpret_cast<sockaddr_in *>(&native.storage);
        in->sin_family = AF_INET;
        in->sin_port = htons(address.port);
        native.size = sizeof *in;
        return inet_pton(AF_INET, address.address.toLatin1().constData(), &in->sin_addr) == 1 ? 0 : EINVAL;
    }
    auto *in6 = reinterpret_cast<sockaddr_in6 *>(&native.storage);
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(address.port);
    in6->sin6_flowinfo = htonl(address.flowlabel);
    native.size = sizeof *in6;
    const QByteArray text = address.address.toLatin1();
    const qsizetype zone = text.indexOf('%');
    if (zone >= 0) {
        const QByteArray name = text.mid(zone + 1);
        bool numeric = false;
        in6->sin6_scope_id = name.toUInt(&numeric);
        if (!numeric)
            in6->sin6_scope_id = if_nametoindex(name.constData());
    }
    return inet_pton(AF_INET6, text.left(zone < 0 ? text.size() : zone).constData(), &in6->sin6_addr) == 1 ? 0 : EINVAL;
}

SocketAddress fromNative(const sockaddr_storage &storage, socklen_t size)
{
    SocketAddress address;
    char text[INET6_ADDRSTRLEN + IF_NAMESIZE + 1] = {};
    if (storage.ss_family == AF_INET) {
        const auto *in = reinterpret_cast<const sockaddr_in *>(&storage);
        inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
        address.family = Family::IPv4;
        address.port = ntohs(in->sin_port);
        address.address = QString::fromLatin1(text);
    } else if (storage.ss_family == AF_INET6) {
        const auto *in6 = reinterpret_cast<const sockaddr_in6 *>(&storage);
        inet_ntop(AF_INET6, &in6->sin6_addr, text, sizeof text);
        address.family = Family::IPv6;
        address.port = ntohs(in6->sin6_port);
        address.flowlabel = ntohl(in6->sin6_flowinfo);
        address.address = QString::fromLatin1(text);
        char name[IF_NAMESIZE];
        if (in6->sin6_scope_id && if_indextoname(in6->sin6_scope_id, name))
            address.address += u'%' + QString::fromLocal8Bit(name);
    } else if (storage.ss_family == AF_UNIX) {
        const auto *un = reinterpret_cast<const sockaddr_un *>(&storage);
        const qsizetype length = qsizetype(size) - qsizetype(offsetof(sockaddr_un, sun_path));
        address.family = Family::Local;
        if (length > 0 && un->sun_path[0] == '\0')
            address.address = QFile::decodeName(QByteArray(un->sun_path, length));
        else if (length > 0)
            address.address = QFile::decodeName(QByteArray(un->sun_path, qstrnlen(un->sun_path, size_t(length))));
    }
    return address;
}

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
    return ::poll(&state, 1, 0) >= 0 && !(state.revents & POLLIN);
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

// "localhost" is this machine everywhere (RFC 6761), also where no hosts file says so: a bare system has none, and
// would ask the network, which may answer after many seconds.
static bool isLocalhost(const QString &host)
{
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0;
}

static QList<SocketAddress> loopback(Family family)
{
    QList<SocketAddress> addresses;
    if (family != Family::IPv6)
        addresses.append({.address = QStringLiteral("127.0.0.1"), .family = Family::IPv4});
    if (family != Family::IPv4)
        addresses.append({.address = QStringLiteral("::1"), .family = Family::IPv6});
    return addresses;
}

Addresses lookUp(const Question &question)
{
    if (isLocalhost(question.host) && !QFile::exists(QStringLiteral("/etc/hosts")))
        return {.found = loopback(question.family)};
    addrinfo hints = {};
    hints.ai_family = question.family == Family::IPv4   ? AF_INET
                      : question.family == Family::IPv6 ? AF_INET6
                                                        : AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = question.hints;
    addrinfo *list = nullptr;
    const int result = ::getaddrinfo(question.host.toUtf8().constData(), nullptr, &hints, &list);
    const int systemError = errno;
    Addresses addresses;
    for (const addrinfo *entry = list; entry; entry = entry->ai_next) {
        sockaddr_storage storage = {};
        std::memcpy(&storage, entry->ai_addr, entry->ai_addrlen);
        addresses.found.append(fromNative(storage, entry->ai_addrlen));
    }
    if (list)
        ::freeaddrinfo(list);
    if (result != 0 && isLocalhost(question.host)) {
        addresses.found = loopback(question.family);
        return addresses;
    }
    switch (result) {
    case 0:
        break;
    case EAI_SYSTEM:
        addresses.error = errorName(systemError);
        addresses.errorNumber = systemError;
        break;
    case EAI_AGAIN:
        addresses.error = QStringLiteral("EAI_AGAIN");
        break;
    case EAI_MEMORY:
        addresses.error = QStringLiteral("EAI_MEMORY");
        break;
    case EAI_FAIL:
        addresses.error = QStringLiteral("EAI_FAIL");
        break;
    default:
        // EAI_NONAME, EAI_NODATA, EAI_ADDRFAMILY: Node has one word for "no such name".
        addresses.error = QStringLiteral("ENOTFOUND");
    }
    return addresses;
}

} // namespace socketops
} // namespace net
