#include "examples/demo/shortvisits.h"

#include "examples/demo/named.h"
#include "examples/demo/toward.h"

using namespace Qt::StringLiterals;

ShortVisits::ShortVisits(const net::ListenOptions &where)
{
    m_server.setObjectName(u"visits"_s);
    connect(&m_server, &net::Server::connection, this, [](net::Socket *socket) {
        named(socket, u"greeter"_s);
        connect(socket, &net::Socket::data, socket,
                [socket] { socket->end(QByteArrayLiteral("Hello and goodbye.\n")); });
    });
    connect(&m_pace, &QTimer::timeout, this, &ShortVisits::visit);
    m_server.listen(where, this, [this] { m_pace.start(400); });
}

void ShortVisits::visit()
{
    net::Socket *visitor = named(net::connect(toward(m_server.address()), this), u"visitor %1"_s.arg(++m_visits));
    visitor->setAutoDelete(true);
    connect(visitor, &net::Socket::data, this, [this] { ++m_greetings; });
    visitor->write(QByteArrayLiteral("Anybody at home?\n"));
}
