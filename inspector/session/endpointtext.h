#pragma once
#include "libnet/wire/protocol.h"

#include <QString>

namespace inspector {

/// "127.0.0.1:80", "[::1]:80", a path, "@name" for the abstract namespace, or nothing.
QString endpointText(net::wire::Family family, const QString &address, quint16 port);

} // namespace inspector
