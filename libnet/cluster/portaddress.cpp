#include "libnet/cluster/portaddress.h"

namespace net {

using namespace Qt::StringLiterals;

QCborMap toCbor(const SocketAddress &address)
{
    return {{u"address"_s, address.address}, {u"family"_s, int(address.family)}, {u"port"_s, address.port}};
}

SocketAddress addressFrom(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    const qint64 family = map.value(u"family"_s).toInteger();
    return {.address = map.value(u"address"_s).toString(),
            .family = Family(qBound(qint64(0), family, qint64(Family::Local))),
            .port = quint16(map.value(u"port"_s).toInteger())};
}

QCborMap toCbor(const ListenQuery &query)
{
    return {{u"where"_s, toCbor(query.address)},   {u"fd"_s, query.fd},
            {u"backlog"_s, query.backlog},         {u"ipv6Only"_s, query.ipv6Only},
            {u"readableAll"_s, query.readableAll}, {u"writableAll"_s, query.writableAll}};
}

ListenQuery queryFrom(const QCborMap &map)
{
    return {.address = addressFrom(map.value(u"where"_s)),
            .fd = int(map.value(u"fd"_s).toInteger(-1)),
            .backlog = int(map.value(u"backlog"_s).toInteger()),
            .ipv6Only = map.value(u"ipv6Only"_s).toBool(),
            .readableAll = map.value(u"readableAll"_s).toBool(),
            .writableAll = map.value(u"writableAll"_s).toBool()};
}

QCborMap toCbor(const socketops::FileIdentity &file)
{
    return {{u"device"_s, qint64(file.device)}, {u"inode"_s, qint64(file.inode)}, {u"createdAt"_s, file.createdAt}};
}

socketops::FileIdentity fileFrom(const QCborValue &value)
{
    const QCborMap map = value.toMap();
    return {quint64(map.value(u"device"_s).toInteger()), quint64(map.value(u"inode"_s).toInteger()),
            map.value(u"createdAt"_s).toInteger()};
}

QString nameOf(const ListenQuery &query)
{
    return u"%1:%2:%3:%4"_s.arg(query.address.address)
        .arg(query.address.port)
        .arg(int(query.address.family))
        .arg(query.fd);
}

} // namespace net
