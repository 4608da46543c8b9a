#pragma once
#include <QAbstractEventDispatcher>

#include <set>
#include <unordered_map>

namespace net {

/// The timers of a thread whose dispatcher is ours.
class TimerList
{
public:
    using Info = QAbstractEventDispatcher::TimerInfo;

    void add(int id, qint64 interval, Qt::TimerType type, QObject *object);
    bool remove(int id);
    bool removeAll(QObject *object);
    QList<Info> timersOf(QObject *object) const;
    /// Milliseconds, rounded up; 0 if it is due, -1 if there is no such timer.
    int remaining(int id) const;
    /// Nanoseconds until the first one is due, 0 if it is, -1 if there is none. Those whose slot runs do not count.
    qint64 untilNext() const;
    /// Tells those that are due, each once, the longest due first. Returns how many.
    int runDue();

private:
    struct Timer
    {
        qint64 interval; ///< ms
        Qt::TimerType type;
        QObject *object;
        qint64 ideal;  ///< ns; when it were due if it were precise
        qint64 due;    ///< ns
        quint64 place; ///< among those that are due at the same time; unique
        bool running;
    };
    using Timers = std::unordered_map<int, Timer>;

    void schedule(int id, Timer &timer, qint64 ideal);
    Timers::iterator erase(Timers::iterator timer);

    Timers m_timers;
    struct Turn
    {
        qint64 due;
        quint64 place;
        int id;
        auto operator<=>(const Turn &) const = default; // NOLINT(modernize-use-nullptr): takes its 0 for a pointer
    };
    std::set<Turn> m_turns;
    quint64 m_places = 0;
};

} // namespace net
