#include "examples/demo/echotalk.h"

#include "examples/demo/named.h"
#include "examples/demo/toward.h"

#include <QTimer>

using namespace Qt::StringLiterals;

EchoTalk::EchoTalk(const QString &name, const net::ListenOptions &where, int clients)
{
    m_server.setObjectName(name);
    connect(&m_server, &net::Server::connection, this, [name](net::Socket *socket) {
        named(socket, name + u" back"_s);
        socket->pipe(socket);
    });
    m_server.listen(where, this, [this, clients] {
        for (int number = 1; number <= clients; ++number)
            join(number);
    });
}

void EchoTalk::join(int number)
{
    net::Socket *client =
        named(net::connect(toward(m_server.address()), this), u"%1 client %2"_s.arg(m_server.objectName()).arg(number));
    connect(client, &net::Socket::data, this, &EchoTalk::hear);
    auto *pace = new QTimer(client);
    connect(pace, &QTimer::timeout, client, [this, client] { speak(client); });
    pace->start(m_random.bounded(40, 250));
}

void EchoTalk::speak(net::Socket *client)
{
    if (client->writableNeedDrain())
        return;
    QByteArray words = client->objectName().toUtf8() + " says:";
    for (int count = m_random.bounded(3, 60); count > 0; --count)
        words += ' ' + QByteArray::number(m_random.bounded(1000));
    client->write(words + '\n');
}
