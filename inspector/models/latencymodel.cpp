#include "inspector/models/latencymodel.h"

#include "inspector/models/eventtext.h"
#include "inspector/models/lints.h"
#include "inspector/models/units.h"

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::EventKind;
using LatencyColumn = LatencyModel::LatencyColumn;

LatencyModel::LatencyModel(LiveView &view, FilterState &filter, QObject *parent)
    : SocketTableModel(view, filter, parent)
{
    setHeadings(
        {{tr("Object"), tr("One end of the connection"), false, objectSample()},
         {tr("Remote"), tr("The other end"), false, addressSample()},
         {tr("Connect"), tr("From the first step to \"connected\""), true},
         {tr("First byte"), tr("From \"connected\" or \"accepted\" to the first byte received"), true},
         {tr("Answers"), tr("How often the direction turned: a request was answered"), true},
         {tr("p50"), tr("Half of the answers came within this time"), true},
         {tr("p99"), tr("99 of 100 answers came within this time"), true},
         {tr("Slowest"), tr("The slowest answer"), true},
         {tr("Wait p99"), tr("From readiness to the signal: others of the same turn came first"), true},
         {tr("Slot p99"), tr("From the signal to the return of its slots"), true},
         {tr("Slowest slot"), tr("The longest of them, and its signal"), true, QStringLiteral("120 ms connection")}});
}

Column LatencyModel::objectColumn(int column) const
{
    return column == static_cast<int>(LatencyColumn::Remote) ? Column::Remote : Column::Name;
}

// A client asks by sending and is answered by receiving, an accepted socket the other way round.
void LatencyModel::move(Times &times, qint64 time, bool received)
{
    if (received && times.first < 0 && times.opened)
        times.first = std::max<qint64>(0, time - times.opened);
    const bool asks = received == times.accepted;
    if (asks) {
        times.asked = time;
    } else if (times.asked) {
        times.answers.add(time - times.asked);
        times.asked = 0;
    }
}

LatencyModel::Times &LatencyModel::timesOf(SubjectKey key)
{
    const auto known = m_times.find(key);
    if (known != m_times.end())
        return *known;
    Times times;
    // Its event may have been dropped, or be older than the log.
    const int row = table().find(key);
    if (row >= 0 && table().identity(row).kind == RowKind::Accepted) {
        times.accepted = true;
        times.opened = table().identity(row).createdAt;
    }
    return *m_times.insert(key, times);
}

void LatencyModel::time(Times &times, const LogRecord &event)
{
    const auto took = static_cast<qint64>(event.b);
    if (took > times.slots_.greatest() || !times.slots_.count())
        times.slowest = slotSignal(event);
    times.slots_.add(took);
    if (const qint64 waited = slotWait(event); waited > 0)
        times.waits.add(waited);
}

void LatencyModel::note(const LogRecord &event)
{
    switch (static_cast<EventKind>(event.kind)) {
    case EventKind::Received:
    case EventKind::Sent:
        move(timesOf(event.key()), event.time, static_cast<EventKind>(event.kind) == EventKind::Received);
        break;
    case EventKind::Lookup:
    case EventKind::Attempt: {
        Times &times = timesOf(event.key());
        if (!times.begun)
            times.begun = event.time;
        break;
    }
    case EventKind::Connected: {
        Times &times = timesOf(event.key());
        times.opened = event.time;
        if (times.begun && times.connect < 0)
            times.connect = std::max<qint64>(0, event.time - times.begun);
        break;
    }
    case EventKind::Accepted: {
        timesOf(SubjectKey{event.process, event.a}).opened = event.time;
        break;
    }
    case EventKind::SlotReturned:
        time(timesOf(event.key()), event);
        break;
    default:
        break;
    }
}

void LatencyModel::rest()
{
    view().session().timeSlots(false);
}

