#include "inspector/models/timelinemodel.h"

#include "inspector/models/eventtext.h"
#include "inspector/models/objectsource.h"

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

// Ten thousand rows are not sorted anew with every frame.
static constexpr qint64 listPeriod = 300'000'000;

TimelineModel::TimelineModel(LiveView &view, FilterState &filter, QObject *parent)
    : QObject(parent),
      m_view(view),
      m_filter(filter)
{
    connect(&m_view, &LiveView::framed, this, &TimelineModel::takeFrame);
    connect(&m_filter, &FilterState::changed, this, [this] {
        if (!m_active)
            return;
        list();
        Q_EMIT changed();
    });
}

void TimelineModel::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (!active)
        return;
    // Of who only sends and receives, this is all that is known of the time before.
    readLog(true);
    for (int row = 0; row < m_view.objects().size(); ++row)
        settle(row);
    list();
    Q_EMIT changed();
}

void TimelineModel::setSpan(qint64 from, qint64 to)
{
    const bool others = from < m_from || to != m_to;
    m_from = from;
    m_to = to;
    if (m_active && others)
        list();
}

void TimelineModel::takeFrame(const FrameChanges &changes)
{
    if (!m_active)
        return;
    readLog(false);
    for (const auto *rows : {&changes.added, &changes.changed, &changes.removed}) {
        for (const int row : *rows)
            settle(row);
    }
    const bool others = !changes.added.empty() || !changes.removed.empty() || m_filter.filter().dependsOnTime();
    if (m_view.now() - m_listedAt >= (others ? listPeriod : 4 * listPeriod))
        list();
    Q_EMIT changed();
}

// Of a million events a second nearly all are bytes that move, and move no phase; those that fill a queue do.
static bool movesPhase(const LogRecord &event)
{
    if (!isDataEvent(event))
        return true;
    return static_cast<net::wire::EventKind>(event.kind) == net::wire::EventKind::Queued &&
           event.flags & net::wire::NeedsDrain;
}

static Phase phaseAfter(const LogRecord &event)
{
    const bool drained = static_cast<net::wire::EventKind>(event.kind) == net::wire::EventKind::Drain;
    return phaseOf(static_cast<net::wire::State>(event.state),
                   drained ? event.flags & ~quint32(net::wire::NeedsDrain) : event.flags);
}

void TimelineModel::readLog(bool all)
{
    const EventLog &events = m_view.events();
    if (m_next < events.begin()) {
        // While nobody looked, or nearly so, more has happened than is kept.
        for (PhaseHistory &history : m_histories)
            history.lose(m_readTo);
        m_next = events.begin();
    }
    while (m_next < m_view.eventEnd()) {
        for (const LogRecord &event : events.run(m_next)) {
            if (m_next >= m_view.eventEnd())
                break;
            ++m_next;
            m_readTo = event.time;
            if (all || movesPhase(event))
                m_histories[event.key()].enter(event.time, phaseAfter(event));
        }
    }
}

void TimelineModel::settle(int row)
{
    const ObjectTable &table = m_view.objects();
    const RowIdentity &identity = table.identity(row);
    if (identity.life == RowLife::Free || !isSocket(identity.kind))
        return;
    PhaseHistory &history = m_histories[identity.key];
    const net::wire::CounterRecord &counters = table.counters(row);
    const Phase phase =
        identity.goneAt ? phaseOf(net::wire::State::Closed, counters.flags) : phaseOf(counters.state, counters.flags);
    history.setBirth(identity.createdAt);
    history.settle(identity.goneAt ? identity.goneAt : m_view.now(), phase);
}

