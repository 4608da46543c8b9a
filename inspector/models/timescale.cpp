#include "inspector/models/timescale.h"

#include "inspector/models/liveview.h"

#include <algorithm>
#include <utility>

namespace inspector {

using namespace Qt::StringLiterals;

void TimeScale::setMode(Mode mode)
{
    if (std::exchange(m_mode, mode) != mode)
        Q_EMIT changed();
}

void TimeScale::choose(qint64 time)
{
    if (std::exchange(m_chosen, time) != time && m_mode == Mode::SinceChosen)
        Q_EMIT changed();
}

// Processes are few, and their rows keep their numbers, but nothing says which comes first.
qint64 TimeScale::start() const
{
    const ObjectTable &objects = m_view.objects();
    qint64 first = 0;
    for (const quint32 process : objects.processes()) {
        const int row = objects.find({process, 0});
        if (row >= 0 && (first == 0 || objects.identity(row).createdAt < first))
            first = objects.identity(row).createdAt;
    }
    return first;
}

QString TimeScale::text(qint64 time, qint64 previous) const
{
    const qint64 since = m_mode == Mode::SinceStart ? start() : m_mode == Mode::SincePrevious ? previous : m_chosen;
    if (m_mode == Mode::OfDay || (m_mode == Mode::SinceChosen && !m_chosen))
        return m_view.clockText(time);
    if (m_mode == Mode::SincePrevious && !previous)
        return {};
    const QString seconds = QString::number(static_cast<double>(time - since) / 1e9, 'f', 6);
    return seconds.startsWith(u'-') ? seconds : u'+' + seconds;
}

QString timeModeName(TimeScale::Mode mode)
{
    switch (mode) {
    case TimeScale::Mode::OfDay:
        return u"day"_s;
    case TimeScale::Mode::SinceStart:
        return u"start"_s;
    case TimeScale::Mode::SincePrevious:
        return u"previous"_s;
    case TimeScale::Mode::SinceChosen:
        return u"chosen"_s;
    }
    return {};
}

QString timeModeText(TimeScale::Mode mode)
{
    switch (mode) {
    case TimeScale::Mode::OfDay:
        return TimeScale::tr("time of day");
    case TimeScale::Mode::SinceStart:
        return TimeScale::tr("since the start");
    case TimeScale::Mode::SincePrevious:
        return TimeScale::tr("since the previous");
    case TimeScale::Mode::SinceChosen:
        return TimeScale::tr("since the chosen");
    }
    return {};
}

std::optional<TimeScale::Mode> timeModeNamed(const QString &name)
{
    const auto *const found = std::ranges::find(TimeScale::modes, name, &timeModeName);
    return found == TimeScale::modes.end() ? std::nullopt : std::optional(*found);
}

} // namespace inspector
