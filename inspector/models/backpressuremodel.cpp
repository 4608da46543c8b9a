#include "inspector/models/backpressuremodel.h"

#include "inspector/models/units.h"

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::EventKind;
using BackpressureColumn = BackpressureModel::BackpressureColumn;

static constexpr std::size_t mostWatched = 64;

BackpressureModel::BackpressureModel(LiveView &view, FilterState &filter, QObject *parent)
    : SocketTableModel(view, filter, parent)
{
    setHeadings(
        {{tr("Object"), tr("Who writes"), false, objectSample()},
         {tr("Queue"), tr("Bytes that wait to be sent, and the high-water mark"), true, u"99.9 KiB of 99.9 KiB"_s},
         {tr("What it means"), tr("Who is slow"), false, u"the peer is slow: 99.9 KiB wait for it to read"_s},
         {tr("In the kernel"), tr("Bytes sent and not acknowledged, or not sent yet; of a local socket, not read"),
          true},
         {tr("Above since"), tr("For how long it has been waiting for drain"), true},
         {tr("Waited"), tr("For how long it has waited for drain in all"), true},
         {tr("Times"), tr("How often it had to wait for drain"), true},
         {tr("Remote"), tr("To whom")}});
}

Column BackpressureModel::objectColumn(int column) const
{
    switch (static_cast<BackpressureColumn>(column)) {
    case BackpressureColumn::Remote:
        return Column::Remote;
    case BackpressureColumn::Object:
        return Column::Name;
    default:
        return Column::Queue;
    }
}

void BackpressureModel::note(const LogRecord &event)
{
    const auto kind = static_cast<EventKind>(event.kind);
    // Of a million events a second nearly all are bytes that arrive or leave.
    if (kind == EventKind::Received || kind == EventKind::Sent)
        return;
    const bool waits = event.flags & net::wire::NeedsDrain && kind != EventKind::Drain && kind != EventKind::Closed;
    auto known = m_waits.find(event.key());
    if (waits && (known == m_waits.end() || !known->since)) {
        if (known == m_waits.end())
            known = m_waits.insert(event.key(), {});
        known->since = event.time;
        ++known->times;
    } else if (!waits && known != m_waits.end() && known->since) {
        known->total += std::max<qint64>(0, event.time - known->since);
        known->endedAt = event.time;
        known->since = 0;
    }
}

void BackpressureModel::readOn()
{
    m_log.read(view(), [this](const LogRecord &event) { note(event); });
}

void BackpressureModel::forget()
{
    m_waits.removeIf([this](auto entry) { return table().find(entry.key()) < 0; });
}

void BackpressureModel::rest()
{
    view().session().watchKernel(Session::Watcher::Backpressure, {});
}

// Those with the most on their hearts come first, and nobody reads more of them than these.
void BackpressureModel::watch(const std::vector<int> &rows)
{
    QSet<SubjectKey> keys;
    for (std::size_t i = 0; i < rows.size() && i < mostWatched; ++i) {
        if (table().counters(rows[i]).queued > 0 && !table().identity(rows[i]).goneAt)
            keys.insert(table().identity(rows[i]).key);
    }
    view().session().watchKernel(Session::Watcher::Backpressure, keys);
}

const KernelState *BackpressureModel::kernel(int row) const
{
    return view().session().records().kernel.find(table().identity(row).key, view().now());
}

// The counters are samples: who waits in all of them may have caught up between any two, and only the events say so.
qint64 BackpressureModel::since(int row) const
{
    if (!isAbove(row))
        return 0;
    const auto known = m_waits.constFind(table().identity(row).key);
    const qint64 sampled = table().marks(row).drainAt;
    if (known == m_waits.cend())
        return sampled;
    return known->since ? known->since : std::max(sampled, known->endedAt);
}

qint64 BackpressureModel::waited(int row) const
{
    const auto known = m_waits.constFind(table().identity(row).key);
    const qint64 before = known == m_waits.cend() ? 0 : known->total;
    const qint64 begun = since(row);
    return before + (begun ? std::max<qint64>(0, view().now() - begun) : 0);
}

double BackpressureModel::weight(int row) const
{
    const double queued = static_cast<double>(table().counters(row).queued);
    if (isAbove(row))
        return 1e18 + queued;
    if (queued > 0 && !table().identity(row).goneAt)
        return 1e15 + queued;
    return m_waits.contains(table().identity(row).key) ? static_cast<double>(waited(row)) / 1e9 : -1;
}

void BackpressureModel::take(const std::vector<int> &rows)
{
    m_queued = 0;
    m_above = m_waiting = 0;
    double excess = 0;
    for (const int row : rows) {
        if (table().identity(row).goneAt)
            continue;
        const net::wire::CounterRecord &counters = table().counters(row);
        m_queued += counters.queued;
        m_above += isAbove(row);
        m_waiting += counters.queued > 0;
        if (isAbove(row))
            excess += static_cast<double>(counters.queued);
    }
    watch(rows);
    m_series.append({view().now(), static_cast<float>(excess), static_cast<float>(m_queued)});
}

QString BackpressureModel::summary() const
{
    return tr("%1 above the mark · %2 waiting · %3 queued")
        .arg(countText(static_cast<quint64>(m_above)), countText(static_cast<quint64>(m_waiting)), bytesText(m_queued));
}

QString BackpressureModel::text(int row, int column) const
{
    const auto known = m_waits.constFind(table().identity(row).key);
    switch (static_cast<BackpressureColumn>(column)) {
    case BackpressureColumn::Object:
        return rowTitle(table(), row);
    case BackpressureColumn::Remote:
        return table().texts(row).remote;
    case BackpressureColumn::Queue:
        return queueText(table(), row);
    case BackpressureColumn::Kernel: {
        const KernelState *const state = kernel(row);
        return state ? bytesText(state->record.unsent) : QString();
    }
    case BackpressureColumn::Since:
        return since(row) ? spanText(std::max<qint64>(0, view().now() - since(row))) : QString();
    case BackpressureColumn::Waited:
        return waited(row) > 0 ? spanText(waited(row)) : QString();
    case BackpressureColumn::Times:
        return known == m_waits.cend() ? QString() : countText(static_cast<quint64>(known->times));
    case BackpressureColumn::Why:
        break;
    }
    return slownessText(table(), row, kernel(row));
}

Tone BackpressureModel::tone(int row, int column) const
{
    if (!isAbove(row))
        return column == static_cast<int>(BackpressureColumn::Why) ? Tone::Dim : Tone::Plain;
    const bool says =
        column == static_cast<int>(BackpressureColumn::Since) || column == static_cast<int>(BackpressureColumn::Why);
    return says ? Tone::Warning : Tone::Plain;
}

double BackpressureModel::fill(int row, int column) const
{
    const net::wire::CounterRecord &counters = table().counters(row);
    if (column != static_cast<int>(BackpressureColumn::Queue) || !counters.queued || !counters.highWaterMark)
        return -1;
    return static_cast<double>(counters.queued) / static_cast<double>(counters.highWaterMark);
}

} // namespace inspector
