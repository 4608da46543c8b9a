// Forwards every connection to somewhere else: pipe --from 8080 --to example.org:80, pipe --from 8080 --to /tmp/echo.
// A stalled end stalls the other, and memory stays small.
#include "examples/quitsignal.h"

#include <libnet/net.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

/// "host:port" or the path of a local socket.
static net::ConnectOptions destination(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0 || text.startsWith(u'/'))
        return {.path = text, .allowHalfOpen = true};
    return {.port = text.mid(colon + 1).toInt(), .host = text.left(colon), .allowHalfOpen = true};
}

/// If one end fails, the other must not wait for bytes that never come.
static void destroyTogether(net::Socket *one, net::Socket *other)
{
    QObject::connect(one, &net::Socket::errorOccurred, other, [other](const net::Error &error) {
        QTextStream(stderr) << "pipe: " << error.message() << Qt::endl;
        other->destroy();
    });
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser arguments;
    arguments.setApplicationDescription(u"Forwards TCP connections to another port or to a local socket."_s);
    arguments.addHelpOption();
    arguments.addOptions({
        {u"from"_s, u"Port of 127.0.0.1 to listen on; 0 lets the system choose."_s, u"port"_s, u"0"_s},
        {u"to"_s, u"Where to forward to: host:port, or the path of a local socket."_s, u"destination"_s},
    });
    arguments.process(app);
    if (!arguments.isSet(u"to"_s))
        arguments.showHelp(2);
    const QuitSignal quitSignal;

    net::Server server({.allowHalfOpen = true});
    QObject::connect(&server, &net::Server::connection, [&arguments](net::Socket *near) {
        net::Socket *far = net::connect(destination(arguments.value(u"to"_s)));
        near->pipe(far);
        far->pipe(near);
        destroyTogether(near, far);
        destroyTogether(far, near);
    });
    QObject::connect(&server, &net::Server::errorOccurred, [](const net::Error &error) {
        QTextStream(stderr) << "pipe: " << error.message() << Qt::endl;
        QCoreApplication::exit(1);
    });
    server.listen({.port = arguments.value(u"from"_s).toInt(), .host = u"127.0.0.1"_s}, &app,
                  [&server] { QTextStream(stdout) << "listening on " << server.address().toString() << Qt::endl; });
    return app.exec();
}
