#include "inspector/models/eventmodel.h"

#include "inspector/models/eventtext.h"
#include "inspector/models/objectsource.h"
#include "inspector/models/strangetext.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace inspector {

EventModel::EventModel(LiveView &view, FilterState &filter, QObject *parent)
    : QAbstractTableModel(parent),
      m_view(view),
      m_filter(filter)
{
    connect(&m_view, &LiveView::framed, this, &EventModel::takeFrame);
    connect(&m_filter, &FilterState::changed, this, &EventModel::rescan);
    connect(&m_view.times(), &TimeScale::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::DisplayRole});
    });
    rescan();
}

void EventModel::setWindow(int rows)
{
    m_window = std::max(1, rows);
    rescan();
}

void EventModel::setSubject(SubjectKey key)
{
    if (m_subject == key)
        return;
    m_subject = key;
    rescan();
}

void EventModel::setDataShown(bool shown)
{
    if (m_dataShown == shown)
        return;
    m_dataShown = shown;
    rescan();
}

bool EventModel::belongs(const LogRecord &event) const
{
    if (m_subject.isNull() || event.key() == m_subject)
        return true;
    if (m_subject.isListener()) {
        const ObjectTable &table = m_view.objects();
        const int row = table.find(event.key());
        const int server = row < 0 ? -1 : table.identity(row).kind == RowKind::Server ? row : table.serverOf(row);
        return server >= 0 && table.identity(server).listener == m_subject;
    }
    if (event.process != m_subject.process)
        return false;
    if (m_subject.isProcess())
        return true;
    const int row = m_view.objects().find(event.key());
    return row >= 0 && m_view.objects().identity(row).server == m_subject.subject;
}

bool EventModel::passesAll() const
{
    return m_dataShown && m_subject.isNull() && m_filter.filter().isEmpty();
}

bool EventModel::passes(const LogRecord &event)
{
    if (!m_dataShown && isDataEvent(event))
        return false;
    if (m_subject.isNull() && m_filter.filter().isEmpty())
        return true;
    // Only time tells two events of one object apart.
    const bool timed = m_filter.filter().asks(Field::Time);
    const auto known = m_verdicts.constFind(event.key());
    if (known != m_verdicts.cend() && !timed)
        return *known;
    const int row = m_view.objects().find(event.key());
    const auto matches = [&] {
        ObjectSource source(m_view.objects(), row, m_view.now());
        source.setMoment(event.time);
        return m_filter.filter().matches(source);
    };
    const bool verdict = belongs(event) && (m_filter.filter().isEmpty() || (row >= 0 && matches()));
    m_verdicts.insert(event.key(), verdict);
    return verdict;
}

void EventModel::rescan()
{
    beginResetModel();
    m_rows.clear();
    m_verdicts.clear();
    m_next = m_view.eventEnd();
    const quint64 first = m_view.events().begin();
    for (quint64 number = m_next; number > first && m_rows.size() < static_cast<std::size_t>(m_window);) {
        --number;
        if (passes(m_view.events().at(number)))
            m_rows.push_front(number);
    }
    endResetModel();
    Q_EMIT advanced(rowCount(), 0);
}

void EventModel::takeFrame()
{
    const EventLog &events = m_view.events();
    m_verdicts.clear();
    const auto kept = std::ranges::lower_bound(m_rows, events.begin());
    const int removed = static_cast<int>(kept - m_rows.begin());
    removeFirst(removed);

    std::vector<quint64> fresh;
    m_next = std::max(m_next, events.begin());
    const quint64 end = m_view.eventEnd();
    // Where everything passes, nobody need look at what more recent events push out of the window at once.
    quint64 skipped = 0;
    if (const auto window = static_cast<quint64>(m_window); passesAll() && end - std::min(end, m_next) > window) {
        skipped = end - window - m_next;
        m_next += skipped;
    }
    if (passesAll()) {
        fresh.resize(end - std::min(end, m_next));
        std::iota(fresh.begin(), fresh.end(), std::exchange(m_next, end));
    }
    while (m_next < end) {
        for (const LogRecord &event : events.run(m_next)) {
            if (passes(event))
                fresh.push_back(m_next);
            ++m_next;
        }
    }
    const int count = static_cast<int>(skipped + fresh.size());
    if (std::ssize(fresh) > m_window)
        fresh.erase(fresh.begin(), fresh.end() - m_window);
    const int excess = rowCount() + static_cast<int>(fresh.size()) - m_window;
    removeFirst(excess);
    if (!fresh.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
        m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
        endInsertRows();
    }
    if (count > 0 || removed > 0 || excess > 0)
        Q_EMIT advanced(count, std::max(0, removed) + std::max(0, excess));
}

void EventModel::removeFirst(int count)
{
    if (count <= 0)
        return;
    beginRemoveRows({}, 0, count - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + count);
    endRemoveRows();
}

LogRecord EventModel::recordOf(int row) const
{
    return m_view.events().at(m_rows[static_cast<std::size_t>(row)]);
}

SubjectKey EventModel::keyOf(const QModelIndex &index) const
{
    return index.isValid() ? recordOf(index.row()).key() : SubjectKey();
}

void EventModel::choose(const QModelIndex &index)
{
    // What was overwritten while the view is paused has no time.
    if (const LogRecord event = index.isValid() ? recordOf(index.row()) : LogRecord(); event.process)
        m_view.times().choose(event.time);
}

QString EventModel::timeText(int row) const
{
    const LogRecord event = recordOf(row);
    return event.process ? m_view.times().text(event.time, row > 0 ? recordOf(row - 1).time : 0) : QString();
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : eventColumnCount;
}

QString EventModel::text(const LogRecord &event, EventColumn column) const
{
    // The ring has gone on while the view was paused.
    if (event.process == 0)
        return column == EventColumn::Event ? tr("(overwritten)") : QString();
    const ObjectTable &table = m_view.objects();
    switch (column) {
    case EventColumn::Time:
        return m_view.clockText(event.time);
    case EventColumn::Process:
        return processName(table, event.process);
    case EventColumn::Object:
        return eventSubject(event, table);
    case EventColumn::Event:
        return eventName(event);
    case EventColumn::Detail:
        return eventDetail(event, table);
    }
    return {};
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = static_cast<EventColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        if (column == EventColumn::Time)
            return timeText(index.row());
        return text(recordOf(index.row()), column);
    case Qt::ToolTipRole:
        return plainTip(text(recordOf(index.row()), column));
    case KeyRole:
        return QVariant::fromValue(keyOf(index));
    case ToneRole:
        if (column == EventColumn::Event)
            return static_cast<int>(eventTone(recordOf(index.row())));
        return static_cast<int>(column == EventColumn::Object ? Tone::Plain : Tone::Dim);
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<EventColumn>(section)) {
    case EventColumn::Time:
        return tr("Time");
    case EventColumn::Process:
        return tr("Process");
    case EventColumn::Object:
        return tr("Object");
    case EventColumn::Event:
        return tr("Event");
    case EventColumn::Detail:
        return tr("Detail");
    }
    return {};
}

} // namespace inspector
