#pragma once
#include <libnet/export.h>

#include <QDebug>
#include <QString>

#include <optional>

namespace net {

/// The family of an address, or Local for a path.
enum class Family : quint8 { Unspecified, IPv4, IPv6, Local };

/// "IPv4", "IPv6", "Local", or "" if unspecified.
LIBNET_EXPORT QString familyName(Family family);

/// 4, 6, or 0 if \a text is not a literal address. Node: net.isIP. Zones ("fe80::1%eth0") count, leading zeros do not.
LIBNET_EXPORT int isIP(const QString &text);
/// True for a dotted IPv4 literal. Node: net.isIPv4.
LIBNET_EXPORT bool isIPv4(const QString &text);
/// True for an IPv6 literal, with or without a zone. Node: net.isIPv6.
LIBNET_EXPORT bool isIPv6(const QString &text);

/// An address with its port. Node: net.SocketAddress, and the object of server.address().
/// For a local socket, family is Local and address is the path (a leading NUL: the abstract namespace).
struct LIBNET_EXPORT SocketAddress
{
    QString address = {};                ///< literal, or the path
    Family family = Family::Unspecified; ///< IPv4, IPv6, or Local for a path
    quint16 port = 0;                    ///< 0 for local sockets
    quint32 flowlabel = 0;               ///< IPv6 only

    /// True if nothing is described.
    bool isNull() const { return family == Family::Unspecified; }
    /// "127.0.0.1:80", "[::1]:80", or the path.
    QString toString() const;
    /// Reads "1.2.3.4:80", "[::1]:80", "::1" or "1.2.3.4" (port 0); nothing if \a text is not an address.
    static std::optional<SocketAddress> parse(const QString &text);

    friend bool operator==(const SocketAddress &, const SocketAddress &) = default;
};

/// Both ends of a connection. Node: the object of the 'drop' event.
struct LIBNET_EXPORT Endpoints
{
    SocketAddress local = {};  ///< our end
    SocketAddress remote = {}; ///< the peer's end

    friend bool operator==(const Endpoints &, const Endpoints &) = default;
};

LIBNET_EXPORT QDebug operator<<(QDebug debug, const SocketAddress &address);
LIBNET_EXPORT QDebug operator<<(QDebug debug, const Endpoints &ends);

} // namespace net

Q_DECLARE_METATYPE(net::SocketAddress)
Q_DECLARE_METATYPE(net::Endpoints)
