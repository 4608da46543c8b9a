#include "inspector/window/framemeter.h"

#include "inspector/session/monotonic.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>

#include <ctime>
#include <unistd.h>

namespace inspector {

using namespace Qt::StringLiterals;

// Of a frame's events so many at most are looked at; their ages differ little from those between them.
static constexpr quint64 samplesPerFrame = 1024;

static double milliseconds(qint64 nanoseconds)
{
    return static_cast<double>(nanoseconds / 1000) / 1000;
}

static double residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    const double pages = file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() : 0;
    return pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

static QJsonObject describe(const Durations &durations)
{
    return {{u"p50"_s, milliseconds(durations.quantile(.5))},
            {u"p99"_s, milliseconds(durations.quantile(.99))},
            {u"worst"_s, milliseconds(durations.greatest())}};
}

FrameMeter::Moment FrameMeter::Moment::now()
{
    timespec cpu{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
    return {.time = monotonicNow(), .cpu = static_cast<qint64>(cpu.tv_sec) * 1'000'000'000 + cpu.tv_nsec};
}

FrameMeter::FrameMeter(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::met, this, &FrameMeter::meet);
    connect(&session, &Session::framed, this, &FrameMeter::takeFrame);
}

void FrameMeter::meet(quint32 process)
{
    AgentFeed *const feed = m_session.feed(process);
    if (!feed)
        return;
    m_attachments[process].begun = monotonicNow();
    connect(&feed->link(), &Link::begun, this, [this, process](Dialogue *dialogue) {
        connect(dialogue, &Dialogue::greeted, this, [this, process] { m_attachments[process].greeted = true; });
        connect(dialogue, &Dialogue::snapshotEnded, this, [this, process] {
            if (Attachment &attachment = m_attachments[process]; !attachment.told)
                attachment.told = monotonicNow();
        });
    });
}

void FrameMeter::takeFrame(const FrameChanges &changes)
{
    // What was done before this event belongs to the frame before; a second frame in the same event to the first.
    if (!std::exchange(m_framed, true)) {
        closeFrame();
        m_isNew = false;
    }
    m_modelled = m_session.records().events.end();
    m_isNew = m_isNew || !changes.isEmpty() || m_modelled > m_seen;
    for (auto &[process, attachment] : m_attachments) {
        if (attachment.modelled || !attachment.greeted)
            continue;
        m_hasArrival = true;
        if (attachment.told)
            attachment.modelled = monotonicNow();
    }
}

void FrameMeter::add(const Moment &begin, const Moment &end, bool repainted)
{
    if (std::exchange(m_framed, false))
        m_sum = {};
    m_sum.time += end.time - begin.time;
    m_sum.cpu += end.cpu - begin.cpu;
    m_longest = std::max(m_longest, end.time - begin.time);
    // The first repaint after a frame brings all of it to the screen; later ones are of what moves by itself.
    if (repainted && !m_repainted)
        m_repainted = end.time;
}

void FrameMeter::closeFrame()
{
    if (m_isNew && !m_hasArrival) {
        m_busy.add(m_sum.time);
        m_cpu.add(m_sum.cpu);
    }
    // Without a repaint what is new stays to be shown by a later frame.
    if (m_repainted) {
        noteAges();
        noteAttachments();
    }
    m_repainted = 0;
    m_hasArrival = false;
}

void FrameMeter::noteAges()
{
    const EventLog &log = m_session.records().events;
    m_seen = std::max(m_seen, log.begin());
    const quint64 stride = std::max<quint64>(1, (m_modelled - std::min(m_seen, m_modelled)) / samplesPerFrame);
    for (; m_seen < m_modelled; m_seen += stride) {
        // The history was there before anybody looked.
        const LogRecord event = log.at(m_seen);
        const auto attachment = m_attachments.find(event.process);
        if (attachment != m_attachments.end() && attachment->second.told && event.time > attachment->second.told)
            m_ages.add(m_repainted - event.time);
    }
    m_seen = m_modelled;
}

void FrameMeter::noteAttachments()
{
    for (auto &[process, attachment] : m_attachments) {
        if (attachment.modelled && !std::exchange(attachment.isShown, true))
            Q_EMIT shown(describe(process, attachment));
    }
}

QJsonObject FrameMeter::describe(quint32 process, const Attachment &attachment) const
{
    const ObjectTable &objects = m_session.records().objects;
    int subjects = 0;
    for (int row = 0; row < objects.size(); ++row)
        subjects += objects.isShown(row) && objects.identity(row).key.process == process;
    const int row = objects.find({process, 0});
    return {{u"process"_s, row < 0 ? QString() : objects.texts(row).name},
            {u"pid"_s, row < 0 ? 0 : static_cast<double>(objects.identity(row).pid)},
            {u"rows"_s, subjects},
            {u"toldAfter"_s, milliseconds(attachment.told - attachment.begun)},
            {u"inModelsAfter"_s, milliseconds(attachment.modelled - attachment.begun)},
            {u"onScreenAfter"_s, milliseconds(m_repainted - attachment.begun)}};
}

QJsonObject FrameMeter::accounts() const
{
    const AgentFeed::Accounts accounts = m_session.accounts();
    const auto number = [](quint64 count) {
        return static_cast<double>(count);
    };
    return {{u"emitted"_s, number(accounts.emitted)},
            {u"beforeAttach"_s, number(accounts.beforeAttach)},
            {u"delivered"_s, number(accounts.delivered)},
            {u"droppedInRings"_s, number(accounts.ringDropped)},
            {u"droppedOnTheWay"_s, number(accounts.linkDropped)},
            {u"pending"_s, number(accounts.pending)},
            {u"received"_s, number(accounts.received)}};
}

QJsonObject FrameMeter::result() const
{
    const EventLog &log = m_session.records().events;
    timespec cpu{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    return {{u"platform"_s, QGuiApplication::platformName()},
            {u"frames"_s, static_cast<double>(m_busy.count())},
            {u"frame"_s, inspector::describe(m_busy)},
            {u"frameCpu"_s, inspector::describe(m_cpu)},
            {u"longestTurn"_s, milliseconds(m_longest)},
            {u"eventToScreen"_s, inspector::describe(m_ages)},
            {u"events"_s, accounts()},
            {u"kept"_s, static_cast<double>(log.end() - log.begin())},
            {u"keptBytes"_s, static_cast<double>(log.memory())},
            {u"residentBytes"_s, residentBytes()},
            {u"cpuSeconds"_s, static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) / 1e9}};
}

} // namespace inspector
