// The workers of node/together.js: each order is answered by one message.
#include <libnet/cluster/cluster.h>
#include <libnet/net.h>

#include <QCoreApplication>
#include <QDir>
#include <QTextStream>

#include <cstdio>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using net::Worker;

namespace {

class Obedient : public QObject
{
public:
    void obey(const QString &order)
    {
        const QStringList words = order.split(u' ');
        if (words.first() == "listen"_L1)
            listen(words.at(1), words.value(2) == "exclusive"_L1);
        else if (words.first() == "close"_L1)
            close();
        else if (words.first() == "tell"_L1)
            tell();
        else if (words.first() == "exit"_L1)
            QCoreApplication::exit(words.at(1).toInt());
    }

private:
    void listen(const QString &where, bool exclusive)
    {
        m_servers.push_back(std::make_unique<net::Server>());
        net::Server *const server = m_servers.back().get();
        connect(server, &net::Server::connection, server, [](net::Socket *socket) { socket->end("served"); });
        connect(server, &net::Server::errorOccurred, this, [this](const net::Error &error) {
            Worker::self()->send(u"failed %1 %2"_s.arg(error.code(), error.syscall()));
            m_servers.pop_back();
        });
        connect(server, &net::Server::listening, this, [server] {
            const net::SocketAddress at = server->address();
            const bool isPath = at.family == net::Family::Local;
            Worker::self()->send(u"listens "_s + (isPath ? u"path"_s : QString::number(at.port)));
        });
        if (where.startsWith(u'/'))
            server->listen({.path = where, .exclusive = exclusive});
        else
            server->listen({.port = where.toInt(), .host = u"127.0.0.1"_s, .exclusive = exclusive});
    }

    void close()
    {
        m_servers.back()->close(this, [this] {
            m_servers.pop_back();
            Worker::self()->send(u"closed"_s);
        });
    }

    static void tell()
    {
        std::puts("printed");
        std::fflush(stdout);
        Worker::self()->send(u"args %1 env %2 cwd %3"_s.arg(QCoreApplication::arguments().mid(1).join(u','),
                                                            qEnvironmentVariable("TEST_WORD"),
                                                            QDir::current().dirName()));
    }

    std::vector<std::unique_ptr<net::Server>> m_servers;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Obedient worker;
    QObject::connect(Worker::self(), &Worker::message, &worker,
                     [&worker](const QCborValue &order) { worker.obey(order.toString()); });
    if (const QString code = qEnvironmentVariable("TEST_EXIT"); !code.isEmpty())
        QMetaObject::invokeMethod(
            &app, [code] { QCoreApplication::exit(code.toInt()); }, Qt::QueuedConnection);
    return app.exec();
}
