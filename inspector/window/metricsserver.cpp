#include "inspector/window/metricsserver.h"

#include "inspector/exports/openmetrics.h"

#include <QTcpSocket>
#include <QTimer>

namespace inspector {

using namespace std::chrono_literals;

static constexpr qint64 longestRequest = 16 * 1024;
static constexpr int mostPeers = 16;

static QByteArray answer(const char *status, const QByteArray &body, const char *type = "text/plain; charset=utf-8",
                         const char *more = "")
{
    return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Type: " + type +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n" + more + "\r\n" +
           body;
}

// A page of elsewhere whose name was turned to this machine would name itself here.
static bool isOfThisMachine(const QByteArray &request)
{
    const QList<QByteArray> lines = request.split('\n');
    for (const QByteArray &line : lines) {
        if (!line.toLower().startsWith("host:"))
            continue;
        const QByteArray host = line.mid(5).trimmed().toLower();
        return host == "localhost" || host.startsWith("localhost:") || host == "127.0.0.1" ||
               host.startsWith("127.0.0.1:");
    }
    return true;
}

MetricsServer::MetricsServer(const Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&m_server, &QTcpServer::newConnection, this, &MetricsServer::meet);
}

QString MetricsServer::listen(quint16 port)
{
    return m_server.listen(QHostAddress::LocalHost, port) ? QString() : m_server.errorString();
}

void MetricsServer::meet()
{
    while (QTcpSocket *const peer = m_server.nextPendingConnection()) {
        connect(peer, &QTcpSocket::disconnected, peer, &QObject::deleteLater);
        if (m_server.findChildren<QTcpSocket *>().size() > mostPeers) {
            peer->abort();
            continue;
        }
        peer->setReadBufferSize(longestRequest);
        connect(peer, &QTcpSocket::readyRead, this, [this, peer] { read(peer); });
        QTimer::singleShot(10s, peer, [peer] { peer->abort(); });
    }
}

void MetricsServer::read(QTcpSocket *peer)
{
    const QByteArray request = peer->peek(longestRequest);
    if (!request.contains("\r\n\r\n")) {
        if (request.size() >= longestRequest)
            peer->abort();
        return;
    }
    disconnect(peer, &QTcpSocket::readyRead, this, nullptr);
    peer->readAll();
    peer->write(answerTo(request));
    peer->disconnectFromHost();
}

QByteArray MetricsServer::answerTo(const QByteArray &request) const
{
    const QByteArray head = request.left(request.indexOf('\r'));
    if (!head.contains(" HTTP/1."))
        return answer("400 Bad Request", "This is no HTTP request.\n");
    if (!isOfThisMachine(request))
        return answer("403 Forbidden", "Ask for localhost.\n");
    if (!head.startsWith("GET "))
        return answer("405 Method Not Allowed", "Only GET is answered.\n", "text/plain; charset=utf-8",
                      "Allow: GET\r\n");
    const QByteArray path = head.split(' ').value(1);
    if (path != "/metrics" && !path.startsWith("/metrics?"))
        return answer("404 Not Found", "There is only /metrics.\n");
    return answer("200 OK", openMetrics(m_session), openMetricsType);
}

} // namespace inspector
