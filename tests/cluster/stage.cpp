#include "tests/cluster/stage.h"

#include <QCoreApplication>

#include <csignal>

namespace test {

using namespace Qt::StringLiterals;
using net::Cluster;

QString actorProgram()
{
    return QCoreApplication::applicationDirPath() + u"/cluster_actor"_s;
}

Stage::Stage(Cluster::SchedulingPolicy policy, const QStringList &args)
{
    // What the first worker of a process needs once and for all: the reactor, what reaps children.
    static const bool warm = [] {
        const std::unique_ptr<net::Worker> worker(net::Worker::fork({.exec = actorProgram(), .args = QStringList()}));
        Stage::order(worker.get(), u"leave"_s);
        return waitFor([&] { return worker->isDead(); });
    }();
    Q_UNUSED(warm)
    settle();
    m_before = Footprint::now(folder());
    Cluster *const cluster = Cluster::instance();
    cluster->setSchedulingPolicy(policy);
    cluster->setupPrimary({.exec = actorProgram(), .args = args});
    const auto note = [this](const QString &event, net::Worker *worker) {
        events.append(event + u' ' + QString::number(worker->id()));
    };
    QObject::connect(cluster, &Cluster::forked, &m_context, [note](net::Worker *worker) { note(u"fork"_s, worker); });
    QObject::connect(cluster, &Cluster::online, &m_context, [note](net::Worker *worker) { note(u"online"_s, worker); });
    QObject::connect(cluster, &Cluster::listening, &m_context,
                     [note](net::Worker *worker) { note(u"listening"_s, worker); });
    QObject::connect(cluster, &Cluster::disconnected, &m_context,
                     [note](net::Worker *worker) { note(u"disconnect"_s, worker); });
    QObject::connect(cluster, &Cluster::exited, &m_context, [this](net::Worker *worker, int code, int signal) {
        events.append(u"exit %1 %2 %3"_s.arg(worker->id()).arg(code).arg(signal));
    });
    QObject::connect(cluster, &Cluster::message, &m_context, [this](net::Worker *worker, const QCborValue &value) {
        m_told.append({worker, value.toMap()});
    });
}

Stage::~Stage()
{
    for (net::Worker *const worker : Cluster::instance()->workers())
        worker->kill(SIGKILL);
    waitFor([] { return Cluster::instance()->workers().isEmpty(); });
}

net::Worker *Stage::fork()
{
    net::Worker *const worker = Cluster::instance()->fork();
    bool online = false;
    QObject::connect(worker, &net::Worker::online, worker, [&online] { online = true; });
    waitFor([&] { return online; });
    QObject::disconnect(worker, &net::Worker::online, worker, nullptr);
    return worker;
}

bool Stage::hasTold(net::Worker *worker, const QString &what) const
{
    for (const auto &[who, map] : m_told)
        if (who == worker && map.value(u"told"_s).toString() == what)
            return true;
    return false;
}

QCborMap Stage::told(net::Worker *worker, const QString &what)
{
    if (!waitFor([&] { return hasTold(worker, what); }))
        return {};
    for (qsizetype i = 0; i < m_told.size(); ++i) {
        if (m_told.at(i).first == worker && m_told.at(i).second.value(u"told"_s).toString() == what)
            return m_told.takeAt(i).second;
    }
    return {};
}

void Stage::order(net::Worker *worker, const QString &what, QCborMap order, const net::Handle &handle)
{
    order.insert(u"do"_s, what);
    worker->send(order, handle);
}

QCborMap Stage::listen(net::Worker *worker, QCborMap order)
{
    Stage::order(worker, u"listen"_s, std::move(order));
    waitFor([&] { return hasTold(worker, u"listening"_s) || hasTold(worker, u"failed"_s); });
    return told(worker, hasTold(worker, u"listening"_s) ? u"listening"_s : u"failed"_s);
}

int Stage::count(net::Worker *worker, const QString &name)
{
    order(worker, u"count"_s, {{u"name"_s, name}});
    return int(told(worker, u"count"_s).value(u"count"_s).toInteger(-1));
}

int Stage::who(RawPeer &peer)
{
    QByteArray line;
    while (!line.endsWith('\n')) {
        const QByteArray one = peer.read(1);
        if (one.isEmpty())
            return 0;
        line += one;
    }
    return line.split(' ').value(1).toInt();
}

// Orphans are for the system's first process to bury, which in a container may not be its trade.
bool Stage::hasEnded(qint64 process)
{
    QFile status(u"/proc/%1/stat"_s.arg(process));
    return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
}

QString Stage::leftOver()
{
    const auto done = std::make_shared<bool>(false);
    Cluster::instance()->disconnectAll(&m_context, [done] { *done = true; });
    if (!waitFor([&] { return *done; }))
        return u"workers that do not leave"_s;
    settle();
    // A notifier of the process that was the last may take a turn.
    waitFor([&] { return Footprint::now(folder()) == m_before; }, 2000);
    const Footprint now = Footprint::now(folder());
    return now == m_before ? QString() : now.text() + u"; before: "_s + m_before.text();
}

} // namespace test
