// Accepts in one process and serves in another: handover --port 8124, then curl http://127.0.0.1:8124/one.
// The first process reads the request's first line, and hands the connection to the child for that: /two goes to
// another child than /one. With --threads the same within one process: a connection goes to a thread.
#include "examples/handover/threads.h"
#include "examples/quitsignal.h"

#include <libnet/cluster/worker.h>
#include <libnet/net.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

/// In a child: answers what it is sent. What the parent has read already comes along and is read again.
static int serve(QCoreApplication &app)
{
    QObject::connect(net::Worker::self(), &net::Worker::message, [](const QCborValue &name, const net::Handle &handle) {
        net::Socket *const *socket = std::get_if<net::Socket *>(&handle);
        if (!socket)
            return;
        answer(*socket, "child for " + name.toString().toUtf8() + ", process " +
                            QByteArray::number(QCoreApplication::applicationPid()));
        (*socket)->resume(); // it has come as it was sent: paused
    });
    QObject::connect(net::Worker::self(), &net::Worker::disconnected, &app, &QCoreApplication::quit);
    return app.exec();
}

/// Looks at the beginning of a request without taking it, and hands the connection on.
static void handOn(net::Socket *socket, const QMap<QByteArray, net::Worker *> &children)
{
    QObject::connect(socket, &net::Socket::errorOccurred, socket, [](const net::Error &error) {
        QTextStream(stderr) << "handover: a connection: " << error.message() << Qt::endl;
    });
    QObject::connect(socket, &net::Socket::readyRead, socket, [socket, children, head = QByteArray()]() mutable {
        head += socket->read();
        if (!head.contains('\n') && head.size() < 1024)
            return;
        QObject::disconnect(socket, &net::Socket::readyRead, nullptr, nullptr);
        // Paused, so that nobody reads before the child does; put back only now, or we would be told of it again at
        // once.
        const QByteArray taken = head;
        socket->pause();
        socket->unshift(taken);
        net::Worker *const child = children.value(taken.mid(taken.indexOf('/') + 1, 3), children.first());
        // A child that is gone takes nothing, and the socket is still ours.
        child->send(QString::fromUtf8(taken.split(' ').value(1)), socket, {}, socket,
                    [socket](const net::Error &error) {
                        if (error)
                            socket->destroy(error);
                    });
    });
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (net::Worker::self())
        return serve(app);
    QCommandLineParser arguments;
    arguments.setApplicationDescription(u"Accepts connections in one process and serves them in others."_s);
    arguments.addHelpOption();
    arguments.addOptions({
        {u"port"_s, u"TCP port; 0 lets the system choose."_s, u"number"_s, u"8124"_s},
        {u"threads"_s, u"Serve in so many threads instead, by hand-over."_s, u"number"_s, u"0"_s},
        {u"reuse-port"_s, u"With --threads: each thread listens for itself, and the kernel hands out."_s},
    });
    arguments.process(app);
    const QuitSignal quitSignal;
    const int port = arguments.value(u"port"_s).toInt();
    if (const int threads = arguments.value(u"threads"_s).toInt(); threads > 0)
        return serveInThreads(app, port, threads, arguments.isSet(u"reuse-port"_s));

    const QMap<QByteArray, net::Worker *> children = {{"one", net::Worker::fork({}, &app)},
                                                      {"two", net::Worker::fork({}, &app)}};
    net::Server server;
    QObject::connect(&server, &net::Server::connection, [&children](net::Socket *socket) { handOn(socket, children); });
    server.listen(port, &app,
                  [&server] { QTextStream(stdout) << "listening on " << server.address().toString() << Qt::endl; });
    return app.exec();
}
