// An echo server for TCP and local sockets: echo --port 8124, echo --host ::1, echo --path /tmp/echo.
// With --http it answers HTTP instead, so that curl can talk to it.
#include "examples/echo/httpecho.h"
#include "examples/quitsignal.h"

#include <libnet/net.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

static net::ListenOptions whereToListen(const QCommandLineParser &arguments)
{
    if (arguments.isSet(u"path"_s))
        return {.path = arguments.value(u"path"_s)};
    bool isNumber = false;
    const int port = arguments.value(u"port"_s).toInt(&isNumber);
    return {.port = isNumber ? port : -1, .host = arguments.value(u"host"_s)};
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser arguments;
    arguments.setApplicationDescription(u"Sends everything back to whom it came from."_s);
    arguments.addHelpOption();
    arguments.addOptions({
        {u"port"_s, u"TCP port; 0 lets the system choose."_s, u"number"_s, u"0"_s},
        {u"host"_s, u"Address to listen on; every address if not given."_s, u"address"_s},
        {u"path"_s, u"Listen on a local socket instead."_s, u"path"_s},
        {u"http"_s, u"Answer HTTP/1.1: the body of the request comes back."_s},
    });
    arguments.process(app);
    const QuitSignal quitSignal;
    const bool http = arguments.isSet(u"http"_s);

    net::Server server({.allowHalfOpen = true});
    server.setObjectName(u"echo"_s);
    QObject::connect(&server, &net::Server::connection, [http](net::Socket *socket) {
        QObject::connect(socket, &net::Socket::errorOccurred, socket, [](const net::Error &error) {
            QTextStream(stderr) << "echo: a connection: " << error.message() << Qt::endl;
        });
        if (http)
            new HttpEcho(socket);
        else
            socket->pipe(socket);
    });
    QObject::connect(&server, &net::Server::errorOccurred, [](const net::Error &error) {
        QTextStream(stderr) << "echo: " << error.message() << Qt::endl;
        QCoreApplication::exit(1);
    });
    server.listen(whereToListen(arguments), &app,
                  [&server] { QTextStream(stdout) << "listening on " << server.address().toString() << Qt::endl; });
    return app.exec();
}
