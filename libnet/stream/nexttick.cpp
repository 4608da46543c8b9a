#include "libnet/stream/nexttick.h"

#include "libnet/transport/reactor.h"

#include <QAbstractEventDispatcher>

namespace net {

void NextTick::Owner::cancel()
{
    if (m_pending)
        current().take(this);
}

std::vector<std::function<void()>> NextTick::takeFrom(Queue &queue, Owner *owner)
{
    std::vector<std::function<void()>> taken;
    for (Entry &entry : queue) {
        if (entry.owner == owner) {
            taken.push_back(std::move(entry.run));
            entry = {nullptr, nullptr};
        }
    }
    return taken;
}

NextTick::Luggage NextTick::take(Owner *owner)
{
    owner->m_pending = 0;
    return {takeFrom(m_ticks, owner), takeFrom(m_turns, owner)};
}

void NextTick::post(Owner *owner, Luggage luggage)
{
    for (std::function<void()> &tick : luggage.ticks)
        post(owner, std::move(tick));
    for (std::function<void()> &turn : luggage.turns)
        postTurn(owner, std::move(turn));
}

NextTick &NextTick::current()
{
    static thread_local NextTick ticks;
    return ticks;
}

NextTick::NextTick()
{
    Reactor::current().setHooks([] { current().runTicks(); }, [] { current().runTurns(); });
}

NextTick::~NextTick()
{
    for (Queue *queue : {&m_ticks, &m_turns}) {
        for (const Entry &entry : *queue) {
            if (entry.owner)
                entry.owner->m_pending = 0;
        }
    }
}

void NextTick::add(Queue &queue, Owner *owner, std::function<void()> tick)
{
    if (owner)
        ++owner->m_pending;
    queue.push_back({owner, std::move(tick)});
    if (!m_dispatcher)
        hookDispatcher();
}

// Both signals, since the dispatchers differ in which of them comes before the poll. Draining there is what "before
// the loop polls again" means, needs no posted event, and reaches nested event loops too.
void NextTick::hookDispatcher()
{
    m_dispatcher = QAbstractEventDispatcher::instance();
    if (m_dispatcher) {
        QObject::connect(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock, m_dispatcher, [this] { drain(); });
        QObject::connect(m_dispatcher, &QAbstractEventDispatcher::awake, m_dispatcher, [this] { drain(); });
    }
}

void NextTick::drain()
{
    runTicks();
    if (!m_turns.empty())
        runTurns();
    // What was posted meanwhile is for the next turn of the loop, which must not wait for an event first.
    if (!isEmpty() && m_dispatcher)
        m_dispatcher->wakeUp();
}

bool NextTick::runFirst(Queue &queue)
{
    if (queue.empty())
        return false;
    const Entry entry = std::move(queue.front());
    queue.pop_front();
    if (entry.owner)
        --entry.owner->m_pending;
    if (entry.run)
        entry.run();
    return true;
}

void NextTick::runTicks()
{
    while (runFirst(m_ticks)) {
    }
    ++m_number;
}

void NextTick::runTurns()
{
    // Only what is there now: a turn that posts a turn means the next one.
    for (size_t left = m_turns.size(); left > 0 && runFirst(m_turns); --left)
        runTicks();
}

} // namespace net
