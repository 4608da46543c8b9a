// A server and its clients as coroutines, by QCoro: what is a chain of events elsewhere reads from top to bottom here.
// coroutine [number of clients]
#include <libnet/async.h>

#include <QCoreApplication>
#include <QIODevice>
#include <QPointer>
#include <QTextStream>

#include <qcorofuture.h>
#include <qcoroiodevice.h>
#include <qcorotask.h>

using namespace Qt::StringLiterals;

/// Answers each line of one client, until the client ends.
static QCoro::Task<> serve(net::Socket *socket)
{
    // The socket deletes itself once it is closed, and its device with it.
    const QPointer<QIODevice> device = socket->toDevice();
    while (device) {
        const QByteArray line = co_await qCoro(device.data()).readLine();
        if (line.isEmpty())
            break;
        if (device)
            device->write("Good day, " + line);
    }
}

/// Serves whoever comes, until the server closes.
static QCoro::Task<> serveAll(net::Server *server)
{
    try {
        while (true)
            serve(co_await server->nextConnection());
    } catch (const net::Exception &end) {
        QTextStream(stdout) << "server: " << end.what() << Qt::endl;
    }
}

/// Says one line, and returns the answer.
static QCoro::Task<QByteArray> ask(int port, QByteArray name)
{
    QObject conversation; // the socket goes with it
    net::Socket *socket = co_await net::connectAsync({.port = port, .host = u"127.0.0.1"_s}, &conversation);
    QIODevice *device = socket->toDevice();
    device->write(name + '\n');
    co_return (co_await qCoro(device).readLine()).trimmed();
}

static QCoro::Task<int> converse(int clients)
{
    QObject house;
    try {
        net::Server *server = co_await net::listenAsync({.port = 0, .host = u"127.0.0.1"_s}, {}, &house);
        serveAll(server);
        for (int i = 1; i <= clients; ++i) {
            const QByteArray answer = co_await ask(server->address().port, "client " + QByteArray::number(i));
            QTextStream(stdout) << "client: " << answer << Qt::endl;
        }
        co_await server->closeAsync();
    } catch (const net::Exception &exception) {
        QTextStream(stderr) << "coroutine: " << exception.what() << Qt::endl;
        co_return 1;
    }
    co_return 0;
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int clients = argc > 1 ? QByteArray(argv[1]).toInt() : 3;
    converse(clients).then([](int code) { QCoreApplication::exit(code); });
    return app.exec();
}
