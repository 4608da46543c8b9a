// What node/life.js and node/handing.js do in their workers and children.
#include <libnet/cluster/cluster.h>
#include <libnet/net.h>

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;
using net::Worker;

static void liveInACluster(net::Server &server)
{
    Worker *const self = Worker::self();
    QObject::connect(self, &Worker::message, [self](const QCborValue &value) {
        const QString order = value.toString();
        if (order == "leave"_L1)
            self->disconnectWorker();
        else if (order == "exit"_L1)
            QCoreApplication::exit(5);
        else if (order == "kill"_L1)
            self->kill();
    });
    if (!qEnvironmentVariableIsEmpty("TEST_QUIET"))
        return;
    self->send(u"hello"_s);
    QObject::connect(&server, &net::Server::connection, [](net::Socket *socket) {
        QObject::connect(socket, &net::Socket::data, socket, [socket](const QByteArray &data) { socket->write(data); });
    });
    QObject::connect(&server, &net::Server::errorOccurred, [self](const net::Error &error) {
        self->send(error.code() + u' ' + error.syscall());
        // The channel alone, as process.disconnect() does.
        QTimer::singleShot(0, [] { QCoreApplication::exit(0); });
    });
    server.listen({.port = qEnvironmentVariableIntValue("TEST_PORT"), .host = u"127.0.0.1"_s}, self,
                  [self] { self->send(u"listens"_s); });
}

static void liveAsAChild()
{
    Worker *const self = Worker::self();
    QObject::connect(
        self, &Worker::message,
        [self, kept = QPointer<net::Socket>()](const QCborValue &value, const net::Handle &handle) mutable {
            net::Socket *const *socket = std::get_if<net::Socket *>(&handle);
            net::Server *const *server = std::get_if<net::Server *>(&handle);
            self->send(u"child has %1 %2"_s.arg(value.toString(), socket   ? u"a socket"_s
                                                                  : server ? u"a server"_s
                                                                           : u"nothing"_s));
            if (value.toString() == "leave"_L1)
                self->disconnectWorker();
            if (value.toString() == "let go"_L1) {
                QObject::connect(kept, &net::Socket::closed, self,
                                 [self] { self->send(u"child's socket has closed"_s); });
                kept->destroy();
            }
            if (socket && value.toString() == "keep"_L1) {
                kept = *socket;
                kept->write("from the child");
            } else if (socket) {
                net::Socket *const one = *socket;
                QObject::connect(one, &net::Socket::closed, self,
                                 [self] { self->send(u"child's socket has closed"_s); });
                one->end("from the child");
                one->resume();
            }
            if (server) {
                net::Server *const shared = *server;
                QObject::connect(shared, &net::Server::connection, [shared](net::Socket *one) {
                    one->end("child's server");
                    shared->close();
                });
            }
        });
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    net::Server server;
    if (net::Cluster::isWorker())
        liveInACluster(server);
    else
        liveAsAChild();
    return app.exec();
}
