#include "libnet/cluster/cluster_p.h"

#include "libnet/cluster/childprocess.h"
#include "libnet/probe/agentloader.h"

#include <QCoreApplication>
#include <QMetaMethod>

namespace net {

using namespace Qt::StringLiterals;

static Cluster *theCluster = nullptr;

// Before the application is gone, whose event loop its workers and ports need.
static void destroyCluster()
{
    delete std::exchange(theCluster, nullptr);
}

Cluster::Cluster() : d(std::make_unique<Private>(this))
{
    probe::loadAgentIfAsked(); // a primary may have no server of its own
}
Cluster::~Cluster()
{
    // While we can still be told: they are our children.
    const QList<Worker *> all = findChildren<Worker *>();
    qDeleteAll(all);
}

Cluster *Cluster::instance()
{
    if (!theCluster) {
        theCluster = new Cluster;
        qAddPostRoutine(destroyCluster);
    }
    return theCluster;
}

bool Cluster::isPrimary()
{
    return !isWorker();
}

bool Cluster::isWorker()
{
    return childprocess::workerId() != 0;
}

Worker *Cluster::worker()
{
    return isWorker() ? Worker::self() : nullptr;
}

Cluster::SchedulingPolicy Cluster::schedulingPolicy() const
{
    return d->policy;
}

void Cluster::setSchedulingPolicy(SchedulingPolicy policy)
{
    if (d->workers.isEmpty())
        d->policy = policy;
}

void Cluster::setupPrimary(const ForkOptions &settings)
{
    d->setup(settings);
}

ForkOptions Cluster::settings() const
{
    return d->settings;
}

Worker *Cluster::fork(const QMap<QString, QString> &environment)
{
    return d->fork(environment);
}

QList<Worker *> Cluster::workers() const
{
    return d->workers.values();
}

Worker *Cluster::workerById(int id) const
{
    return d->workers.value(id);
}

void Cluster::disconnectAll()
{
    d->disconnectAll({});
}

void Cluster::disconnectWith(Callback<> callback)
{
    d->disconnectAll(std::move(callback));
}

void Cluster::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Cluster::message))
        NextTick::current().post(d.get(), [this] { d->releaseHeld(); });
}

// Private ------------------------------------------------------------------------------------------------------

static Cluster::SchedulingPolicy policyOfEnvironment()
{
    return qgetenv("LIBNET_SCHED_POLICY") == "none" ? Cluster::SchedulingPolicy::SharedHandle
                                                    : Cluster::SchedulingPolicy::RoundRobin;
}

Cluster::Private::Private(Cluster *cluster) : q(cluster), policy(policyOfEnvironment()), registry(cluster) {}

void Cluster::Private::setup(const ForkOptions &options)
{
    settings = options;
    NextTick::current().post(this, [this, options] { Q_EMIT q->setup(options); });
}

Worker *Cluster::Private::fork(const QMap<QString, QString> &environment)
{
    setup(settings);
    auto *worker = new Worker(++lastId, q);
    worker->d->keeper = this;
    ForkOptions options = settings;
    options.environment.insert(environment);
    workers.insert(worker->id(), worker);
    worker->d->start(options);
    NextTick::current().post(worker->d.get(), [this, worker] { Q_EMIT q->forked(worker); });
    return worker;
}

void Cluster::Private::disconnectAll(Callback<> done)
{
    if (done)
        noneLeft.append(std::move(done));
    if (workers.isEmpty())
        NextTick::current().post(this, [this] { tellNoneLeft(); });
    const QList<Worker *> all = workers.values();
    for (Worker *worker : all)
        if (worker->isConnected())
            worker->disconnectWorker();
}

void Cluster::Private::releaseHeld()
{
    const LifeGuard guard(this);
    const QList<int> ids = workers.keys();
    for (const int id : ids) {
        if (Worker *const worker = guard.isDead() ? nullptr : workers.value(id))
            worker->d->releaseHeld();
    }
}

void Cluster::Private::internal(Worker &worker, const QCborMap &message, const SharedDescriptor &)
{
    const QString act = message.value(u"act"_s).toString();
    const QString key = message.value(u"key"_s).toString();
    const QPointer<Worker> guard(&worker);
    if (act == "online"_L1) {
        Q_EMIT worker.online();
        if (guard)
            Q_EMIT q->online(&worker);
    } else if (act == "listen"_L1) {
        // One that leaves has closed its servers already.
        if (!worker.exitedAfterDisconnect())
            registry.open(worker, message, policy);
    } else if (act == "listening"_L1) {
        const SocketAddress address = addressFrom(message.value(u"where"_s));
        Q_EMIT worker.listening(address);
        if (guard)
            Q_EMIT q->listening(&worker, address);
    } else if (act == "close"_L1) {
        registry.close(worker, key);
    } else if (act == "room"_L1) {
        registry.hasRoom(worker, key);
    } else if (act == "count"_L1) {
        registry.count(worker, message);
    } else if (act == "exitedAfterDisconnect"_L1) {
        worker.d->exitedAfterDisconnect = true;
        worker.d->answer(message, {});
    }
}

void Cluster::Private::leave(Worker &worker)
{
    worker.d->exitedAfterDisconnect = true;
    worker.d->tell({{u"act"_s, u"leave"_s}});
    registry.remove(worker);
}

void Cluster::Private::message(Worker &worker, const QCborValue &message, const Handle &handle)
{
    Q_EMIT q->message(&worker, message, handle);
}

bool Cluster::Private::wantsMessages() const
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&Cluster::message);
    return q->isSignalConnected(signal);
}

void Cluster::Private::disconnecting(Worker &worker)
{
    registry.remove(worker);
}

void Cluster::Private::disconnected(Worker &worker)
{
    Q_EMIT q->disconnected(&worker);
}

void Cluster::Private::exiting(Worker &worker)
{
    workers.remove(worker.id());
    if (workers.isEmpty())
        tellNoneLeft();
}

void Cluster::Private::exited(Worker &worker, int code, int signal)
{
    const QPointer<Worker> guard(&worker);
    Q_EMIT q->exited(&worker, code, signal);
    if (guard)
        worker.deleteLater();
}

void Cluster::Private::gone(Worker &worker)
{
    registry.remove(worker);
    workers.remove(worker.id());
}

void Cluster::Private::tellNoneLeft()
{
    const QList<Callback<>> callbacks = std::exchange(noneLeft, {});
    for (const Callback<> &callback : callbacks)
        callback();
}

} // namespace net
