#include "libnet/socketaddress.h"

#include <QHostAddress>
#include <arpa/inet.h>

namespace net {

using namespace Qt::StringLiterals;

QString familyName(Family family)
{
    switch (family) {
    case Family::IPv4:
        return u"IPv4"_s;
    case Family::IPv6:
        return u"IPv6"_s;
    case Family::Local:
        return u"Local"_s;
    case Family::Unspecified:
        break;
    }
    return {};
}

// inet_pton is strict where it has to be: four decimal parts, no leading zeros, nothing around them.
bool isIPv4(const QString &text)
{
    in_addr address;
    const QByteArray latin = text.toUtf8();
    return !latin.contains('\0') && inet_pton(AF_INET, latin.constData(), &address) == 1;
}

bool isIPv6(const QString &text)
{
    const qsizetype percent = text.indexOf(u'%');
    if (percent >= 0) {
        // A zone has at least one character, of those that interface names are made of.
        const QStringView zone = QStringView(text).mid(percent + 1);
        if (zone.isEmpty())
            return false;
        for (const QChar c : zone) {
            if (c.unicode() > 127 || !(c.isLetterOrNumber() || u"-.:"_s.contains(c)))
                return false;
        }
    }
    in6_addr address;
    const QByteArray latin = text.left(percent < 0 ? text.size() : percent).toUtf8();
    return !latin.contains('\0') && inet_pton(AF_INET6, latin.constData(), &address) == 1;
}

int isIP(const QString &text)
{
    return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}

QString SocketAddress::toString() const
{
    switch (family) {
    case Family::IPv4:
        return u"%1:%2"_s.arg(address, QString::number(port));
    case Family::IPv6:
        return u"[%1]:%2"_s.arg(address, QString::number(port));
    case Family::Local:
        // A NUL is shown as ss(8) and /proc/net/unix show it.
        return address.startsWith(QChar(0)) ? u'@' + address.mid(1) : address;
    case Family::Unspecified:
        break;
    }
    return {};
}

std::optional<SocketAddress> SocketAddress::parse(const QString &text)
{
    QString host = text;
    QString port;
    if (text.startsWith(u'[')) {
        const qsizetype close = text.indexOf(u']');
        if (close < 0)
            return {};
        host = text.mid(1, close - 1);
        port = text.mid(close + 1);
        if (!isIPv6(host) || (!port.isEmpty() && !port.startsWith(u':')))
            return {};
        port.remove(0, 1);
        if (port.isEmpty() && text.endsWith(u':'))
            return {};
    } else if (text.count(u':') == 1) {
        host = text.section(u':', 0, 0);
        port = text.section(u':', 1);
        if (port.isEmpty())
            return {};
    }
    SocketAddress address = {.address = host};
    if (isIPv4(host) && !text.startsWith(u'['))
        address.family = Family::IPv4;
    else if (isIPv6(host))
        address.family = Family::IPv6;
    else
        return {};
    // The short form, whichever was written.
    address.address = QHostAddress(host).toString();
    if (!port.isEmpty()) {
        for (const QChar digit : std::as_const(port)) {
            if (digit < u'0' || digit > u'9')
                return {};
        }
        bool ok = false;
        address.port = port.toUShort(&ok);
        if (!ok)
            return {};
    }
    return address;
}

QDebug operator<<(QDebug debug, const SocketAddress &address)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace().noquote() << "net::SocketAddress(" << address.toString() << ')';
}

QDebug operator<<(QDebug debug, const Endpoints &ends)
{
    const QDebugStateSaver saver(debug);
    return debug.nospace().noquote() << "net::Endpoints(local " << ends.local.toString() << ", remote "
                                     << ends.remote.toString() << ')';
}

} // namespace net
