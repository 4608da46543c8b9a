#include "libnet/inspect.h"

#include "libnet/foreign/foreignserver.h"
#include "libnet/foreign/foreignsocket.h"
#include "libnet/probe/agentloader.h"

namespace net {

using namespace foreign;

// The subjects are children of what they show.
template <typename Foreign, typename Object>
static void show(Object *object, auto... more)
{
    probe::loadAgentIfAsked();
    if (object && !ForeignSubject::of(object))
        new Foreign(object, more...);
}

void inspect(QAbstractSocket *socket)
{
    if (socket && socket->socketType() == QAbstractSocket::UdpSocket)
        return qWarning("net::inspect: a QUdpSocket has no stream to show");
    show<ForeignTcpSocket>(socket, quint64(0));
}

void inspect(QLocalSocket *socket)
{
    show<ForeignLocalSocket>(socket, quint64(0));
}

void inspect(QTcpServer *server)
{
    show<ForeignTcpServer>(server);
}

void inspect(QLocalServer *server)
{
    show<ForeignLocalServer>(server);
}

} // namespace net
