#include "libnet/stream/nexttick.h"

#include "libnet/transport/reactor.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QThread>

#include <utility>

namespace net {

// As often as Node looks for more before it goes on to the closings.
static constexpr int TurnRounds = 8;
// The dispatcher's two signals cost a turn as much as reading a message. Nothing posted for so many of their calls, we
// leave them, and come back with the next post.
static constexpr int PatientDrains = 64;

static thread_local bool isThere = false;

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
            entry = {};
        }
    }
    return taken;
}

NextTick::Luggage NextTick::take(Owner *owner)
{
    owner->m_pending = 0;
    return {takeFrom(m_ticks, owner), takeFrom(m_turns, owner), takeFrom(m_closings, owner)};
}

void NextTick::post(Owner *owner, Luggage luggage)
{
    for (std::function<void()> &tick : luggage.ticks)
        post(owner, std::move(tick));
    for (std::function<void()> &turn : luggage.turns)
        postTurn(owner, std::move(turn));
    for (std::function<void()> &closing : luggage.closings)
        postClosing(owner, std::move(closing));
}

NextTick &NextTick::current()
{
    static thread_local NextTick ticks;
    return ticks;
}

NextTick::NextTick()
{
    isThere = true;
    Reactor::current().setHooks([](void *ticks) { static_cast<NextTick *>(ticks)->runTicks(); },
                                [](void *ticks) { return static_cast<NextTick *>(ticks)->endTurn(); }, this);
    // Before QThread::wait() returns, when whoever waited may already delete the owners: what is thread_local goes
    // later.
    QObject::connect(
        QThread::currentThread(), &QThread::finished, &m_end, [this] { letGo(); }, Qt::DirectConnection);
}

NextTick::~NextTick()
{
    unhookDispatcher();
    Reactor::current().setHooks(nullptr, nullptr, nullptr);
    letGo();
}

void NextTick::letGo()
{
    m_isEnding = true;
    for (size_t i = 0; i < m_ticks.size(); ++i) {
        if (!std::exchange(m_ticks[i].forSure, false))
            continue;
        const auto tick = m_ticks[i].run;
        tick();
    }
    for (Queue *queue : {&m_ticks, &m_turns, &m_closings}) {
        for (const Entry &entry : *queue) {
            if (entry.owner)
                entry.owner->m_pending = 0;
        }
    }
    // What the functions hold may post or cancel when it goes.
    const Queue dropped[] = {std::exchange(m_ticks, {}), std::exchange(m_turns, {}), std::exchange(m_closings, {})};
    m_isEnding = false;
}

void NextTick::add(Queue &queue, Owner *owner, std::function<void()> tick, bool forSure)
{
    if (owner)
        ++owner->m_pending;
    queue.push_back({owner, std::move(tick), forSure});
    if (m_foreign)
        (&queue == &m_ticks   ? m_foreign->tickPosted
         : &queue == &m_turns ? m_foreign->turnPosted
                              : m_foreign->closingPosted)();
    else if (!m_dispatcher)
        hookDispatcher();
}

// Both signals, since the dispatchers differ in which of them comes before the poll. Draining there is what "before
// the loop polls again" means, needs no posted event, and reaches nested event loops too.
void NextTick::hookDispatcher()
{
    m_dispatcher = QAbstractEventDispatcher::instance();
    m_idleDrains = 0;
    if (m_dispatcher) {
        const auto onTurn = [this] {
            drain();
        };
        m_aboutToBlock = QObject::connect(m_dispatcher, &QAbstractEventDispatcher::aboutToBlock, m_dispatcher, onTurn);
        m_awake = QObject::connect(m_dispatcher, &QAbstractEventDispatcher::awake, m_dispatcher, onTurn);
    }
}

// What an application has left over waits for the next one of its thread.
void NextTick::followApplication()
{
    if (!isThere)
        return;
    NextTick &ticks = current();
    if (!ticks.isEmpty() && !ticks.m_foreign && !ticks.m_dispatcher)
        ticks.hookDispatcher();
}

static void followApplication()
{
    NextTick::followApplication();
}
Q_COREAPP_STARTUP_FUNCTION(followApplication)

void NextTick::unhookDispatcher()
{
    QObject::disconnect(m_aboutToBlock);
    QObject::disconnect(m_awake);
    m_dispatcher.clear();
}

void NextTick::drain()
{
    if (m_foreign)
        return;
    if (isEmpty()) {
        ++m_number;
        if (++m_idleDrains == PatientDrains)
            unhookDispatcher();
        return;
    }
    m_idleDrains = 0;
    runTicks();
    endTurn();
    // What was posted meanwhile is for the next turn of the loop, which must not wait for an event first.
    if (!isEmpty() && m_dispatcher)
        m_dispatcher->wakeUp();
}

bool NextTick::endTurn()
{
    if (m_foreign)
        return false;
    if (!m_turns.empty())
        runTurns();
    if (!m_closings.empty())
        runClosings();
    return true;
}

void NextTick::run(const Entry &entry)
{
    if (entry.owner)
        --entry.owner->m_pending;
    if (entry.run)
        entry.run();
}

bool NextTick::runFirst(Queue &queue)
{
    if (queue.empty())
        return false;
    const Entry entry = std::move(queue.front());
    queue.pop_front();
    run(entry);
    return true;
}

void NextTick::runTick()
{
    runFirst(m_ticks);
    if (m_ticks.empty())
        ++m_number;
}

void NextTick::runAllTicks()
{
    if (m_foreign) {
        m_foreign->runTicks();
        return;
    }
    while (runFirst(m_ticks)) {
    }
    ++m_number;
}

void NextTick::runTurns()
{
    // Only what is there now: a turn that posts a turn means the next round.
    for (int round = 0; round < TurnRounds && !m_turns.empty(); ++round) {
        for (size_t left = m_turns.size(); left > 0 && runFirst(m_turns); --left)
            runTicks();
    }
}

void NextTick::runClosings()
{
    // Those that were posted before the first one runs; what they post themselves is for the next turn. Taken from the
    // queue one by one all the same: each may cancel others.
    for (size_t left = m_closings.size(); left > 0 && left <= m_closings.size(); --left) {
        const auto last = m_closings.begin() + std::ptrdiff_t(left - 1);
        const Entry entry = std::move(*last);
        m_closings.erase(last);
        run(entry);
        runTicks();
    }
}

} // namespace net
