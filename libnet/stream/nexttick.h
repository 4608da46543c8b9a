#pragma once
#include <QObject>
#include <QPointer>

#include <deque>
#include <functional>
#include <vector>

class QAbstractEventDispatcher;

namespace net {

/// What is to happen after the current call but before the thread's event loop waits again, in order.
/// Three queues as in Node: ticks run after each delivered event; turns run once the batch of events is through;
/// closings run last, the latest first.
class NextTick
{
public:
    /// A loop that has such queues of its own and runs ours with them, as Node's does.
    struct ForeignLoop
    {
        void (*tickPosted)();    ///< asks for one runTick(), later and in the order of posting
        void (*turnPosted)();    ///< asks for runTurns() after the events of this turn
        void (*closingPosted)(); ///< asks for runClosings() after the turns
        void (*runTicks)();      ///< an event is delivered: the ticks are due
    };

    /// Base of whoever posts: what it has posted dies with it.
    class Owner
    {
    public:
        Owner() = default;
        Owner(const Owner &) = delete;
        Owner &operator=(const Owner &) = delete;

    protected:
        ~Owner() { cancel(); }
        void cancel();

    private:
        friend class NextTick;
        int m_pending = 0;
    };

    /// The queues of the current thread.
    static NextTick &current();
    ~NextTick();

    /// Runs \a tick before the loop polls again. Posting from inside a tick appends.
    void post(Owner *owner, std::function<void()> tick) { add(m_ticks, owner, std::move(tick)); }
    /// The same, and where the thread ends before the loop polls again, at its end: isEnding() then.
    void postForSure(Owner *owner, std::function<void()> tick) { add(m_ticks, owner, std::move(tick), true); }
    /// Runs \a tick after the ticks, when the events of this turn are delivered.
    void postTurn(Owner *owner, std::function<void()> tick) { add(m_turns, owner, std::move(tick)); }
    /// Runs \a tick after the turns; of several, the last one posted first.
    void postClosing(Owner *owner, std::function<void()> tick) { add(m_closings, owner, std::move(tick)); }

    /// What \a owner has posted here, taken out to be posted in another thread.
    struct Luggage
    {
        std::vector<std::function<void()>> ticks;
        std::vector<std::function<void()>> turns;
        std::vector<std::function<void()>> closings;
    };
    Luggage take(Owner *owner);
    void post(Owner *owner, Luggage luggage);

    /// Runs all ticks, then all turns, then all closings. Qt's event loop does it by itself.
    void drain();
    bool isEmpty() const { return m_ticks.empty() && m_turns.empty() && m_closings.empty(); }
    /// The thread ends: nobody is to be told of anything any more.
    bool isEnding() const { return m_isEnding; }
    bool hasTurns() const { return !m_turns.empty(); }
    /// Changes whenever ticks have been run: two calls with the same number are in the same turn of the loop.
    quint32 number() const { return m_number; }

    /// From now on \a loop, which must outlive us, runs the queues of this thread by the functions below.
    void setForeignLoop(const ForeignLoop *loop) { m_foreign = loop; }
    void runTick();
    /// An event of several that came at once is delivered: the ticks that it has posted come before the next one.
    void eventDelivered() { runTicks(); }
    void runTurns();
    void runClosings();
    void startTurn() { ++m_number; }
    /// The queues of the current thread, if it has them, go on under the application that has come.
    static void followApplication();

private:
    struct Entry
    {
        Owner *owner;
        std::function<void()> run;
        bool forSure = false;
    };
    using Queue = std::deque<Entry>;

    NextTick();
    /// Drops what waits, but for what is to run for sure: nobody will run it.
    void letGo();
    void add(Queue &queue, Owner *owner, std::function<void()> tick, bool forSure = false);
    void hookDispatcher();
    void unhookDispatcher();
    void runTicks()
    {
        if (m_ticks.empty() && !m_foreign)
            ++m_number;
        else
            runAllTicks();
    }
    void runAllTicks();
    bool endTurn();
    static bool runFirst(Queue &queue);
    static void run(const Entry &entry);
    static std::vector<std::function<void()>> takeFrom(Queue &queue, Owner *owner);

    Queue m_ticks;
    Queue m_turns;
    Queue m_closings;
    const ForeignLoop *m_foreign = nullptr;
    QObject m_end; ///< hears of the thread's end
    QPointer<QAbstractEventDispatcher> m_dispatcher;
    QMetaObject::Connection m_aboutToBlock;
    QMetaObject::Connection m_awake;
    int m_idleDrains = 0; ///< in a row that have found nothing
    quint32 m_number = 1;
    bool m_isEnding = false;
};

} // namespace net
