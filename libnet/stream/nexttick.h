#pragma once
#include <QPointer>

#include <deque>
#include <functional>
#include <vector>

class QAbstractEventDispatcher;

namespace net {

/// What is to happen after the current call but before the thread's event loop waits again, in order.
/// Two queues as in Node: ticks run after each delivered event; turns run once the batch of events is through.
class NextTick
{
public:
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
    /// Runs \a tick after the ticks, when the events of this turn are delivered.
    void postTurn(Owner *owner, std::function<void()> tick) { add(m_turns, owner, std::move(tick)); }

    /// What \a owner has posted here, taken out to be posted in another thread.
    struct Luggage
    {
        std::vector<std::function<void()>> ticks;
        std::vector<std::function<void()>> turns;
    };
    Luggage take(Owner *owner);
    void post(Owner *owner, Luggage luggage);

    /// Runs all ticks, then all turns. The event loop does it by itself; a foreign loop calls it.
    void drain();
    bool isEmpty() const { return m_ticks.empty() && m_turns.empty(); }
    /// Changes whenever ticks have been run: two calls with the same number are in the same turn of the loop.
    quint32 number() const { return m_number; }

private:
    struct Entry
    {
        Owner *owner;
        std::function<void()> run;
    };
    using Queue = std::deque<Entry>;

    NextTick();
    void add(Queue &queue, Owner *owner, std::function<void()> tick);
    void hookDispatcher();
    void runTicks();
    void runTurns();
    static bool runFirst(Queue &queue);
    static std::vector<std::function<void()>> takeFrom(Queue &queue, Owner *owner);

    Queue m_ticks;
    Queue m_turns;
    QPointer<QAbstractEventDispatcher> m_dispatcher;
    quint32 m_number = 1;
};

} // namespace net
