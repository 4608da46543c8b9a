#include "libnet/transport/nativeaddress.h"

#include <QFile>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace net::socketops {

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

} // namespace net::socketops
