#pragma once
#include "libnet/cluster/portaddress.h"
#include "libnet/cluster/worker_p.h"

#include <QSet>

namespace net {

/// In a worker: gets its servers' ports from the primary, and passes on the connections that it offers.
/// Never destroyed, since servers of any thread may ask to the last. Everything but the source's functions is of the
/// main thread.
class WorkerListening final : public QObject, public ListenSource, private WorkerKeeper
{
public:
    /// The worker of this process, whose channel is \a descriptor. \a id 0: only the channel, servers are left alone.
    static Worker *start(int id, Descriptor descriptor);
    /// The application ends: what \a worker has queued leaves, if the parent takes it.
    static void sayLastWords(Worker &worker) { worker.d->sayLastWords(); }

    void ask(const ListenQuery &query, const std::shared_ptr<ServerCensus> &server, quint32 generation) override;
    void listensAlone(const std::shared_ptr<ServerCensus> &server, quint32 generation) override;

private:
    class Lease;
    class Offer;
    /// A server of ours that listens on a port of the primary's.
    struct Share
    {
        std::shared_ptr<ServerCensus> server;
        quint32 generation = 0;
        QString name; ///< of the port, as nameOf()
        int index = 0;
        QString path = {};
        socketops::FileIdentity file = {};
    };
    /// The servers of ours that listen on one port, numbered: each of them has another one if it is port 0.
    struct Numbers
    {
        int next = 0;
        QSet<int> used = {};
    };

    explicit WorkerListening(Worker *worker) : m_worker(worker) {}
    void internal(Worker &worker, const QCborMap &message, const SharedDescriptor &handle) override;
    void leave(Worker &worker) override;
    void message(Worker &, const QCborValue &, const Handle &) override {}
    bool wantsMessages() const override { return false; }
    void disconnecting(Worker &) override {}
    void disconnected(Worker &worker) override;
    void exiting(Worker &) override {}
    void exited(Worker &, int, int) override {}
    void gone(Worker &worker) override;

    void askPrimary(ListenQuery query, const std::shared_ptr<ServerCensus> &server, quint32 generation);
    void answered(Share share, const SocketAddress &asked, const QCborMap &reply, const SharedDescriptor &handle);
    void offered(const QCborMap &message, const SharedDescriptor &handle);
    void refused(const QCborMap &message);
    void countOurs(const QCborMap &question);
    void countOthers(const QString &key, const ListenLease::Count &done);
    void tell(const QString &act, const QString &key, QCborMap more = {});
    void release(const QString &key);
    void forget(const Share &share);
    void closeAll(const std::shared_ptr<void> &untilClosed);
    void post(std::function<void()> task);

    QPointer<Worker> m_worker;
    QHash<QString, Share> m_shares;
    QHash<QString, Numbers> m_numbers;
    QList<std::pair<std::weak_ptr<ServerCensus>, quint32>> m_alone; ///< with what listen() it was
};

} // namespace net
