#pragma once
#include "libnet/probe/tapevents.h"
#include "libnet/wire/protocol.h"

#include <QMutex>

#include <array>
#include <atomic>

namespace net::agent {

/// The last call of each kind about a subject, by wire::Call - 1. A time of 0: there was none.
struct MadeCall
{
    std::atomic<qint64> time = 0;
    std::atomic<quint32> stack = 0; ///< its number in the StackStore; 0: it found no place
};
using CallList = std::array<MadeCall, 5>;

/// The authoritative counters of one subject. Hangs on Subject::ledger, so that no call has to look it up.
struct alignas(64) LedgerEntry
{
    // Written by the subject's thread alone (bump() is enough), read by the agent's.
    std::atomic<quint64> version = 1; ///< raised after each change of anything below
    std::atomic<quint64> received = 0;
    std::atomic<quint64> sent = 0;
    std::atomic<quint64> queued = 0;
    std::atomic<quint64> events = 0;
    std::atomic<qint64> lastActivity = 0;
    std::atomic<quint32> flags = 0;
    std::atomic<quint32> capturing = 0; ///< inspectors that want its payload; written by the agent's thread
    std::atomic<quint64> highWaterMark = 0;
    std::atomic<quint64> readBuffered = 0;
    std::atomic<quint64> accepted = 0;
    std::atomic<quint64> dropped = 0;
    std::atomic<quint64> eventsDropped = 0;
    std::atomic<quint64> payloadLost = 0;
    std::atomic<quint64> described = 1; ///< raised when the facts are replaced
    std::atomic<qint64> goneAt = 0;
    std::atomic<quint32> maxConnections = 0;
    std::atomic<qint32> errorNumber = 0;
    std::atomic<wire::State> state = wire::State::Idle;
    std::atomic<quint64> called = 0;         ///< raised after each change of the calls
    std::atomic<CallList *> calls = nullptr; ///< made with the first stack that is taken; owned
    quint64 toldQueued = 0;                  ///< the subject's thread only: queued bytes of the last event about them

    // Never changes.
    quint64 id = 0;
    wire::SubjectKind kind = wire::SubjectKind::Socket;

    // Under the ledger's mutex.
    probe::Facts facts;
    quint32 thread = 0;
    LedgerEntry *nextFresh = nullptr; ///< the ledger's list of those the agent has not seen yet

    // The agent's thread only; ticks are those of LedgerView.
    struct View
    {
        quint64 ordinal = 0;
        quint64 version = 0;
        quint64 described = 0;
        quint64 createdTick = 0;
        quint64 describedTick = 0;
        quint64 changedTick = 0;
        quint64 called = 0;
        quint64 calledTick = 0;
        quint64 goneTick = 0;
        quint64 server = 0;
        quint64 countedFor = 0; ///< the server whose connections it is one of
        bool forgotten = false;
    } view;

    LedgerEntry() = default;
    ~LedgerEntry() { delete calls.load(std::memory_order_relaxed); }
    LedgerEntry(const LedgerEntry &) = delete;
    LedgerEntry &operator=(const LedgerEntry &) = delete;

    /// What changed() and the like have written may now be read.
    void publish() { version.store(version.load(std::memory_order_relaxed) + 1, std::memory_order_release); }
};

/// Where entries are made, in the subjects' threads. They are given up by LedgerView, in the agent's thread.
class SocketLedger
{
public:
    LedgerEntry *open(const probe::Facts &facts, quint32 thread);
    /// Replaces facts and counters of \a entry.
    void describe(LedgerEntry &entry, const probe::Facts &facts, quint32 thread);
    void call(LedgerEntry &entry, wire::Call call, qint64 time, quint32 stack);
    /// Somebody wants its payload.
    bool isCaptured(const LedgerEntry &entry) const
    {
        return entry.capturing.load(std::memory_order_relaxed) > 0 || m_capturing.load(std::memory_order_relaxed) > 0;
    }
    /// The subject is no more; its thread must not use \a entry again.
    void close(LedgerEntry &entry, qint64 time);

    // The agent's thread.
    /// The entries opened since the last call, oldest first.
    LedgerEntry *takeFresh();
    probe::Facts facts(const LedgerEntry &entry, quint32 *thread = nullptr) const;
    /// Subjects opened and closed since the last resetChurn().
    quint64 churn() const { return m_churn.load(std::memory_order_relaxed); }
    /// One more wants the payload of every subject, those to come included; or one less.
    void captureAll(bool on) { m_capturing.fetch_add(on ? 1 : -1, std::memory_order_relaxed); }
    void resetChurn() { m_churn.store(0, std::memory_order_relaxed); }

private:
    static void take(LedgerEntry &entry, const probe::Facts &facts);

    mutable QMutex m_mutex;
    std::atomic<LedgerEntry *> m_fresh = nullptr;
    std::atomic<quint64> m_churn = 0;
    // Read with every piece: whoever opens a subject beside it shall not take its line of the cache away.
    alignas(64) std::atomic<qint32> m_capturing = 0;
};

} // namespace net::agent
