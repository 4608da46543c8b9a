#include "libnet/agent/recorder.h"
#include "libnet/agent/callstack.h"
#include "libnet/probe/clock.h"

#include <algorithm>
#include <unistd.h>

namespace net::agent {

namespace {

constexpr qsizetype largestPiece = 64 * 1024;

std::atomic<Recorder *> theRecorder = nullptr;
thread_local Producer *threadsProducer = nullptr;
thread_local bool threadHasEnded = false;
thread_local quint32 threadsId = 0;

quint32 threadId()
{
    if (threadsId == 0)
        threadsId = quint32(::gettid());
    return threadsId;
}

Recorder &recorder()
{
    return *theRecorder.load(std::memory_order_relaxed);
}

// A function that is not inlined, so that what it returns to is libnet.
[[gnu::noinline]] void called(probe::Subject &subject, probe::Call call)
{
    if (recorder().stacks.isWanted())
        recorder().call(subject, call, __builtin_extract_return_addr(__builtin_return_address(0)));
}

constexpr probe::Tap table = {
    .opened = [](probe::Subject &subject) { recorder().describe(subject); },
    .described = [](probe::Subject &subject) { recorder().describe(subject); },
    .changed = [](probe::Subject &subject, probe::EventKind why, probe::State state, quint32 flags, quint64 a,
                  quint64 b) { recorder().change(subject, why, state, flags, a, b); },
    .received =
        [](probe::Subject &subject, const char *bytes, qsizetype size, quint64 total) {
            Recorder &to = recorder();
            to.receive(to.entryOf(subject), bytes, size, total);
        },
    .sent =
        [](probe::Subject &subject, const char *bytes, qsizetype size, quint64 total, quint64 queued) {
            Recorder &to = recorder();
            to.send(to.entryOf(subject), bytes, size, total, queued);
        },
    .queued =
        [](probe::Subject &subject, quint64 queued, quint64 highWaterMark) {
            Recorder &to = recorder();
            to.queue(to.entryOf(subject), queued, highWaterMark);
        },
    .called = called,
    .failed = [](probe::Subject &subject, const Error &) { recorder().fail(subject); },
    .slotReturned =
        [](probe::Subject &subject, probe::EventKind why, qint64 readyAt, qint64 toldAt) {
            Recorder &to = recorder();
            to.time(to.entryOf(subject), why, readyAt, toldAt);
        },
    .gone = [](probe::Subject &subject) { recorder().close(subject); },
};

} // namespace

/// Tells the agent that the thread's rings get nothing more.
struct Recorder::Retirement
{
    Producer *producer;
    Wakeup *wakeup;

