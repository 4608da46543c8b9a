// Sends a line through a server and back, and asks the inspector named on the command line whether it sees this
// process. Links LibNet::Net alone; the environment decides whether there is anything to see.
#include <libnet/net.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTextStream>
#include <QTimer>

static bool isListedBy(const QString &inspector)
{
    QProcess list;
    list.start(inspector, {QStringLiteral("--list")});
    list.waitForFinished(20000);
    return list.readAllStandardOutput().contains(QByteArray::number(QCoreApplication::applicationPid()));
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTimer::singleShot(40000, &app, [] { QCoreApplication::exit(2); });

    net::Server server;
    QObject::connect(&server, &net::Server::connection, &server, [](net::Socket *peer) { peer->pipe(peer); });
    server.listen(net::ListenOptions{.port = 0, .host = QStringLiteral("127.0.0.1")}, &server, [&] {
        net::Socket *client = net::connect({.port = server.address().port, .host = QStringLiteral("127.0.0.1")});
        client->write(QByteArrayLiteral("from the install tree"));
        QObject::connect(client, &net::Socket::data, client, [client, &app](const QByteArray &bytes) {
            const bool listed = isListedBy(app.arguments().value(1));
            QTextStream(stdout) << bytes << (listed ? ", listed" : ", not listed") << Qt::endl;
            client->end();
        });
        QObject::connect(client, &net::Socket::closed, &app,
                         [](bool hadError) { QCoreApplication::exit(hadError ? 1 : 0); });
    });
    return app.exec();
}
