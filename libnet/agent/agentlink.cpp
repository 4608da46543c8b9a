#include "libnet/agent/agentlink.h"

#include "libnet/agent/eventhistory.h"
#include "libnet/agent/ledgerview.h"
#include "libnet/agent/payloadstore.h"
#include "libnet/probe/clock.h"
#include "libnet/probe/tap.h"

#include <QSocketNotifier>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace net::agent {

namespace {

// Enough to keep a reader busy between two turns of the agent, and all that a stopped one costs.
constexpr qsizetype mostWaiting = 256 * 1024;
constexpr quint64 eventsAtOnce = 1024;
constexpr qsizetype mostCaptured = 4096;
constexpr std::size_t entriesAtOnce = 128;

quint64 nextNumber()
{
    static quint64 last = 0; // the agent's thread only
    return ++last;
}

} // namespace

AgentLink::AgentLink(int descriptor, const Sources &sources, qint64 now)
    : m_stream(descriptor),
      m_sources(sources),
      m_connectedAt(now),
      m_number(nextNumber()),
      m_heardAt(now),
      m_stacks(sources.stacks)
{
    connect(&m_stream.readable(), &QSocketNotifier::activated, this, &AgentLink::read);
    connect(&m_stream.writable(), &QSocketNotifier::activated, this, [this] {
        // Thousands of sockets fill the line several times over, and whoever waits for them waits for no turn.
        if (m_sweep.isUnderWay)
            continueSweep(probe::monotonicNow());
        tellEvents();
        tellPayload();
        flush();
    });
}

AgentLink::~AgentLink()
{
    for (const quint64 subject : std::as_const(m_captured)) {
        if (LedgerEntry *entry = m_sources.ledger.find(subject))
            entry->capturing.fetch_sub(1, std::memory_order_relaxed);
    }
    captureAll(false);
    timeSlots(false);
}

void AgentLink::read()
{
    const QByteArrayView bytes = m_stream.read();
    if (!bytes.isEmpty())
        m_heardAt = probe::monotonicNow();
    m_reader.feed(bytes);
    while (isOpen()) {
        const auto frame = m_reader.next();
        if (!frame)
            break;
        if (!take(*frame))
            malformed(u"frame type %1 is malformed"_s.arg(int(frame->type)));
    }
    if (isOpen() && m_reader.hasError())
        malformed(m_reader.errorString());
    flush();
}

bool AgentLink::take(const wire::Frame &frame)
{
    if (frame.type == wire::FrameType::Hello) {
        const auto hello = wire::decodeHello(frame.payload);
        if (!hello || hello->side != wire::Side::Inspector || m_attached)
            return false;
        Q_EMIT helloReceived(*hello);
        return true;
    }
    if (frame.type == wire::FrameType::Capture && m_attached) {
        const auto wanted = wire::decodeCapture(frame.payload);
        if (!wanted)
            return false;
        if (!(m_rights & wire::SeePayload)) {
            refuse(wire::ErrorCode::NotGranted, u"payload was not granted"_s);
            return true;
        }
        QList<wire::CaptureRecord> answers;
        for (const wire::CaptureRecord &record : wanted->records)
            setCapture(record, answers);
        wire::encode(m_stream.out(), std::span(answers.constData(), std::size_t(answers.size())), m_toldAt);
        return true;
    }
    if (frame.type == wire::FrameType::Watch && m_attached) {
        const auto wanted = wire::decodeWatch(frame.payload);
        for (const wire::WatchRecord &record : wanted ? wanted->records : QList<wire::WatchRecord>())
            watch(record);
        return wanted.has_value();
    }
    if (frame.type == wire::FrameType::Command && m_attached) {
        const auto command = wire::decodeCommand(frame.payload);
        if (command)
            take(*command);
        return command.has_value();
    }
    m_ended = frame.type == wire::FrameType::Bye || frame.type == wire::FrameType::Error;
    return m_ended;
}

// Unlike payload, which is asked for by a program, commands are given by a person, who is to read why not.
void AgentLink::take(const wire::Command &command)
{
    if (m_rights & wire::Control)
        Q_EMIT commanded(command);
    else
        tell({.id = command.id,
              .done = false,
              .message = u"this application does not grant control: AgentOptions::control or "
                         "LIBNET_INSPECT_CONTROL=1 would"_s});
}

