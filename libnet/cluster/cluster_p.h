#pragma once
#include "libnet/cluster/cluster.h"
#include "libnet/cluster/listenregistry.h"
#include "libnet/cluster/worker_p.h"

#include <QMap>

namespace net {

/// What stands behind a Cluster: the primary's workers, and what they ask of it.
class Cluster::Private final : public NextTick::Owner, public Mortal, private WorkerKeeper
{
public:
    explicit Private(Cluster *cluster);

    void setup(const ForkOptions &options);
    Worker *fork(const QMap<QString, QString> &environment);
    void disconnectAll(Callback<> done);
    void releaseHeld();

    Cluster *const q;
    ForkOptions settings;
    SchedulingPolicy policy;
    QMap<int, Worker *> workers;

private:
    void internal(Worker &worker, const QCborMap &message, const SharedDescriptor &handle) override;
    void leave(Worker &worker) override;
    void message(Worker &worker, const QCborValue &message, const Handle &handle) override;
    bool wantsMessages() const override;
    void disconnecting(Worker &worker) override;
    void disconnected(Worker &worker) override;
    void exiting(Worker &worker) override;
    void exited(Worker &worker, int code, int signal) override;
    void gone(Worker &worker) override;

    void tellNoneLeft();

    ListenRegistry registry;
    QList<Callback<>> noneLeft;
    int lastId = 0;
};

} // namespace net
