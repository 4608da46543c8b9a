#pragma once
#include "libnet/listensource_p.h"
#include "libnet/transport/handlepassing.h"

#include <QCborMap>

namespace net {

// How ports are written in the cluster's own messages.

QCborMap toCbor(const SocketAddress &address);
SocketAddress addressFrom(const QCborValue &value);
QCborMap toCbor(const ListenQuery &query);
ListenQuery queryFrom(const QCborMap &map);
QCborMap toCbor(const socketops::FileIdentity &file);
socketops::FileIdentity fileFrom(const QCborValue &value);
/// What two queries for the same port have in common.
QString nameOf(const ListenQuery &query);

} // namespace net
