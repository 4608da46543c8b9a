#include "libnet/transport/timerlist.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <bit>
#include <ctime>

namespace net {

namespace {

constexpr qint64 Millisecond = 1'000'000;
constexpr qint64 Second = 1000 * Millisecond;
// Coarse timers below are precise, and above very coarse: the bounds of Qt's own dispatchers.
constexpr qint64 LeastCoarse = 20;
constexpr qint64 MostCoarse = 20'000;

qint64 now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return qint64(time.tv_sec) * Second + time.tv_nsec;
}

Qt::TimerType effective(Qt::TimerType type, qint64 interval)
{
    if (type != Qt::CoarseTimer)
        return type;
    return interval <= LeastCoarse ? Qt::PreciseTimer : interval >= MostCoarse ? Qt::VeryCoarseTimer : type;
}

qint64 effectiveInterval(Qt::TimerType type, qint64 interval)
{
    return type == Qt::VeryCoarseTimer ? qMax(Second, (interval + 500) / 1000 * Second) : interval * Millisecond;
}

/// Times that many timers share, so that the thread wakes for all of them at once.
qint64 rounded(qint64 ideal, Qt::TimerType type, qint64 interval)
{
    if (type == Qt::PreciseTimer)
        return ideal;
    if (type == Qt::VeryCoarseTimer)
        return (ideal + Second / 2) / Second * Second;
    // Powers of two: the times of a coarser timer are also those of a finer one.
    const qint64 grain = qint64(std::bit_floor(quint64(qMax<qint64>(interval / 20, 1)))) * Millisecond;
    return (ideal + grain - 1) / grain * grain;
}

} // namespace

void TimerList::schedule(int id, Timer &timer, qint64 ideal)
{
    timer.ideal = ideal;
    timer.due = rounded(ideal, timer.type, timer.interval);
    timer.place = ++m_places;
    if (!timer.running)
        m_turns.insert({timer.due, timer.place, id});
}

void TimerList::add(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    if (id < 1 || interval < 0 || !object || m_timers.contains(id)) {
        qWarning("libnet: no such timer can be started");
        return;
    }
    type = effective(type, interval);
    Timer &timer = m_timers[id];
    timer = {interval, type, object, 0, 0, 0, false};
    schedule(id, timer, now() + effectiveInterval(type, interval));
}

TimerList::Timers::iterator TimerList::erase(Timers::iterator timer)
{
    m_turns.erase({timer->second.due, timer->second.place, timer->first});
    return m_timers.erase(timer);
}

bool TimerList::remove(int id)
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end())
        return false;
    erase(timer);
    return true;
}

bool TimerList::removeAll(QObject *object)
{
    const size_t before = m_timers.size();
    for (auto timer = m_timers.begin(); timer != m_timers.end();)
        timer = timer->second.object == object ? erase(timer) : std::next(timer);
    return m_timers.size() < before;
}

QList<TimerList::Info> TimerList::timersOf(QObject *object) const
{
    QList<Info> infos;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            infos.append(Info(id, int(timer.interval), timer.type));
    }
    return infos;
}

int TimerList::remaining(int id) const
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end())
        return -1;
    return int((qMax<qint64>(0, timer->second.due - now()) + Millisecond - 1) / Millisecond);
}

qint64 TimerList::untilNext() const
{
    return m_turns.empty() ? -1 : qMax<qint64>(0, m_turns.begin()->due - now());
}

int TimerList::runDue()
{
    if (m_turns.empty())
        return 0;
    const qint64 time = now();
    // One that is due again at once waits for the next turn, as does what is started meanwhile.
    const quint64 last = m_places;
    int count = 0;
    for (auto first = m_turns.begin(); first != m_turns.end() && first->due <= time; first = m_turns.begin()) {
        if (first->place > last)
            break;
        const int id = first->id;
        m_turns.erase(first);
        Timer &timer = m_timers.at(id);
        timer.running = true;
        const qint64 length = effectiveInterval(timer.type, timer.interval);
        // Those that were missed are missed.
        schedule(id, timer, timer.ideal + length < time ? time + length : timer.ideal + length);
        const quint64 place = timer.place;
        ++count;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        // It may have been stopped, and another one started under its number.
        if (const auto after = m_timers.find(id); after != m_timers.end() && after->second.place == place) {
            after->second.running = false;
            m_turns.insert({after->second.due, place, id});
        }
    }
    return count;
}

} // namespace net
