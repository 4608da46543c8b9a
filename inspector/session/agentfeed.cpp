#include "inspector/session/agentfeed.h"

#include "inspector/session/endpointtext.h"
#include "inspector/session/monotonic.h"

#include <algorithm>
#include <utility>

namespace inspector {

using namespace net::wire;

// Counters come every 100 ms while something changes; after this long a silence is a rate of 0.
static constexpr qint64 silence = 300'000'000;

// An agent says how it is once a second, whatever its application does.
static constexpr qint64 longestSilence = 5'000'000'000;

// A row without its texts, in the table and the models.
static constexpr qint64 rowWeight = 1200;
// Of a text; nobody reads on.
static constexpr qsizetype longestText = 1024;

// 0 is the process itself, and numbers with that bit are ours.
static bool isSubject(quint64 number)
{
    return number != 0 && !(number & SubjectKey::listenerBit);
}

AgentFeed::Accounts &AgentFeed::Accounts::operator+=(const Accounts &other)
{
    received += other.received;
    past += other.past;
    emitted += other.emitted;
    beforeAttach += other.beforeAttach;
    delivered += other.delivered;
    pending += other.pending;
    ringDropped += other.ringDropped;
    linkDropped += other.linkDropped;
    agentMemory += other.agentMemory;
    loopDelay = std::max(loopDelay, other.loopDelay);
    return *this;
}

AgentFeed::AgentFeed(quint32 process, const AgentCard &card, Records &records, QObject *parent)
    : QObject(parent),
      m_process(process),
      m_records(records),
      m_link(card),
      m_requests(m_link, records.objects, process)
{
    const WallClock &clock = m_records.objects.clock();
    const qint64 startedAt = card.startTime ? card.startTime * 1'000'000 - clock.epoch() : clock.now();
    m_records.objects.addProcess(process, card.pid, card.name, startedAt, clock.now());
    connect(&m_link, &Link::begun, this, &AgentFeed::follow);
    connect(&m_link, &Link::stateChanged, this, &AgentFeed::showState);
    showState();
}

void AgentFeed::follow(Dialogue *dialogue)
{
    connect(dialogue, &Dialogue::took, this, [this](const Frame &frame) {
        m_heardAt = now();
        Q_EMIT heard(frame);
    });
    connect(dialogue, &Dialogue::greeted, this, &AgentFeed::greet);
    m_isTelling = false;
    connect(dialogue, &Dialogue::snapshotBegun, this, [this, dialogue] {
        // Each costs a look at all that is known; no agent begins anew before it has ended.
        if (std::exchange(m_isTelling, true))
            dialogue->refuse(tr("the agent begins a snapshot inside of another"));
        else
            beginSnapshot();
    });
    connect(dialogue, &Dialogue::snapshotEnded, this, &AgentFeed::endSnapshot);
    connect(dialogue, &Dialogue::described, this, [this, dialogue](const auto &batch) {
        for (const Description &description : batch.records) {
            describe(description);
            if (m_weight > m_records.rowBytes) {
                dialogue->refuse(tr("the agent tells of more servers and sockets than there can be"));
                return;
            }
        }
    });
    connect(dialogue, &Dialogue::counted, this, [this](const auto &batch) {
        for (const CounterRecord &counters : batch.records)
            count(counters);
        m_countedAt = m_stamp = plausible(static_cast<qint64>(batch.stamp));
    });
    connect(dialogue, &Dialogue::gone, this, [this](const auto &batch) {
        for (const GoneRecord &gone : batch.records) {
            const int row = m_records.objects.find({m_process, gone.subject});
            if (row >= 0 && isSubject(gone.subject))
                close(row, plausible(gone.time));
        }
    });
    connect(dialogue, &Dialogue::happened, this, &AgentFeed::log);
    connect(dialogue, &Dialogue::dropped, this, [this](const Drops &drops) {
        (drops.reason == DropReason::Ring ? m_accounts.ringDropped : m_accounts.linkDropped) = drops.total;
        m_records.gaps.look(m_process, m_accounts.ringDropped + m_accounts.linkDropped, now());
    });
    connect(dialogue, &Dialogue::captureChanged, this, [this](const auto &batch) {
        for (const CaptureRecord &capture : batch.records)
            m_requests.answered(capture);
    });
    connect(dialogue, &Dialogue::toldOfKernel, this,
            [this](const auto &batch) { m_records.kernel.take(m_process, batch, m_records.objects); });
    connect(dialogue, &Dialogue::toldOfModules, this,
            [this](const auto &batch) { m_records.stacks.take(m_process, batch); });
    connect(dialogue, &Dialogue::toldOfFrames, this,
            [this](const auto &batch) { m_records.stacks.take(m_process, batch); });
    connect(dialogue, &Dialogue::toldOfCalls, this,
            [this](const auto &batch) { m_records.stacks.take(m_process, batch, m_records.objects); });
    connect(dialogue, &Dialogue::captured, this, [this](const Payload &payload) {
        if (m_records.recording)
            m_records.payloads.append({m_process, payload.record.subject}, payload);
    });
    connect(dialogue, &Dialogue::reported, this, [this](const Status &status) {
        m_accounts.emitted = status.emitted;
        m_accounts.beforeAttach = status.beforeAttach;
        m_accounts.delivered = status.delivered;
        m_accounts.pending = status.pending;
        m_accounts.agentMemory = status.memory;
        m_accounts.ringDropped = status.ringDropped;
        m_accounts.linkDropped = status.linkDropped;
        m_accounts.stacksLost = status.stacksLost;
        m_accounts.loopDelay = status.worstLoopDelay;
        m_records.gaps.look(m_process, m_accounts.ringDropped + m_accounts.linkDropped, now());
    });
}

qint64 AgentFeed::now() const
{
    return m_records.objects.clock().now();
}

void AgentFeed::greet(const net::wire::Hello &agent)
{
    m_greetedAt = now();
    m_toldBefore = m_nextEvent;
    m_records.objects.relate(m_process, agent.parent, agent.worker);
    // In a recording there is no link that would say so.
    m_records.objects.setState(m_records.objects.find({m_process, 0}), State::Open);
    m_requests.repeat();
}

// After a new connection the agent begins with its history, of which we may have had a part.
void AgentFeed::log(const Batch<EventRecord> &batch)
{
    m_accounts.received += static_cast<quint64>(batch.records.size());
    if (!batch.records.empty() && batch.records.front().time < m_greetedAt)
        m_accounts.past += static_cast<quint64>(std::ranges::count_if(
            batch.records, [this](const EventRecord &event) { return event.time < m_greetedAt; }));
    const quint64 known = m_toldBefore > batch.stamp ? m_toldBefore - batch.stamp : 0;
    const std::span<const EventRecord> records(batch.records.constData(), std::size_t(batch.records.size()));
    const std::span<const EventRecord> fresh = records.subspan(std::min(std::size_t(known), records.size()));
    m_nextEvent = std::max(m_nextEvent, batch.stamp + quint64(batch.records.size()));
    m_records.handovers.take(m_process, fresh);
    m_records.objects.notice(m_process, fresh);
    if (m_records.recording)
        m_records.events.append(static_cast<quint16>(m_process), fresh);
}

void AgentFeed::beginSnapshot()
{
    m_missing.clear();
    for (auto alive = m_alive.cbegin(); alive != m_alive.cend(); ++alive)
        m_missing.insert(alive.key());
}

void AgentFeed::endSnapshot()
{
    const qint64 moment = now();
    for (const quint64 subject : std::exchange(m_missing, {})) {
        if (const int row = m_records.objects.find({m_process, subject}); row >= 0)
            close(row, moment);
    }
    m_isTelling = false;
    m_isKnown = true;
    Q_EMIT known();
}

// What is over is forgotten in time; what lives stays, as long as its agent says so.
void AgentFeed::weigh(quint64 subject)
{
    const ObjectTable &objects = m_records.objects;
    const int row = objects.find({m_process, subject});
    m_weight -= m_alive.value(subject);
    if (row < 0 || objects.identity(row).life != RowLife::Live) {
        m_alive.remove(subject);
        return;
    }
    const RowTexts &texts = objects.texts(row);
    const qsizetype letters = texts.name.size() + texts.local.size() + texts.remote.size() + texts.error.size();
    const qint64 weight = rowWeight + letters * qsizetype(sizeof(QChar));
    m_alive.insert(subject, weight);
    m_weight += weight;
}

void AgentFeed::close(int row, qint64 goneAt)
{
    const quint64 subject = m_records.objects.identity(row).key.subject;
    m_records.objects.close(row, goneAt, now());
    weigh(subject);
}

void AgentFeed::describe(const Description &description)
{
    DescriptionRecord record = description.record;
    record.createdAt = plausible(record.createdAt);
    record.goneAt = plausible(record.goneAt);
    const RowTexts texts{
        .name = description.name.left(longestText),
        .local = endpointText(record.localFamily, description.localAddress.left(longestText), record.localPort),
        .remote = endpointText(record.remoteFamily, description.remoteAddress.left(longestText), record.remotePort),
        .error = description.errorMessage.left(longestText),
    };
    if (!isSubject(record.subject))
        return;
    const int known = m_records.objects.find({m_process, record.subject});
    const bool isNew = known < 0 || m_missing.contains(record.subject);
    m_records.objects.describe(m_process, record, texts, now());
    weigh(record.subject);
    if (isNew && record.kind == SubjectKind::Socket)
        m_requests.include(record.subject);
    CounterRecord counters = description.counters;
    counters.subject = record.subject;
    count(counters);
    m_missing.remove(record.subject);
}

void AgentFeed::count(const CounterRecord &counters)
{
    if (!isSubject(counters.subject))
        return;
    CounterRecord taken = counters;
    taken.lastActivity = plausible(counters.lastActivity);
    m_records.objects.count(m_process, taken, now());
    const int row = m_records.objects.find({m_process, counters.subject});
    if (row < 0)
        return;
    m_rates.touch(row);
    // It may have ended by this, or come back.
    if ((m_records.objects.identity(row).life == RowLife::Live) != m_alive.contains(counters.subject))
        weigh(counters.subject);
}

void AgentFeed::advance(qint64 now)
{
    // What was moved before the first look has no duration.
    if (!m_isKnown)
        return;
    // After a frame that came late, because the window was held up, what was said meanwhile is still to be read.
    const bool isLate = now - std::exchange(m_advancedAt, now) > silence;
    if (now - m_stamp > silence && !isLate)
        m_stamp = now;
    if (!isLate)
        setSilent(m_link.state() == Link::State::Attached && now - m_heardAt > longestSilence);
    m_rates.advance(m_records.objects, m_stamp);
}

void AgentFeed::catchUp()
{
    static constexpr qint64 disorder = 1'000'000'000; // of what several threads and processes have told
    const EventLog &events = m_records.events;
    QSet<std::pair<quint64, bool>> seen; // the newest event of each direction has the greatest total
    for (quint64 number = events.end(); number > events.begin();) {
        const LogRecord event = events.at(--number);
        if (event.time < m_countedAt - disorder)
            break;
        const bool isReceived = event.kind == quint8(EventKind::Received);
        if (event.process != m_process || (!isReceived && event.kind != quint8(EventKind::Sent)))
            continue;
        const int row = m_records.objects.find(event.key());
        if (row < 0 || seen.contains({event.subject, isReceived}))
            continue;
        seen.insert({event.subject, isReceived});
        CounterRecord counters = m_records.objects.counters(row);
        quint64 &total = isReceived ? counters.received : counters.sent;
        if (total >= event.b || !counters.subject)
            continue;
        total = event.b;
        m_records.objects.count(m_process, counters, now());
    }
}

void AgentFeed::end()
{
    m_link.readLast();
    catchUp();
    m_link.close();
    m_isSilent = false;
    m_records.objects.closeProcess(m_process, now());
    showState();
}

void AgentFeed::detach()
{
    m_link.readLast();
    catchUp();
    m_link.close();
    m_isSilent = false;
    m_isKnown = false;
    const auto alive = std::exchange(m_alive, {});
    m_weight = 0;
    for (auto one = alive.cbegin(); one != alive.cend(); ++one)
        m_records.objects.close(m_records.objects.find({m_process, one.key()}), 0, now());
    if (const int row = m_records.objects.find({m_process, 0}); row >= 0) {
        RowRates rates = m_records.objects.rates(row);
        rates.in = rates.out = rates.latestIn = rates.latestOut = 0;
        m_records.objects.setRates(row, rates);
    }
    showState();
}

void AgentFeed::showState()
{
    ObjectTable &objects = m_records.objects;
    const int row = objects.find({m_process, 0});
    if (row < 0)
        return;
    switch (m_link.state()) {
    case Link::State::Connecting:
    case Link::State::Greeting:
    case Link::State::Waiting:
        objects.setState(row, State::Connecting);
        break;
    case Link::State::Attached:
        objects.setState(row, State::Open);
        break;
    case Link::State::Off:
        objects.setState(row, objects.identity(row).life == RowLife::Live ? State::Idle : State::Closed);
        break;
    }
    QString problem = m_link.problem();
    if (m_isSilent)
        problem = tr("it says nothing any more: stopped, or far too busy");
    // That it hung up is how one sees that a process has ended.
    if (objects.identity(row).life != RowLife::Live && !m_link.wasMisunderstood())
        problem.clear();
    if (objects.texts(row).error != problem)
        objects.setError(row, problem);
}

void AgentFeed::setSilent(bool silent)
{
    if (std::exchange(m_isSilent, silent) != silent)
        showState();
}

} // namespace inspector
