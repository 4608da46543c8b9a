#pragma once
#include "libnet/agent/producer.h"
#include "libnet/agent/socketledger.h"
#include "libnet/agent/stackstore.h"
#include "libnet/agent/wakeup.h"
#include "libnet/probe/tap.h"

#include <functional>

namespace net::agent {

/// Sees payload in the subject's thread before it is stored, and gives what may be stored in its place.
using Redaction = std::function<QByteArray(quint64 subject, wire::Direction direction, const QByteArray &bytes)>;

/// What stands behind the tap: counts in the ledger and writes events and payload into the thread's rings.
/// One a process, never destroyed, since threads and statics may call the tap until the very end.
class Recorder
{
public:
    Recorder(quint64 eventBudget, quint64 payloadBudget, quint64 stackBudget);

    /// Makes \a recorder the one that the tap calls, and installs the tap. Null: removes it.
    static void install(Recorder *recorder);
    /// From one thread at a time. Those before are kept, since any thread may be in them.
    void setRedaction(Redaction redaction);

    // What the agent's thread reads.
    SocketLedger ledger;
    ProducerList producers;
    StackStore stacks;
    Wakeup wakeup;

    // What the tap calls, in the subject's thread.
    LedgerEntry &entryOf(probe::Subject &subject);
    LedgerEntry &open(probe::Subject &subject);
    void describe(probe::Subject &subject);
    void change(probe::Subject &subject, probe::EventKind why, probe::State state, quint32 flags, quint64 a, quint64 b);
    void receive(LedgerEntry &entry, const char *bytes, qsizetype size, quint64 total);
    void send(LedgerEntry &entry, const char *bytes, qsizetype size, quint64 total, quint64 queued);
    void queue(LedgerEntry &entry, quint64 queued, quint64 highWaterMark);
    /// From the function that \a caller returns to, if stacks are wanted.
    void call(probe::Subject &subject, probe::Call call, const void *caller);
    void fail(probe::Subject &subject);
    void time(LedgerEntry &entry, probe::EventKind why, qint64 readyAt, qint64 toldAt);
    void close(probe::Subject &subject);

private:
    struct Retirement;
    void note(LedgerEntry &entry, qint64 now, wire::EventKind kind, quint64 a, quint64 b);
    void capture(LedgerEntry &entry, wire::PayloadRecord record, const char *bytes, qsizetype size);
    bool keep(const wire::PayloadRecord &record, const char *bytes);
    Producer *producer();
    Producer *addProducer();

    std::atomic<const Redaction *> m_redaction = nullptr;
    std::vector<std::unique_ptr<const Redaction>> m_redactions;
    qint64 m_startedAt = 0;
};

} // namespace net::agent
