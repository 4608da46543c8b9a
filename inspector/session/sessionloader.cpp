#include "inspector/session/sessionloader.h"

#include "inspector/session/monotonic.h"

#include <QElapsedTimer>
#include <QFileInfo>

#include <cstring>

namespace inspector {

using namespace std::chrono_literals;
using net::wire::AgentCard;

// As often as a live session ends a frame: rates are smoothed over these.
static constexpr qint64 tick = 80'000'000;
static constexpr quint32 mostProcesses = 65'535; // the log keeps their numbers in 16 bits

SessionOptions SessionLoader::options()
{
    return {.directory = {},
            .events = 10'000'000,
            .payloadBytes = 512 * 1024 * 1024,
            .linger = std::chrono::hours(24 * 365 * 10),
            .processLinger = std::chrono::hours(24 * 365 * 10),
            .departed = std::numeric_limits<int>::max()};
}

QString SessionLoader::open(const QString &file)
{
    m_file.setFileName(file);
    if (QFileInfo(file).isDir())
        return tr("it is a folder");
    if (!m_file.open(QIODevice::ReadOnly))
        return m_file.errorString();
    return open(m_file, QFileInfo(file).absoluteFilePath());
}

QString SessionLoader::open(QIODevice &device, const QString &name)
{
    m_device = &device;
    m_reader = std::make_unique<SessionFileReader>(device);
    if (!m_reader->begin())
        return m_reader->problem();
    const SessionHead &head = m_reader->head();
    m_epoch = head.realtime - head.monotonic;
    m_time = m_tickedAt = head.monotonic;
    m_isLive = head.live;
    m_origin.file = name;
    m_origin.host = head.host;
    m_origin.software = head.software;
    m_origin.from = QDateTime::fromMSecsSinceEpoch(head.realtime / 1'000'000);
    m_session.become(m_origin);
    m_session.records().objects.clock().stop(m_time, m_epoch);
    return {};
}

double SessionLoader::progress() const
{
    const qint64 size = m_device ? m_device->size() : 0;
    return m_done || size <= 0 ? 1 : static_cast<double>(m_reader->position()) / static_cast<double>(size);
}

bool SessionLoader::readOn(std::chrono::milliseconds budget)
{
    QElapsedTimer watch;
    watch.start();
    while (!m_done) {
        const std::optional<SessionEntry> entry = m_reader->next();
        if (entry)
            take(*entry);
        else
            finish();
        if (watch.elapsed() >= budget.count())
            break;
    }
    return !m_done;
}

void SessionLoader::moveTo(qint64 time)
{
    m_time = time;
    m_session.records().objects.clock().stop(time, m_epoch);
    if (!m_isLive || time - m_tickedAt < tick)
        return;
    m_tickedAt = time;
    for (const auto &feed : m_session.feeds())
        feed->advance(time);
}

void SessionLoader::take(const SessionEntry &entry)
{
    moveTo(entry.time);
    if (entry.kind == EntryKind::Process) {
        takeProcess(entry);
        return;
    }
    const auto found = m_conversations.find(entry.process);
    if (found == m_conversations.end())
        return; // of no process, or of none that was met
    Conversation &conversation = found->second;
    switch (entry.kind) {
    case EntryKind::Frames:
        takeFrames(conversation, entry);
        break;
    case EntryKind::Sums:
        takeSums(conversation, entry);
        break;
    case EntryKind::Gone: {
        qint64 at = 0;
        if (entry.payload.size() >= qsizetype(sizeof at))
            std::memcpy(&at, entry.payload.data(), sizeof at);
        m_session.recallEnd(conversation.process, qBound(0LL, at, entry.time));
        conversation.feed = nullptr;
        break;
    }
    default:
        break; // of a newer writer
    }
}

void SessionLoader::takeProcess(const SessionEntry &entry)
{
    const std::optional<AgentCard> card = decodeCard(entry.payload);
    if (!card || !entry.process || m_conversations.contains(entry.process) ||
        m_session.processCount() >= mostProcesses) {
        note(tr("a process in it is described wrongly"));
        return;
    }
    AgentFeed &feed = m_session.recall(*card);
    m_conversations[entry.process] = {.feed = &feed, .process = feed.process()};
}

void SessionLoader::takeFrames(Conversation &conversation, const SessionEntry &entry)
{
    if (!conversation.feed)
        return; // words of the dead
    if (entry.flags & conversationFlag) {
        conversation.dialogue = std::make_unique<Dialogue>();
        conversation.feed->follow(conversation.dialogue.get());
        QObject::connect(conversation.dialogue.get(), &Dialogue::failed, conversation.dialogue.get(),
                         [this](const QString &reason) { note(reason); });
    }
    if (conversation.dialogue)
        conversation.dialogue->receive(entry.payload);
}

void SessionLoader::takeSums(Conversation &conversation, const SessionEntry &entry)
{
    const std::optional<QList<SumRecord>> sums = decodeSums(entry.payload);
    if (!sums) {
        note(tr("sums in it are malformed"));
        return;
    }
    ObjectTable &objects = m_session.records().objects;
    for (const SumRecord &sum : *sums) {
        const int row = objects.find({conversation.process, sum.subject});
        if (row < 0)
            continue;
        objects.credit(row, sum.received, sum.sent, plausible(sum.lastActivity),
                       {.dataLost = sum.dataLost,
                        .lateWrites = sum.lateWrites,
                        .slowestSlot = static_cast<qint64>(sum.slowestSlot) * 1000});
        if (sum.in > 0 || sum.out > 0)
            conversation.sums.append(sum);
    }
}

void SessionLoader::note(const QString &problem)
{
    if (m_origin.problem.isEmpty())
        m_origin.problem = problem;
}

void SessionLoader::finish()
{
    m_done = true;
    if (!m_reader->problem().isEmpty())
        m_origin.problem = m_reader->problem();
    Records &records = m_session.records();
    if (m_isLive) {
        m_session.catchUp();
        for (const auto &feed : m_session.feeds())
            feed->advance(m_time);
    } else if (records.events.end() > records.events.begin()) {
        const qint64 oldest = std::min(records.events.at(records.events.begin()).time, m_time);
        m_origin.from = QDateTime::fromMSecsSinceEpoch((oldest + m_epoch) / 1'000'000);
    }
    for (const auto &[number, conversation] : m_conversations) {
        for (const SumRecord &sum : conversation.sums) {
            const int row = records.objects.find({conversation.process, sum.subject});
            RowRates rates = records.objects.rates(row);
            rates.in = sum.in;
            rates.out = sum.out;
            records.objects.setRates(row, rates);
        }
    }
    m_origin.to = QDateTime::fromMSecsSinceEpoch((m_time + m_epoch) / 1'000'000);
    m_origin.events = records.events.end();
    m_origin.forgotten = records.events.overwritten();
    m_conversations.clear();
    m_session.become(m_origin);
}

} // namespace inspector
