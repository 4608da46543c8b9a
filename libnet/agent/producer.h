#pragma once
#include "libnet/agent/eventring.h"
#include "libnet/agent/payloadring.h"

#include <QMutex>

#include <vector>

namespace net::agent {

/// What one thread of the application writes into.
struct Producer
{
    Producer(quint32 thread, quint32 capacity) : events(capacity), thread(thread) {}

    EventRing events;
    std::atomic<PayloadRing *> payload = nullptr; ///< made when the thread first captures; owned
    const quint32 thread;                         ///< the system's id
    std::atomic<bool> retired = false;            ///< its thread has ended: read it a last time

    ~Producer() { delete payload.load(std::memory_order_relaxed); }
    Producer(const Producer &) = delete;
    Producer &operator=(const Producer &) = delete;
};

/// The producers of all threads, within a budget of bytes: the first threads get large rings, later ones smaller
/// ones, and one that comes when all is spent gets none, so that its events are counted as dropped.
class ProducerList
{
public:
    ProducerList(quint64 eventBudget, quint64 payloadBudget)
        : m_eventBudget(eventBudget),
          m_payloadBudget(payloadBudget)
    {
    }

    // The application's threads.
    Producer *add(quint32 thread);
    /// Null when the budget is spent.
    PayloadRing *addPayload(Producer &producer);
    /// An event of a thread that has already given up its producer.
    void countLate(wire::EventKind kind);

    // The agent's thread.
    std::vector<Producer *> producers() const;
    /// Gives up a retired producer that was read to its end.
    void remove(Producer *producer);
    /// Drops of one kind in all rings, with those of threads that have ended.
    quint64 dropped(int kind) const;
    quint64 bytes() const;

private:
    mutable QMutex m_mutex;
    std::vector<std::unique_ptr<Producer>> m_producers;
    std::array<quint64, wire::eventKindLimit> m_droppedElsewhere = {}; ///< by late events and past threads
    quint64 m_eventBudget;
    quint64 m_payloadBudget;
    quint64 m_bytes = 0;
};

} // namespace net::agent