    ~Retirement()
    {
        threadsProducer = nullptr;
        threadHasEnded = true;
        producer->retired.store(true, std::memory_order_release);
        wakeup->touch();
    }
};

Recorder::Recorder(quint64 eventBudget, quint64 payloadBudget, quint64 stackBudget)
    : producers(eventBudget, payloadBudget),
      stacks(stackBudget),
      m_startedAt(probe::monotonicNow())
{
}

void Recorder::install(Recorder *recorder)
{
    if (recorder)
        theRecorder.store(recorder, std::memory_order_release);
    probe::install(recorder ? &table : nullptr);
}

void Recorder::setRedaction(Redaction redaction)
{
    const Redaction *current = nullptr;
    if (redaction)
        current = m_redactions.emplace_back(std::make_unique<const Redaction>(std::move(redaction))).get();
    m_redaction.store(current, std::memory_order_release);
}

LedgerEntry &Recorder::entryOf(probe::Subject &subject)
{
    if (subject.ledger) [[likely]]
        return *static_cast<LedgerEntry *>(subject.ledger);
    return open(subject);
}

LedgerEntry &Recorder::open(probe::Subject &subject)
{
    const probe::Facts facts = subject.facts();
    LedgerEntry *const entry = ledger.open(facts, threadId());
    subject.ledger = entry;
    note(*entry, probe::monotonicNow(), wire::EventKind::Opened, facts.server, facts.createdAt < m_startedAt ? 1 : 0);
    return *entry;
}

void Recorder::describe(probe::Subject &subject)
{
    if (!subject.ledger)
        open(subject);
    else
        ledger.describe(entryOf(subject), subject.facts(), threadId());
    wakeup.touch();
}

void Recorder::change(probe::Subject &subject, probe::EventKind why, probe::State state, quint32 flags, quint64 a,
                      quint64 b)
{
    LedgerEntry &entry = entryOf(subject);
    entry.state.store(wire::State(state), std::memory_order_relaxed);
    entry.flags.store(flags, std::memory_order_relaxed);
    note(entry, probe::monotonicNow(), wire::EventKind(why), a, b);
}

void Recorder::receive(LedgerEntry &entry, const char *bytes, qsizetype size, quint64 total)
{
    const qint64 now = probe::monotonicNow();
    entry.received.store(total, std::memory_order_relaxed);
    if (ledger.isCaptured(entry)) [[unlikely]]
        capture(
            entry,
            {.subject = entry.id, .offset = total - quint64(size), .time = now, .direction = wire::Direction::Received},
            bytes, size);
    note(entry, now, wire::EventKind::Received, quint64(size), total);
}

void Recorder::send(LedgerEntry &entry, const char *bytes, qsizetype size, quint64 total, quint64 queued)
{
    const qint64 now = probe::monotonicNow();
    entry.sent.store(total, std::memory_order_relaxed);
    entry.queued.store(queued, std::memory_order_relaxed);
    if (ledger.isCaptured(entry)) [[unlikely]]
        capture(entry,
                {.subject = entry.id, .offset = total - quint64(size), .time = now, .direction = wire::Direction::Sent},
                bytes, size);
    note(entry, now, wire::EventKind::Sent, quint64(size), total);
}

// Small writes come by the million a second. The ledger has each; an event is told when the queue gets or loses its
// first bytes, crosses the mark, or has changed by an eighth of it.
void Recorder::queue(LedgerEntry &entry, quint64 queued, quint64 highWaterMark)
{
    const quint64 told = entry.toldQueued;
    const bool grows = queued > entry.queued.load(std::memory_order_relaxed);
    entry.queued.store(queued, std::memory_order_relaxed);
    entry.highWaterMark.store(highWaterMark, std::memory_order_relaxed);
    // What was written was told that it is full; the drain that follows brings the flags anew.
    if (highWaterMark > 0 && queued >= highWaterMark) {
        const quint32 flags = entry.flags.load(std::memory_order_relaxed);
        const quint32 writesOn = grows && flags & wire::NeedsDrain ? wire::WritesOn : 0u;
        entry.flags.store(flags | wire::NeedsDrain | writesOn, std::memory_order_relaxed);
    }
    const quint64 change = queued > told ? queued - told : told - queued;
    const bool crosses = (queued == 0) != (told == 0) || (queued >= highWaterMark) != (told >= highWaterMark);
    if (!crosses && change <= highWaterMark / 8) {
        entry.publish();
        return;
    }
    entry.toldQueued = queued;
    note(entry, probe::monotonicNow(), wire::EventKind::Queued, queued, highWaterMark);
}

void Recorder::call(probe::Subject &subject, probe::Call call, const void *caller)
{
    const CallStack stack(caller);
    ledger.call(entryOf(subject), wire::Call(call), probe::monotonicNow(), stacks.keep(stack.addresses()));
    wakeup.touch();
}

void Recorder::fail(probe::Subject &subject)
{
    LedgerEntry &entry = entryOf(subject);
    const probe::Facts facts = subject.facts();
    ledger.describe(entry, facts, threadId());
    note(entry, probe::monotonicNow(), wire::EventKind::Failed, quint64(facts.errorNumber), 0);
}

void Recorder::time(LedgerEntry &entry, probe::EventKind why, qint64 readyAt, qint64 toldAt)
{
    constexpr quint64 longest = (quint64(1) << wire::slotSignalShift) - 1;
    const qint64 now = probe::monotonicNow();
    const quint64 waited = readyAt ? quint64(std::max<qint64>(toldAt - readyAt, 1)) : 0;
    note(entry, now, wire::EventKind::SlotReturned, std::min(waited, longest) | quint64(why) << wire::slotSignalShift,
         quint64(std::max<qint64>(now - toldAt, 0)));
}

void Recorder::close(probe::Subject &subject)
{
    if (!subject.ledger)
        return;
    ledger.close(entryOf(subject), probe::monotonicNow());
    subject.ledger = nullptr;
    wakeup.touch();
}

void Recorder::note(LedgerEntry &entry, qint64 now, wire::EventKind kind, quint64 a, quint64 b)
{
    entry.lastActivity.store(now, std::memory_order_relaxed);
    bump(entry.events, quint64(1));
    Producer *const to = producer();
    const bool kept = to && to->events.push({.time = now,
                                             .subject = entry.id,
                                             .a = a,
                                             .b = b,
                                             .flags = entry.flags.load(std::memory_order_relaxed),
                                             .kind = kind,
                                             .state = entry.state.load(std::memory_order_relaxed)});
    if (!kept) [[unlikely]] {
        bump(entry.eventsDropped, quint64(1));
        if (!to)
            producers.countLate(kind);
    }
    entry.publish();
    if (kept && to->events.wantsReader()) [[unlikely]]
        wakeup.rouse();
    else
        wakeup.touch();
}

// Nothing if it throws: the application's socket is not to fall for it, and what nobody has looked at is not stored.
static std::optional<QByteArray> redactedBy(const Redaction &redaction, const wire::PayloadRecord &record,
                                            const QByteArray &original)
{
    try {
        return redaction(record.subject, record.direction, original);
    } catch (...) {
        static std::atomic<bool> told = false;
        if (!told.exchange(true))
            qWarning("libnet: a redaction has thrown; what it was given is not stored");
        return {};
    }
}

void Recorder::capture(LedgerEntry &entry, wire::PayloadRecord record, const char *bytes, qsizetype size)
{
    if (!bytes) {
        bump(entry.payloadLost, quint64(size));
        return;
    }
    const Redaction *const redaction = m_redaction.load(std::memory_order_acquire);
    for (qsizetype at = 0; at < size; at += largestPiece) {
        const qsizetype piece = std::min(size - at, largestPiece);
        record.streamSize = record.size = quint32(piece);
        record.redacted = 0;
        bool kept = false;
        if (redaction) {
            const QByteArray original = QByteArray::fromRawData(bytes + at, piece);
            if (const auto redacted = redactedBy(*redaction, record, original)) {
                record.size = quint32(std::min(redacted->size(), largestPiece));
                record.redacted = *redacted == original ? 0 : 1;
                kept = keep(record, redacted->constData());
            }
        } else {
            kept = keep(record, bytes + at);
        }
        if (!kept)
            bump(entry.payloadLost, quint64(piece));
        record.offset += quint64(piece);
    }
}

bool Recorder::keep(const wire::PayloadRecord &record, const char *bytes)
{
    Producer *const to = producer();
    if (!to)
        return false;
    PayloadRing *ring = to->payload.load(std::memory_order_relaxed);
    if (!ring)
        ring = producers.addPayload(*to);
    if (!ring || !ring->push(record, bytes))
        return false;
    if (ring->wantsReader())
        wakeup.rouse();
    return true;
}

inline Producer *Recorder::producer()
{
    return threadsProducer ? threadsProducer : addProducer();
}

Producer *Recorder::addProducer()
{
    if (threadHasEnded)
        return nullptr;
    threadsProducer = producers.add(threadId());
    static thread_local const Retirement atThreadsEnd{threadsProducer, &wakeup};
    return threadsProducer;
}

} // namespace net::agent
