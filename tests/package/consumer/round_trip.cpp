// Sends a line through a server and back. Links LibNet::Net alone.
#include <libnet/net.h>

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTimer::singleShot(10000, &app, [] { QCoreApplication::exit(2); });

    net::Server server;
    QObject::connect(&server, &net::Server::connection, &server, [](net::Socket *peer) { peer->pipe(peer); });
    server.listen(net::ListenOptions{.port = 0, .host = QStringLiteral("127.0.0.1")}, &server, [&] {
        net::Socket *client = net::connect({.port = server.address().port, .host = QStringLiteral("127.0.0.1")});
        client->write(QByteArrayLiteral("from the install tree"));
        QObject::connect(client, &net::Socket::data, client, [client](const QByteArray &bytes) {
            QTextStream(stdout) << bytes << Qt::endl;
            client->end();
        });
        QObject::connect(client, &net::Socket::closed, &app,
                         [](bool hadError) { QCoreApplication::exit(hadError ? 1 : 0); });
    });
    return app.exec();
}
