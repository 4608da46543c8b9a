#include "examples/demo/slowdownload.h"

#include "examples/demo/named.h"
#include "examples/demo/toward.h"

#include <QTimer>

using namespace Qt::StringLiterals;

SlowDownload::SlowDownload(const QString &name, const net::ListenOptions &where)
    : m_block(QByteArrayLiteral("All work and no play makes a dull socket. ").repeated(400))
{
    m_server.setObjectName(name);
    connect(&m_server, &net::Server::connection, this, [this, name](net::Socket *socket) {
        named(socket, name + u" sender"_s);
        connect(socket, &net::Socket::drain, this, [this, socket] { send(socket); });
        send(socket);
    });
    m_server.listen(where, this, [this] { download(); });
}

void SlowDownload::send(net::Socket *socket)
{
    while (socket->write(m_block)) {
    }
}

void SlowDownload::download()
{
    net::Socket *reader = named(net::connect(toward(m_server.address()), this), m_server.objectName() + u" reader"_s);
    connect(reader, &net::Socket::data, this,
            [this, reader](const QByteArray &bytes) { restAfter(bytes.size(), reader); });
}

void SlowDownload::restAfter(qsizetype size, net::Socket *reader)
{
    m_untilRest -= size;
    if (m_untilRest > 0)
        return;
    m_untilRest = m_random.bounded(4 * 1024 * 1024);
    reader->pause();
    QTimer::singleShot(m_random.bounded(20, 400), reader, [reader] { reader->resume(); });
}
