// A primary of its own process, to be killed: primary <actor> <port or path> <policy>. Prints the ids of its workers
// once all listen.
#include <libnet/cluster/cluster.h>

#include <QCborMap>
#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    net::Cluster *const cluster = net::Cluster::instance();
    cluster->setSchedulingPolicy(arguments.at(3) == "rr"_L1 ? net::Cluster::SchedulingPolicy::RoundRobin
                                                            : net::Cluster::SchedulingPolicy::SharedHandle);
    cluster->setupPrimary({.exec = arguments.at(1), .args = QStringList()});
    QObject::connect(cluster, &net::Cluster::online, [&](net::Worker *worker) {
        worker->send(QCborMap{{u"do"_s, u"listen"_s}, {u"path"_s, arguments.at(2)}});
        worker->send(QCborMap{{u"do"_s, u"listen"_s}, {u"port"_s, 0}, {u"name"_s, u"tcp"_s}});
    });
    QObject::connect(cluster, &net::Cluster::listening, [](net::Worker *worker, const net::SocketAddress &address) {
        std::printf("%lld %d\n", static_cast<long long>(worker->processId()), address.port);
        std::fflush(stdout);
    });
    for (int i = 0; i < 3; ++i)
        cluster->fork();
    return app.exec();
}
