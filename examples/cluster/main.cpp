// One port, many processes: cluster --workers 4 --port 8124, and then curl http://127.0.0.1:8124/ as often as you like.
// Every worker answers with its own number, and to /connections with how many all workers have open. Kill one
// (kill -9 PID): its place is taken by another.
// At the end (Ctrl-C) it prints who has answered how many.
#include "examples/quitsignal.h"

#include <libnet/cluster/cluster.h>
#include <libnet/net.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

#include <csignal>

using namespace Qt::StringLiterals;

/// In a worker: a server as it would be alone, but for what it answers.
class Answering : public QObject
{
public:
    explicit Answering(int port)
    {
        connect(&m_server, &net::Server::connection, this, &Answering::answer);
        connect(&m_server, &net::Server::errorOccurred, [](const net::Error &error) {
            QTextStream(stderr) << "cluster: " << error.message() << Qt::endl;
            QCoreApplication::exit(1);
        });
        m_server.listen(port);
    }

private:
    void answer(net::Socket *socket)
    {
        connect(socket, &net::Socket::errorOccurred, socket, [](const net::Error &error) {
            QTextStream(stderr) << "cluster: a connection: " << error.message() << Qt::endl;
        });
        connect(socket, &net::Socket::data, socket,
                [this, socket, request = QByteArray()](const QByteArray &bytes) mutable {
                    request += bytes;
                    if (!request.contains("\r\n\r\n") || socket->writableEnded())
                        return;
                    if (request.startsWith("GET /connections ")) {
                        m_server.getConnections(socket, [socket](const net::Error &, int count) {
                            reply(socket, QByteArray::number(count) + " connections over all workers\n");
                        });
                        return;
                    }
                    net::Worker *const self = net::Cluster::worker();
                    self->send(++m_answered);
                    reply(socket, "worker " + QByteArray::number(self->id()) + ", process " +
                                      QByteArray::number(QCoreApplication::applicationPid()) + "\n");
                });
    }

    static void reply(net::Socket *socket, const QByteArray &body)
    {
        socket->end("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: " +
                    QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    net::Server m_server;
    int m_answered = 0;
};

/// In the primary: starts the workers, replaces those that die, and keeps count.
class Foreman : public QObject
{
public:
    explicit Foreman(int workers)
    {
        net::Cluster *const cluster = net::Cluster::instance();
        connect(cluster, &net::Cluster::listening, this, &Foreman::listening);
        connect(cluster, &net::Cluster::message, this, [this](net::Worker *worker, const QCborValue &answered) {
            m_answered[worker->id()] = int(answered.toInteger());
        });
        connect(cluster, &net::Cluster::exited, this, &Foreman::exited);
        for (int i = 0; i < workers; ++i)
            cluster->fork();
    }

    void printDistribution()
    {
        for (auto it = m_answered.cbegin(); it != m_answered.cend(); ++it)
            m_out << "worker " << it.key() << " has answered " << it.value() << Qt::endl;
    }

private:
    void listening(net::Worker *worker, const net::SocketAddress &address)
    {
        m_out << "worker " << worker->id() << ", process " << worker->processId() << ", listens on "
              << address.toString() << Qt::endl;
    }

    void exited(net::Worker *worker, int code, int signal)
    {
        m_out << "worker " << worker->id() << " has left: " << (signal ? "signal " : "code ")
              << (signal ? signal : code) << Qt::endl;
        // A worker that can't even start would be started again for ever.
        if (!worker->exitedAfterDisconnect() && signal)
            net::Cluster::instance()->fork();
    }

    QMap<int, int> m_answered;
    QTextStream m_out{stdout};
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser arguments;
    arguments.setApplicationDescription(u"Answers HTTP from several processes on one port."_s);
    arguments.addHelpOption();
    arguments.addOptions({
        {u"port"_s, u"TCP port; 0 lets the system choose."_s, u"number"_s, u"8124"_s},
        {u"workers"_s, u"How many processes answer."_s, u"number"_s, u"4"_s},
        {u"policy"_s, u"rr: the primary hands connections out in turns; none: whoever is ready."_s, u"policy"_s,
         u"rr"_s},
    });
    arguments.process(app);
    if (net::Cluster::isWorker()) {
        // The terminal's Ctrl-C is for the primary, who lets us finish what we are at.
        std::signal(SIGINT, SIG_IGN);
        const Answering answering(arguments.value(u"port"_s).toInt());
        return app.exec();
    }
    const QuitSignal quitSignal;
    net::Cluster *const cluster = net::Cluster::instance();
    cluster->setSchedulingPolicy(arguments.value(u"policy"_s) == "none"_L1
                                     ? net::Cluster::SchedulingPolicy::SharedHandle
                                     : net::Cluster::SchedulingPolicy::RoundRobin);
    Foreman foreman(arguments.value(u"workers"_s).toInt());
    app.exec();
    // Those that are left finish their connections.
    cluster->disconnectAll(&app, [&app] { app.exit(); });
    app.exec();
    foreman.printDistribution();
    return 0;
}
