#include "tests/support/rawpeer.h"

#include "tests/support/waiting.h"

#include <QFile>
#include <QSocketNotifier>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace test {

namespace {

struct Address
{
    sockaddr_storage storage = {};
    socklen_t size = 0;

    sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

Address internet(const char *literal, quint16 port)
{
    Address address;
    auto *in6 = reinterpret_cast<sockaddr_in6 *>(&address.storage);
    auto *in = reinterpret_cast<sockaddr_in *>(&address.storage);
    if (std::strchr(literal, ':')) {
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(port);
        inet_pton(AF_INET6, literal, &in6->sin6_addr);
        address.size = sizeof *in6;
    } else {
        in->sin_family = AF_INET;
        in->sin_port = htons(port);
        inet_pton(AF_INET, literal, &in->sin_addr);
        address.size = sizeof *in;
    }
    return address;
}

Address local(const QString &path)
{
    Address address;
    auto *un = reinterpret_cast<sockaddr_un *>(&address.storage);
    const QByteArray name = QFile::encodeName(path);
    un->sun_family = AF_UNIX;
    std::memcpy(un->sun_path, name.constData(), qMin(size_t(name.size()), sizeof un->sun_path));
    const bool abstract = name.startsWith('\0');
    address.size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(name.size()) + (abstract ? 0 : 1));
    return address;
}

quint16 portOf(int fd)
{
    Address address;
    address.size = sizeof address.storage;
    if (::getsockname(fd, address.get(), &address.size) < 0)
        return 0;
    return address.storage.ss_family == AF_INET6 ? ntohs(reinterpret_cast<sockaddr_in6 *>(&address.storage)->sin6_port)
                                                 : ntohs(reinterpret_cast<sockaddr_in *>(&address.storage)->sin_port);
}

bool isReady(int fd, short events)
{
    pollfd entry = {fd, events, 0};
    return ::poll(&entry, 1, 0) > 0;
}

bool waitUntilReady(int fd, QSocketNotifier::Type type)
{
    const short events = type == QSocketNotifier::Read ? POLLIN : POLLOUT;
    QSocketNotifier awake(fd, type); // ends the wait at once; the kernel is who is asked
    return waitFor([&] { return isReady(fd, events); });
}

int bound(Address address)
{
    const int fd = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && ::bind(fd, address.get(), address.size) == 0)
        return fd;
    ::close(fd);
    return -1;
}

int listening(Address address, int backlog)
{
    const int fd = bound(address);
    ::listen(fd, backlog);
    return fd;
}

RawPeer connecting(Address address)
{
    RawPeer peer(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (::connect(peer.descriptor(), address.get(), address.size) == 0)
        return peer;
    int error = errno;
    if (error == EINPROGRESS && waitUntilReady(peer.descriptor(), QSocketNotifier::Write)) {
        socklen_t size = sizeof error;
        ::getsockopt(peer.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
    }
    return error ? RawPeer() : std::move(peer);
}

} // namespace

RawPeer::RawPeer(int fd) : m_fd(fd)
{
    if (m_fd < 0)
        return;
    ::fcntl(m_fd, F_SETFL, ::fcntl(m_fd, F_GETFL) | O_NONBLOCK);
    // One byte at a time means one segment each.
    const int on = 1;
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawPeer::RawPeer(RawPeer &&other) noexcept
    : m_fd(other.release()),
      m_sawEnd(other.m_sawEnd),
      m_readError(other.m_readError)
{
}

RawPeer &RawPeer::operator=(RawPeer &&other) noexcept
{
    if (this != &other) {
        close();
        m_fd = other.release();
        m_sawEnd = other.m_sawEnd;
        m_readError = other.m_readError;
    }
    return *this;
}

RawPeer RawPeer::connectedTo(quint16 port, const char *address)
{
    return connecting(internet(address, port));
}

RawPeer RawPeer::connectedTo(const QString &path)
{
    return connecting(local(path));
}

int RawPeer::release()
{
    return std::exchange(m_fd, -1);
}

quint16 RawPeer::localPort() const
{
    return portOf(m_fd);
}

bool RawPeer::write(const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        if (!waitUntilReady(m_fd, QSocketNotifier::Write))
            return false;
        const ssize_t count = ::send(m_fd, bytes.constData() + done, size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        done += qMax<ssize_t>(0, count);
    }
    return true;
}

qsizetype RawPeer::writeSome(const QByteArray &bytes)
{
    return ::send(m_fd, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
}

QByteArray RawPeer::readSome(qsizetype most)
{
    QByteArray bytes(most, Qt::Uninitialized);
    const ssize_t count = ::recv(m_fd, bytes.data(), size_t(most), 0);
    if (count < 0 && errno != EAGAIN && errno != EINTR)
        m_readError = errno;
    else if (count == 0 && most > 0)
        m_sawEnd = true;
    bytes.truncate(qMax<ssize_t>(0, count));
    return bytes;
}

QByteArray RawPeer::read(qsizetype size)
{
    QByteArray bytes;
    while (bytes.size() < size && !m_sawEnd && !m_readError && waitUntilReady(m_fd, QSocketNotifier::Read))
        bytes += readSome(qMin<qsizetype>(size - bytes.size(), 1 << 16));
    return bytes;
}

QByteArray RawPeer::readToEnd()
{
    return read(std::numeric_limits<qsizetype>::max());
}

void RawPeer::shutdownWrite()
{
    ::shutdown(m_fd, SHUT_WR);
}

void RawPeer::reset()
{
    const linger abort = {1, 0};
    ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    close();
}

void RawPeer::close()
{
    if (m_fd >= 0)
        ::close(release());
}

int descriptorOf(const net::Socket &socket)
{
    const net::SocketAddress local = socket.address();
    const net::SocketAddress remote = socket.remote();
    for (int fd = 0; fd < 1024; ++fd) {
        Address peer;
        peer.size = sizeof peer.storage;
        if (portOf(fd) != local.port || ::getpeername(fd, peer.get(), &peer.size) < 0)
            continue;
        const auto *in = reinterpret_cast<const sockaddr_in *>(&peer.storage);
        if (ntohs(in->sin_port) == remote.port)
            return fd;
    }
    return -1;
}

int optionOf(int fd, int level, int option)
{
    int value = 0;
    socklen_t size = sizeof value;
    return ::getsockopt(fd, level, option, &value, &size) < 0 ? -1 : value;
}

RawListener::RawListener(int backlog, const char *address) : m_fd(listening(internet(address, 0), backlog)) {}

RawListener::RawListener(const QString &path, int backlog) : m_fd(listening(local(path), backlog)) {}

RawListener::~RawListener()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

int RawListener::release()
{
    return std::exchange(m_fd, -1);
}

quint16 RawListener::port() const
{
    return portOf(m_fd);
}

RawPeer RawListener::accept()
{
    if (!waitUntilReady(m_fd, QSocketNotifier::Read))
        return RawPeer();
    return RawPeer(::accept4(m_fd, nullptr, nullptr, SOCK_CLOEXEC));
}

DeafPort::DeafPort(const char *address) : m_fd(bound(internet(address, 0))) {}

DeafPort::~DeafPort()
{
    ::close(m_fd);
}

quint16 DeafPort::port() const
{
    return portOf(m_fd);
}

} // namespace test
