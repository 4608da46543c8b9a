#pragma once
#include "tests/cluster/footprint.h"
#include "tests/support/rawpeer.h"
#include "tests/support/waiting.h"

#include <libnet/cluster/cluster.h>

#include <QCborMap>
#include <QPointer>
#include <QTemporaryDir>

namespace test {

/// A cluster of actors, and what the primary hears of them. When it goes, nothing may be left.
class Stage
{
public:
    explicit Stage(net::Cluster::SchedulingPolicy policy = net::Cluster::SchedulingPolicy::RoundRobin,
                   const QStringList &args = {});
    ~Stage();

    /// A worker that is online.
    net::Worker *fork();
    /// The last thing of this kind that \a worker has told, waited for; taken out.
    QCborMap told(net::Worker *worker, const QString &what);
    bool hasTold(net::Worker *worker, const QString &what) const;
    /// Has it listen; what it has told: "listening" or "failed".
    QCborMap listen(net::Worker *worker, QCborMap order);
    static void order(net::Worker *worker, const QString &what, QCborMap order = {}, const net::Handle &handle = {});
    /// What getConnections() tells there.
    int count(net::Worker *worker, const QString &name = {});
    /// Who answers on \a port: its id, or 0. The connection is \a peer.
    static int who(RawPeer &peer);

    /// Whether a process that is not our child has.
    static bool hasEnded(qint64 process);

    /// Ends all and compares what is left with what was there before. Empty if it is the same.
    QString leftOver();

    QString folder() const { return m_folder.path(); }
    QString path() const { return m_folder.filePath(QStringLiteral("s")); }
    QStringList events;

private:
    QTemporaryDir m_folder;
    Footprint m_before;
    QList<std::pair<QPointer<net::Worker>, QCborMap>> m_told;
    QObject m_context;
};

/// The program that the actors are.
QString actorProgram();

} // namespace test
