#include <libnet/net.h>

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

// Qt's own keywords and conversions from ASCII stay the consumer's business.
class Greeter : public QObject
{
public slots:
    static void greet(const QByteArray &data) { std::printf("%s\n", data.constData()); }
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTimer::singleShot(20000, &app, [] { QCoreApplication::exit(1); });
    net::Server server;
    QObject::connect(&server, &net::Server::connection, [&server](net::Socket *socket) {
        socket->end("hello through libnet");
        server.close();
    });
    QObject::connect(&server, &net::Server::closed, &app, &QCoreApplication::quit);
    QObject::connect(&server, &net::Server::listening, [&server] {
        net::Socket *const client = net::connect(server.address().port, "127.0.0.1", &server);
        QObject::connect(client, &net::Socket::data, &Greeter::greet);
    });
    server.listen(0, "127.0.0.1");
    return app.exec();
}
