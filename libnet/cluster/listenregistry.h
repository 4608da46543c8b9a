#pragma once
#include "libnet/cluster/cluster.h"
#include "libnet/cluster/portaddress.h"
#include "libnet/cluster/roundrobin.h"

#include <map>

namespace net {

/// The ports that the primary has opened for its workers. A port is closed, and its path removed, when the last worker
/// that listens on it has left.
class ListenRegistry
{
public:
    explicit ListenRegistry(QObject *home) : m_home(home) {}

    /// Opens a port for \a worker, or finds the one that others have already. A worker listens on 1,024 at the most,
    /// and on no more than an eighth of the descriptors that this process may have; beyond, EMFILE.
    void open(Worker &worker, const QCborMap &question, Cluster::SchedulingPolicy policy);
    void close(Worker &worker, const QString &key);
    /// \a worker listens nowhere any more.
    void remove(Worker &worker);
    void hasRoom(Worker &worker, const QString &key);
    /// Asks all others how many connections they have. Hangs up on a worker that asks 10,000 times before one has told.
    void count(Worker &worker, const QCborMap &question);

private:
    struct Port
    {
        ~Port();
        int open(const ListenQuery &query);
        int adopt(int fd, int backlog);

        SharedDescriptor descriptor;       ///< of a shared handle
        std::unique_ptr<RoundRobin> turns; ///< or who accepts on it
        SocketAddress bound;
        QString path;
        socketops::FileIdentity file;
        QList<Worker *> workers;
    };

    class Count;

    /// The errno, or 0.
    int mayOpen(Worker &worker, const ListenQuery &query) const;
    void remove(Worker &worker, std::map<QString, Port>::iterator port);

    QObject *const m_home;
    std::map<QString, Port> m_ports;
    QHash<Worker *, int> m_listens; ///< how many of them each has
};

} // namespace net
