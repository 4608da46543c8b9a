#pragma once
#include "libnet/cluster/handlechannel.h"
#include "libnet/transport/adoptedacceptor.h"

namespace net {

class Worker;

/// Accepts on one port of the primary's, and hands the connections to its workers in turns, one at a time each.
/// A connection is held until a worker has taken it: one that is refused, or offered to a worker that dies, goes to the
/// next. Who is full is left out until it says that it has room, and who is out of descriptors for a while.
class RoundRobin : private Acceptor::Owner, private Mortal
{
public:
    RoundRobin(const QString &key, QObject *home, Descriptor descriptor);

    void add(Worker *worker);
    void remove(Worker *worker);
    /// \a worker takes connections again.
    void hasRoom(Worker *worker);

private:
    enum class Seat : quint8 { Free, Asked, Full };

    void accepted(Descriptor descriptor) override;
    void refused(int error) override;
    void distribute();
    void offer(Worker *worker, const SharedDescriptor &connection);
    void answered(Worker *worker, const SharedDescriptor &connection, const QCborMap &answer);
    void pause();

    const QString m_key;
    QHash<Worker *, Seat> m_seats;
    QList<Worker *> m_free; ///< the next one first
    std::deque<SharedDescriptor> m_waiting;
    AdoptedAcceptor m_acceptor;
    bool m_paused = false;
    std::shared_ptr<RoundRobin *> m_self = std::make_shared<RoundRobin *>(this); ///< held by us alone
};

} // namespace net
