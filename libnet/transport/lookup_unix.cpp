#include "libnet/errornames.h"
#include "libnet/transport/nativeaddress.h"
#include "libnet/transport/socketops.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <netdb.h>

namespace net::socketops {

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

} // namespace net::socketops