void AgentLink::tell(const wire::CommandResult &result)
{
    if (!m_attached || !isOpen())
        return;
    wire::encode(m_stream.out(), result);
    m_stream.flush();
}

void AgentLink::malformed(const QString &message)
{
    refuse(wire::ErrorCode::Malformed, message);
}

void AgentLink::refuse(wire::ErrorCode code, const QString &message)
{
    wire::encode(m_stream.out(), wire::Error{code, message});
    m_stream.flush();
    m_ended = true;
    Q_EMIT ended();
}

void AgentLink::sayBye(wire::ByeReason reason)
{
    wire::encode(m_stream.out(), wire::Bye{reason});
    m_stream.flush();
    m_ended = true;
}

void AgentLink::attach(const wire::Hello &hello, const wire::Hello &mine, qint64 now)
{
    m_reader.acceptAll(mine.version);
    m_rights = mine.rights;
    m_interval = mine.interval;
    m_attached = true;
    m_stacks.begin(mine.version);
    m_historyEnd = m_sources.history.next();
    m_beforeAttach = m_nextEvent = hello.history ? m_sources.history.first() : m_historyEnd;
    m_nextPayload = m_sources.payload.next();
    wire::encode(m_stream.out(), mine);
    pump(now);
}

void AgentLink::captureAll(bool on)
{
    if (std::exchange(m_capturesAll, on) != on)
        m_sources.ledger.captureAll(on);
}

void AgentLink::setCapture(const wire::CaptureRecord &wanted, QList<wire::CaptureRecord> &answers)
{
    if (wanted.subject == wire::everySocket) {
        captureAll(wanted.on);
        answers.append({.subject = wire::everySocket, .on = quint8(m_capturesAll), .known = 1});
        return;
    }
    LedgerEntry *const entry = m_sources.ledger.find(wanted.subject);
    const bool was = m_captured.contains(wanted.subject);
    const bool on = wanted.on && entry && (was || m_captured.size() < mostCaptured);
    if (on && !was) {
        m_captured.insert(wanted.subject);
        entry->capturing.fetch_add(1, std::memory_order_relaxed);
    } else if (!on && was) {
        m_captured.remove(wanted.subject);
        if (entry)
            entry->capturing.fetch_sub(1, std::memory_order_relaxed);
    }
    answers.append({.subject = wanted.subject, .on = quint8(on), .known = quint8(entry != nullptr)});
}

bool AgentLink::hasRoom() const
{
    return m_stream.waiting() < mostWaiting;
}

void AgentLink::pump(qint64 now)
{
    if (!m_attached || !isOpen())
        return;
    // A turn that comes a little early must not wait for the next.
    const bool due = now - m_toldAt >= qint64(m_interval) * 1'000'000 * 9 / 10;
    if (!m_sweep.isUnderWay && hasRoom() && (m_needsSnapshot || due)) {
        if (!m_watched.isEmpty() && !m_needsSnapshot)
            tellKernel(now);
        beginSweep(now);
    }
    if (m_sweep.isUnderWay)
        continueSweep(now);
    tellEvents();
    tellPayload();
    flush();
}

void AgentLink::pumpLast(qint64 now)
{
    m_interval = 0;
    pump(now);
}

void AgentLink::beginSweep(qint64 now)
{
    m_toldAt = now;
    m_sweep = {.after = m_needsSnapshot ? 0 : m_toldTick,
               .upTo = m_sources.ledger.tick(),
               .isSnapshot = m_needsSnapshot,
               .isUnderWay = true};
    if (m_needsSnapshot) {
        const auto subjects = quint32(m_sources.ledger.entries().size());
        wire::encode(m_stream.out(), wire::SnapshotBegin{++m_snapshots, subjects, now});
    }
    m_needsSnapshot = false;
}