void LatencyModel::readOn()
{
    view().session().timeSlots(true);
    // Each event costs a look into a hash here. A recording has no next frame to go on in.
    const quint64 portion = view().session().isLive() ? 100'000 : LogReader::everything;
    m_complete = m_log.read(
        view(), [this](const LogRecord &event) { note(event); }, portion);
}

void LatencyModel::forget()
{
    m_times.removeIf([this](auto entry) { return table().find(entry.key()) < 0; });
}

const LatencyModel::Times *LatencyModel::timesOf(int row) const
{
    const auto found = m_times.constFind(table().identity(row).key);
    return found == m_times.cend() ? nullptr : &*found;
}

double LatencyModel::weight(int row) const
{
    const Times *times = timesOf(row);
    if (!times || (times->connect < 0 && times->first < 0 && !times->answers.count() && !times->slots_.count()))
        return -1;
    return static_cast<double>(
        std::max({times->connect, times->first, times->answers.greatest(), times->slots_.greatest()}));
}

void LatencyModel::take(const std::vector<int> &rows)
{
    m_sums.fill({});
    for (const int row : rows) {
        const Times &times = *timesOf(row);
        if (times.connect >= 0)
            m_sums[static_cast<std::size_t>(Measure::Connect)].add(times.connect);
        if (times.first >= 0)
            m_sums[static_cast<std::size_t>(Measure::FirstByte)].add(times.first);
        m_sums[static_cast<std::size_t>(Measure::Answer)].add(times.answers);
        m_sums[static_cast<std::size_t>(Measure::Wait)].add(times.waits);
        m_sums[static_cast<std::size_t>(Measure::Slot)].add(times.slots_);
    }
}

QString LatencyModel::summary() const
{
    const LatencyHistogram &answers = histogram(Measure::Answer);
    QString text = tr("%1 answers").arg(countText(answers.count()));
    if (answers.count())
        text += tr(" · p50 %1 · p99 %2").arg(latencyText(answers.quantile(0.5)), latencyText(answers.quantile(0.99)));
    if (const LatencyHistogram &all = histogram(Measure::Slot); all.count())
        text += tr(" · slots p99 %1, at most %2").arg(latencyText(all.quantile(0.99)), latencyText(all.greatest()));
    return m_complete ? text : text + tr(" · reading the log…");
}

QString LatencyModel::text(int row, int column) const
{
    const Times *times = timesOf(row);
    if (!times)
        return {};
    const bool answered = times->answers.count() > 0;
    switch (static_cast<LatencyColumn>(column)) {
    case LatencyColumn::Object:
        return rowTitle(table(), row);
    case LatencyColumn::Remote:
        return table().texts(row).remote;
    case LatencyColumn::Connect:
        return times->connect < 0 ? QString() : latencyText(times->connect);
    case LatencyColumn::FirstByte:
        return times->first < 0 ? QString() : latencyText(times->first);
    case LatencyColumn::Answers:
        return answered ? countText(times->answers.count()) : QString();
    case LatencyColumn::Median:
        return answered ? latencyText(times->answers.quantile(0.5)) : QString();
    case LatencyColumn::P99:
        return answered ? latencyText(times->answers.quantile(0.99)) : QString();
    case LatencyColumn::Greatest:
        return answered ? latencyText(times->answers.greatest()) : QString();
    case LatencyColumn::Wait:
        return times->waits.count() ? latencyText(times->waits.quantile(0.99)) : QString();
    case LatencyColumn::Slot:
        return times->slots_.count() ? latencyText(times->slots_.quantile(0.99)) : QString();
    case LatencyColumn::SlowestSlot:
        return times->slots_.count() ? u"%1 %2"_s.arg(latencyText(times->slots_.greatest()), signalText(times->slowest))
                                     : QString();
    }
    return {};
}

Tone LatencyModel::tone(int row, int column) const
{
    const bool isSlot = column == static_cast<int>(LatencyColumn::SlowestSlot);
    return isSlot && table().told(row).slowestSlot > slowSlot ? Tone::Warning : Tone::Plain;
}

} // namespace inspector