void TimelineModel::list()
{
    m_listedAt = m_view.now();
    const ObjectTable &table = m_view.objects();
    const Filter filter = m_filter.filter().without(Field::Time);
    m_begin = m_listedAt;
    std::vector<int> rows;
    QSet<SubjectKey> known;
    for (int row = 0; row < table.size(); ++row) {
        const RowIdentity &identity = table.identity(row);
        if (identity.life == RowLife::Free || !isSocket(identity.kind))
            continue;
        known.insert(identity.key);
        if (!table.isShown(row) && !identity.goneAt)
            continue;
        if (!filter.isEmpty() && !filter.matches(ObjectSource(table, row, m_view.now())))
            continue;
        m_begin = std::min(m_begin, identity.createdAt);
        if (identity.createdAt <= m_to && (!identity.goneAt || identity.goneAt >= m_from))
            rows.push_back(row);
    }
    std::ranges::sort(rows, {}, [&](int row) {
        const RowIdentity &identity = table.identity(row);
        return std::tuple(identity.createdAt, identity.key.process, identity.key.subject);
    });
    m_rows.clear();
    for (const int row : rows)
        m_rows.push_back(table.identity(row).key);
    m_histories.removeIf([&](auto entry) { return !known.contains(entry.key()); });
}

int TimelineModel::indexOf(SubjectKey key) const
{
    const auto found = std::ranges::find(m_rows, key);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString TimelineModel::name(int index) const
{
    const int row = m_view.objects().find(keyAt(index));
    return row < 0 ? QString() : rowName(m_view.objects(), row);
}

QString TimelineModel::describe(int index, qint64 time) const
{
    const ObjectTable &table = m_view.objects();
    const int row = table.find(keyAt(index));
    if (row < 0)
        return {};
    const auto history = m_histories.constFind(keyAt(index));
    const Phases phases = history == m_histories.cend() ? Phases() : history->at(time);
    return u"%1\n%2  %3\n%4"_s.arg(rowTitle(table, row), m_view.clockText(time), phaseText(phases),
                                   table.texts(row).remote);
}

std::vector<Phases> TimelineModel::pixels(int index, qint64 from, qint64 to, int count) const
{
    const auto history = m_histories.constFind(keyAt(index));
    if (history == m_histories.cend())
        return std::vector<Phases>(static_cast<std::size_t>(std::max(0, count)));
    const qint64 gone = lifeOf(index).second;
    return history->pixels(from, to, count, gone);
}

std::pair<qint64, qint64> TimelineModel::lifeOf(int index) const
{
    const int row = m_view.objects().find(keyAt(index));
    if (row < 0)
        return {now(), now()};
    const RowIdentity &identity = m_view.objects().identity(row);
    return {identity.createdAt, identity.goneAt ? identity.goneAt : now()};
}

QString TimelineModel::condition(qint64 from, qint64 to) const
{
    return u"time:%1..%2"_s.arg(m_view.clockText(std::min(from, to)), m_view.clockText(std::max(from, to)));
}

std::optional<std::pair<qint64, qint64>> TimelineModel::brush() const
{
    const double second = m_view.objects().clock().secondOfDay(now());
    const auto span = m_filter.filter().span(second);
    if (!span)
        return std::nullopt;
    const auto timeOf = [&](double moment) {
        return now() - static_cast<qint64>((second - moment) * 1e9);
    };
    return std::pair(timeOf(span->first), timeOf(span->second));
}

QString phaseText(Phase phase)
{
    switch (phase) {
    case Phase::None:
        break;
    case Phase::Unknown:
        return TimelineModel::tr("not known any more");
    case Phase::Closed:
        return TimelineModel::tr("closed");
    case Phase::Idle:
        return TimelineModel::tr("idle");
    case Phase::Open:
        return TimelineModel::tr("open");
    case Phase::Connecting:
        return TimelineModel::tr("connecting");
    case Phase::HalfOpen:
        return TimelineModel::tr("half-open");
    case Phase::Paused:
        return TimelineModel::tr("paused");
    case Phase::WaitsForDrain:
        return TimelineModel::tr("waits for drain");
    case Phase::Failed:
        return TimelineModel::tr("failed");
    }
    return TimelineModel::tr("not there");
}

QString phaseText(Phases phases)
{
    return phases.isMixed() ? TimelineModel::tr("now %1, now %2, in quick turns")
                                  .arg(phaseText(phases.least), phaseText(phases.worst))
                            : phaseText(phases.worst);
}

} // namespace inspector