void AgentLink::continueSweep(qint64 now)
{
    const LedgerView &ledger = m_sources.ledger;
    auto at = ledger.from(m_sweep.nextOrdinal);
    while (at != ledger.entries().end() && hasRoom()) {
        QList<wire::Description> described;
        QList<wire::CounterRecord> changed;
        QList<wire::GoneRecord> gone;
        for (std::size_t count = 0; count < entriesAtOnce && at != ledger.entries().end(); ++at) {
            const LedgerEntry &entry = **at;
            m_sweep.nextOrdinal = entry.view.ordinal + 1;
            if (entry.view.changedTick <= m_sweep.after)
                continue;
            ++count;
            if (entry.view.describedTick > m_sweep.after)
                described.append(ledger.description(entry));
            else
                changed.append(ledger.counters(entry));
            if (entry.view.calledTick > m_sweep.after)
                m_stacks.add(entry);
            if (!m_sweep.isSnapshot && entry.view.goneTick > m_sweep.after)
                gone.append({entry.id, entry.goneAt.load(std::memory_order_relaxed)});
        }
        QByteArray &out = m_stream.out();
        wire::encode(out, std::span(described.constData(), std::size_t(described.size())), now);
        wire::encode(out, std::span(changed.constData(), std::size_t(changed.size())), now);
        m_stacks.tell(out, now);
        wire::encode(out, std::span(gone.constData(), std::size_t(gone.size())), now);
        m_stream.flush();
    }
    if (at != ledger.entries().end())
        return;
    m_sweep.isUnderWay = false;
    m_toldTick = m_sweep.upTo;
    if (m_sweep.isSnapshot)
        wire::encode(m_stream.out(), wire::SnapshotEnd{.serial = m_snapshots, .time = now});
}

void AgentLink::tellEvents()
{
    if (!m_attached || m_toldTick == 0 || (m_sweep.isUnderWay && m_sweep.isSnapshot))
        return;
    const EventHistory &history = m_sources.history;
    while (isOpen() && m_nextEvent < history.next() && hasRoom()) {
        const bool old = m_nextEvent < m_historyEnd;
        const auto records =
            history.piece(m_nextEvent, old ? std::min(eventsAtOnce, m_historyEnd - m_nextEvent) : eventsAtOnce);
        wire::encode(m_stream.out(), records, m_nextEvent, old);
        m_nextEvent += records.size();
        m_delivered += records.size();
        m_stream.flush();
    }
}

void AgentLink::tellPayload()
{
    const PayloadStore &store = m_sources.payload;
    while (isOpen() && m_attached && m_nextPayload < store.next() && hasRoom()) {
        const wire::PayloadRecord &piece = store.record(m_nextPayload);
        if (m_capturesAll || m_captured.contains(piece.subject))
            wire::encode(m_stream.out(), piece, store.bytesOf(m_nextPayload));
        ++m_nextPayload;
    }
}

void AgentLink::tellStatus(wire::Status general, const wire::Drops &ringDrops)
{
    if (!m_attached || !isOpen() || !hasRoom())
        return;
    if (ringDrops.total != m_toldRingDrops) {
        m_toldRingDrops = ringDrops.total;
        wire::encode(m_stream.out(), ringDrops);
    }
    if (m_drops.total() != m_toldDrops) {
        m_toldDrops = m_drops.total();
        wire::encode(m_stream.out(), m_drops.drops());
    }
    general.beforeAttach = m_beforeAttach;
    general.delivered = m_delivered;
    general.linkDropped = m_drops.total();
    general.pending = m_sources.history.next() - m_nextEvent;
    general.payloadLost += m_payloadLost;
    wire::encode(m_stream.out(), general);
    flush();
}

void AgentLink::loseEventsBefore(quint64 number)
{
    if (!m_attached)
        return;
    while (m_nextEvent < number) {
        const auto records = m_sources.history.piece(m_nextEvent, number - m_nextEvent);
        if (records.empty())
            break;
        m_drops.add(records);
        m_nextEvent += records.size();
    }
}

void AgentLink::losePayloadBefore(quint64 number)
{
    for (; m_attached && m_nextPayload < number; ++m_nextPayload) {
        const wire::PayloadRecord &record = m_sources.payload.record(m_nextPayload);
        if (m_capturesAll || m_captured.contains(record.subject))
            m_payloadLost += record.streamSize;
    }
}

// One that it never heard of need not be taken back.
void AgentLink::loseEntry(const LedgerEntry &entry)
{
    m_captured.remove(entry.id);
    m_watched.remove(entry.id);
    const bool mayKnow = entry.view.createdTick <= m_toldTick || m_sweep.isUnderWay;
    if (m_attached && mayKnow && entry.view.goneTick > m_toldTick)
        m_needsSnapshot = true;
}

void AgentLink::flush()
{
    m_stream.flush();
    // Answers would pile up for one that asks and does not read.
    m_stream.readable().setEnabled(isOpen() && hasRoom());
    if (!isOpen())
        Q_EMIT ended();
}

} // namespace net::agent
