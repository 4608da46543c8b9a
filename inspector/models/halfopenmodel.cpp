#include "inspector/models/halfopenmodel.h"

#include "inspector/models/units.h"

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::EventKind;
using net::wire::State;
using HalfOpenColumn = HalfOpenModel::HalfOpenColumn;

// A half-open connection is what the first seconds of an orderly end look like.
static constexpr qint64 isLong = 10'000'000'000;

HalfOpenModel::HalfOpenModel(LiveView &view, FilterState &filter, QObject *parent)
    : SocketTableModel(view, filter, parent)
{
    setHeadings({{tr("Object"), tr("One end of the connection"), false, objectSample()},
                 {tr("Remote"), tr("The other end"), false, addressSample()},
                 {tr("Has ended"), tr("Who sends no more")},
                 {tr("Since"), tr("For how long only one direction has been open"), true},
                 {tr("Pending"), tr("Bytes that still wait to be sent"), true},
                 {tr("Why it is not closed"), tr("What is missing until the connection is closed")}});
}

Column HalfOpenModel::objectColumn(int column) const
{
    switch (static_cast<HalfOpenColumn>(column)) {
    case HalfOpenColumn::Object:
        return Column::Name;
    case HalfOpenColumn::Remote:
        return Column::Remote;
    case HalfOpenColumn::Pending:
        return Column::Queue;
    default:
        return Column::State;
    }
}

void HalfOpenModel::readOn()
{
    m_log.read(view(), [this](const LogRecord &event) {
        const auto kind = static_cast<EventKind>(event.kind);
        if (kind == EventKind::PeerEnded || kind == EventKind::Ended || kind == EventKind::Finished) {
            if (!m_ended.contains(event.key()))
                m_ended.insert(event.key(), event.time);
        } else if (kind == EventKind::Closed || kind == EventKind::Connected) {
            m_ended.remove(event.key());
        }
    });
}

void HalfOpenModel::forget()
{
    m_ended.removeIf([this](auto entry) { return table().find(entry.key()) < 0; });
}

qint64 HalfOpenModel::endedAt(int row) const
{
    const qint64 told = m_ended.value(table().identity(row).key);
    return told ? told : table().marks(row).stateAt;
}

double HalfOpenModel::weight(int row) const
{
    const State state = table().counters(row).state;
    const bool is = state == State::ReadEnded || state == State::WriteEnded;
    if (!is || table().identity(row).goneAt)
        return -1;
    return std::max(0.0, static_cast<double>(view().now() - endedAt(row)));
}

void HalfOpenModel::take(const std::vector<int> &rows)
{
    m_byPeer = m_byUs = 0;
    for (const int row : rows)
        ++(table().counters(row).state == State::ReadEnded ? m_byPeer : m_byUs);
}

QString HalfOpenModel::summary() const
{
    return tr("%1 ended by the peer · %2 ended here")
        .arg(countText(static_cast<quint64>(m_byPeer)), countText(static_cast<quint64>(m_byUs)));
}

QString HalfOpenModel::why(int row) const
{
    const net::wire::CounterRecord &counters = table().counters(row);
    if (counters.state == State::WriteEnded) {
        if (counters.flags & net::wire::Paused)
            return tr("reading is paused: the peer's end can't be seen; call resume()");
        return tr("the peer has not ended its side yet");
    }
    if (counters.queued > 0)
        return tr("what is queued has to go out first");
    if (counters.flags & net::wire::Ending)
        return tr("end() was called and is on its way");
    return tr("end() was not called: allowHalfOpen leaves that to the application");
}

QString HalfOpenModel::text(int row, int column) const
{
    switch (static_cast<HalfOpenColumn>(column)) {
    case HalfOpenColumn::Object:
        return rowTitle(table(), row);
    case HalfOpenColumn::Remote:
        return table().texts(row).remote;
    case HalfOpenColumn::Ended:
        return table().counters(row).state == State::ReadEnded ? tr("▼ the peer") : tr("▲ this side");
    case HalfOpenColumn::Since:
        return spanText(std::max<qint64>(0, view().now() - endedAt(row)));
    case HalfOpenColumn::Pending:
        return table().counters(row).queued ? bytesText(table().counters(row).queued) : QString();
    case HalfOpenColumn::Why:
        break;
    }
    return why(row);
}

Tone HalfOpenModel::tone(int row, int column) const
{
    switch (static_cast<HalfOpenColumn>(column)) {
    case HalfOpenColumn::Ended:
        return table().counters(row).state == State::ReadEnded ? Tone::In : Tone::Out;
    case HalfOpenColumn::Since:
        return view().now() - endedAt(row) >= isLong ? Tone::Warning : Tone::Plain;
    default:
        return Tone::Plain;
    }
}

} // namespace inspector
