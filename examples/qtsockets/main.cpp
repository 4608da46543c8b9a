// Qt's own sockets in net-inspector. A QTcpServer answers, a QTcpSocket asks ten times a second; the lines with
// net::inspect() are all that was added:
//   LIBNET_INSPECT=1 qtsockets &
//   net-inspector
#include "examples/quitsignal.h"

#include <libnet/inspect.h>

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QuitSignal quit;

    QTcpServer server;
    server.setObjectName(QStringLiteral("answers"));
    net::inspect(&server); // and whoever it accepts
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *const socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
                         [socket] { socket->write(socket->readAll().toUpper()); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("%s", qPrintable(server.errorString()));

    QTcpSocket client;
    client.setObjectName(QStringLiteral("asks"));
    net::inspect(&client);
    QObject::connect(&client, &QTcpSocket::readyRead, &client, [&client] { client.readAll(); });
    client.connectToHost(server.serverAddress(), server.serverPort());

    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &client, [&client] { client.write("how are you?\n"); });
    timer.start(100);
    return QCoreApplication::exec();
}
