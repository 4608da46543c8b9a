#pragma once
#include <libnet/cluster/worker.h>

#include <QList>

namespace net {

/// Processes that share their ports. Node: cluster.
///
/// The first process is the primary: it forks workers, in each of which the same application (or another) runs. When a
/// server of a worker listens, the primary opens the port, and all workers that listen on it share the connections.
/// Nothing in the worker's code differs from a process that is alone, but for isWorker(). Signals of a worker's life:
/// setup(), forked(), online(), listening(), message() ..., disconnected(), exited(). Who replaces it is up to you.
/// Used in the main thread.
class LIBNET_EXPORT Cluster : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool primary READ isPrimary CONSTANT)
    Q_PROPERTY(bool worker READ isWorker CONSTANT)
    Q_PROPERTY(SchedulingPolicy schedulingPolicy READ schedulingPolicy WRITE setSchedulingPolicy)

public:
    /// Who accepts. RoundRobin: the primary, and hands connections to the workers in turns, those that are full left
    /// out. SharedHandle: every worker that is ready, as the kernel wakes them.
    enum class SchedulingPolicy { SharedHandle, RoundRobin };
    Q_ENUM(SchedulingPolicy)

    /// The cluster of this process. Needs a QCoreApplication, and goes with it.
    static Cluster *instance();
    ~Cluster() override;

    static bool isPrimary(); ///< not forked by a cluster. Node: cluster.isPrimary
    static bool isWorker();  ///< Node: cluster.isWorker
    /// In a worker, this process. Else null. Node: cluster.worker.
    static Worker *worker();

    /// Who accepts; can be changed while there are no workers. Default: RoundRobin, or what LIBNET_SCHED_POLICY says
    /// ("rr" or "none"). Node: cluster.schedulingPolicy.
    SchedulingPolicy schedulingPolicy() const;
    void setSchedulingPolicy(SchedulingPolicy policy); ///< see schedulingPolicy()
    /// How the next workers are started; setup() follows. Node: cluster.setupPrimary().
    void setupPrimary(const ForkOptions &settings);
    ForkOptions settings() const; ///< Node: cluster.settings
    /// Starts a worker with \a environment beside the settings'. Owned by the cluster; deletes itself after exited().
    /// Node: cluster.fork().
    Worker *fork(const QMap<QString, QString> &environment = {});
    /// Those that have not both disconnected and exited, by id. Node: cluster.workers.
    QList<Worker *> workers() const;
    Worker *workerById(int id) const; ///< or null. Node: cluster.workers[id]
    /// Ends all workers gracefully. Node: cluster.disconnect().
    Q_INVOKABLE void disconnectAll();
    /// The same; \a onDisconnected runs once none is left.
    template <typename Functor>
    void disconnectAll(const QObject *context, Functor &&onDisconnected)
    {
        disconnectWith(Callback<>(context, std::forward<Functor>(onDisconnected)));
    }

Q_SIGNALS:
    void setup(const net::ForkOptions &settings); ///< setupPrimary() was called, by you or fork(). Node: 'setup'
    void forked(net::Worker *worker);             ///< Node: 'fork'
    void online(net::Worker *worker);             ///< after the worker's own. Node: 'online'
    void listening(net::Worker *worker, const net::SocketAddress &address); ///< the same. Node: 'listening'
    void message(net::Worker *worker, const QCborValue &message, const net::Handle &handle); ///< the same
    void disconnected(net::Worker *worker);                                                  ///< the same
    void exited(net::Worker *worker, int code, int signal);                                  ///< the same

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    class LIBNET_HIDDEN Private;
    friend class Private;
    friend class ListenRegistry;
    Cluster();
    void disconnectWith(Callback<> callback);

    std::unique_ptr<Private> d;
};

} // namespace net
