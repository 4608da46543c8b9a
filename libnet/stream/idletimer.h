#pragma once
#include <QObject>

#include <set>

namespace net {

class IdleClock;

/// Calls its owner when nothing was noted for a while. Cheap to note: activity only stamps a time, and one timer
/// serves all sockets of a thread.
class IdleTimer
{
public:
    /// Who is told; may destroy the timer in it.
    class Owner
    {
    public:
        virtual void idle() = 0;

    protected:
        ~Owner() = default;
    };

    explicit IdleTimer(Owner &owner) : m_owner(owner) {}
    IdleTimer(const IdleTimer &) = delete;
    IdleTimer &operator=(const IdleTimer &) = delete;
    ~IdleTimer() { stop(); }

    /// Calls the owner once after \a msecs without activity; noteActivity() starts anew, also afterwards.
    void start(int msecs);
    void stop();
    void noteActivity();
    /// Leaves the current thread's clock, and goes on in that of another.
    void suspend();
    void proceed();
    int interval() const { return m_interval; }

private:
    friend class IdleClock;
    Owner &m_owner;
    IdleClock *m_clock = nullptr; ///< the clock we stand in, or null
    qint64 m_lastActivity = 0;    ///< ms
    qint64 m_due = 0;             ///< ms; where we stand in the clock, at or before the real deadline
    int m_interval = 0;
};

/// The idle timers of one thread in the order of their deadlines, behind one timer of Qt's.
class IdleClock : public QObject
{
public:
    IdleClock();
    static IdleClock &current();
    ~IdleClock() override;
    static qint64 now();
    /// The clock of the current thread, if it has one, goes on under the application that has come.
    static void followApplication();

    void insert(IdleTimer *timer, qint64 due);
    void remove(IdleTimer *timer);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void letGo();
    void arm();
    void stopTimer();

    std::set<std::pair<qint64, IdleTimer *>> m_timers; ///< by deadline
    int m_timerId = 0;                                 ///< 0: none runs
    qint64 m_armedFor = 0;
};

} // namespace net
