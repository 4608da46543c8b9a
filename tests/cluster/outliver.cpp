// Processes whose workers live longer than the application: outliver <actor> <path> <what>. Prints the ids of the
// workers, and "out" at the end of main(). As a worker: one that has two applications.
#include <libnet/cluster/cluster.h>
#include <libnet/net.h>

#include <QCborMap>
#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using net::Cluster;
using net::Worker;

static void print(qint64 process)
{
    std::printf("%lld\n", static_cast<long long>(process));
    std::fflush(stdout);
}

/// Two workers that listen on the path; the application quits, and they are not asked to.
static void runCluster(int argc, char **argv, bool ofActors)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    Cluster *const cluster = Cluster::instance();
    if (ofActors)
        cluster->setupPrimary({.exec = arguments.at(1), .args = QStringList()});
    QObject::connect(cluster, &Cluster::online, [&arguments](Worker *worker) {
        worker->send(QCborMap{{u"do"_s, u"listen"_s}, {u"path"_s, arguments.at(2)}});
    });
    int listening = 0;
    QObject::connect(cluster, &Cluster::listening, [&listening](Worker *worker) {
        print(worker->processId());
        if (++listening == 2)
            QCoreApplication::quit();
    });
    cluster->fork();
    cluster->fork();
    app.exec();
}

/// A child whose object is destroyed when there is no application any more.
static void runChild(int argc, char **argv)
{
    std::unique_ptr<Worker> worker;
    QCoreApplication app(argc, argv);
    const bool ofActors = app.arguments().at(3) == "a child"_L1;
    worker.reset(Worker::fork(ofActors
                                  ? net::ForkOptions{.exec = app.arguments().at(1), .args = QStringList(u"hello"_s)}
                                  : net::ForkOptions{.args = QStringList(u"deaf"_s)}));
    QObject::connect(worker.get(), &Worker::message, [] { QCoreApplication::quit(); });
    app.exec();
    print(worker->processId());
    worker->send(u"nobody sends this"_s);
}

/// Its first application does nothing; the second one finds the channel, and what was said meanwhile.
static int runWorker(int argc, char **argv)
{
    {
        QCoreApplication first(argc, argv);
        QMetaObject::invokeMethod(&first, &QCoreApplication::quit, Qt::QueuedConnection);
        first.exec();
    }
    QCoreApplication second(argc, argv);
    if (second.arguments().contains(u"deaf"_s)) {
        Worker::self()->send(u"hello"_s);
        return second.exec(); // and hears of nothing
    }
    net::Server server;
    QObject::connect(Worker::self(), &Worker::message, &server, [&server](const QCborValue &order) {
        server.listen({.path = order.toMap().value(u"path"_s).toString()});
    });
    return second.exec();
}

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsSet("LIBNET_CHANNEL_FD"))
        return runWorker(argc, argv);
    const QByteArray what(argv[3]);
    if (what.startsWith("a child"))
        runChild(argc, argv);
    else
        runCluster(argc, argv, what != "workers with two applications");
    if (what == "one cluster after another")
        runCluster(argc, argv, true);
    std::puts("out");
    return 0;
}
