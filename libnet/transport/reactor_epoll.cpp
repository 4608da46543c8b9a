#include "libnet/transport/reactor.h"

#include "libnet/transport/epollwait.h"
#include "libnet/transport/refusedwatches.h"
#include "libnet/transport/turnclock.h"

#include <QAbstractEventDispatcher>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <vector>

namespace net {

namespace {

// Events fetched at a time: enough that the system call is paid once for a busy turn.
constexpr int BatchSize = 128;
// What a turn may cost, beside its time, before Qt's timers and other events get their chance.
constexpr qsizetype BytesPerTurn = 1024 * 1024;
// A busy thread finds more to do when it asks epoll again at the end of a batch, and saves Qt's poll() and all that
// comes with it. It asks so often at the most, to let Qt's own events have their turn ...
constexpr int BatchesPerTurn = 8;
// ... and where nothing is found, the question is left out for more and more turns.
constexpr int LongestBackOff = 63;
// The clock is read once in so many events; they take a few microseconds each.
constexpr int EventsPerClockRead = 8;
// Who was alone to read for so many turns is expected to be so again, and epoll not asked. It is asked after as many
// turns all the same, or after BytesPerTurn: others wait no longer than that.
constexpr int SoloTurns = 16;

quint32 toEpoll(quint8 readiness)
{
    return (readiness & Reactor::Readable ? EPOLLIN : 0u) | (readiness & Reactor::Writable ? EPOLLOUT : 0u);
}

using Batch = std::array<epoll_event, BatchSize>;

} // namespace

/// The epoll instance and the table of who waits. An event carries slot and generation, so that one that was
/// collected for a watch that is gone finds nobody.
class Reactor::Backend
{
public:
    explicit Backend(Reactor *reactor);
    /// False if the system has no descriptor for one; asked again whenever somebody wants to watch.
    bool hasEpoll();
    /// There is something that calls us when epoll has something, or the host does.
    void ensureNotifier();
    void collect();
    /// Collects if that has been worth it lately. True if something came.
    bool collectAgain();
    /// Collects, without asking, the one event that has come again and again. False if there is none.
    bool expectSolo();
    Watch *watchOf(quint64 key) const;
    quint64 keyOf(const Watch &watch) const;
    /// False if the system can't watch it now; then it is among the refused.
    bool arm(Watch &watch, quint8 readiness);
    /// Watches of the refused whom the system takes now; tells the keys of those whom it still doesn't.
    std::vector<quint64> rearm();
    quint32 addSlot(Watch *watch);
    void removeSlot(quint32 slot);

    struct Slot
    {
        Watch *watch = nullptr;
        quint32 generation = 0;
    };

    Reactor *owner;
    Descriptor epoll;
    std::unique_ptr<QSocketNotifier> notifier; ///< null while hosted
    RefusedWatches refused;
    bool hosted = false;
    std::vector<Slot> slots_;
    std::vector<quint32> freeSlots;
    // What was collected and not yet delivered. It survives the end of a turn (the budget) and is shared with
    // nested event loops, so that every descriptor has its turn before the system is asked again.
    Batch batch;
    int next = 0;
    int count = 0;
    TurnClock clock;
    int backOff = 0;
    int turnsToSkip = 0;
    epoll_event solo = {};      ///< the only event of the last turns
    int soloTurns = 0;          ///< how many turns
    int unasked = 0;            ///< turns since epoll was asked
    qsizetype unaskedBytes = 0; ///< read in them
};

Reactor::Backend::Backend(Reactor *reactor) : owner(reactor), refused([reactor] { reactor->runRefused(); })
{
    slots_.emplace_back(); // slot 0 means "none"
    ensureNotifier();
}

bool Reactor::Backend::hasEpoll()
{
    if (!epoll)
        epoll.reset(::epoll_create1(EPOLL_CLOEXEC));
    return bool(epoll);
}

// Again and again: the host may be gone, and another dispatcher have come.
void Reactor::Backend::ensureNotifier()
{
    if (notifier || hosted || !hasEpoll() || !QAbstractEventDispatcher::instance())
        return;
    notifier = std::make_unique<QSocketNotifier>(epoll.get(), QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(),
                     [reactor = owner] { reactor->runTurn(); });
}

void Reactor::Backend::collect()
{
    next = 0;
    count = qMax(0, ::epoll_wait(epoll.get(), batch.data(), BatchSize, 0));
    unasked = 0;
    unaskedBytes = 0;
    if (count == 0)
        return;
    owner->stamp();
    const bool alone = count == 1 && batch[0].events == EPOLLIN;
    if (!alone)
        soloTurns = 0;
    else if (soloTurns > 0 && batch[0].data.u64 == solo.data.u64)
        soloTurns = qMin(soloTurns + 1, SoloTurns);
    else
        soloTurns = 1;
    solo = batch[0];
}

bool Reactor::Backend::expectSolo()
{
    if (soloTurns < SoloTurns || ++unasked > SoloTurns || unaskedBytes >= BytesPerTurn)
        return false;
    batch[0] = solo;
    next = 0;
    count = 1;
    owner->stamp();
    return true;
}

bool Reactor::Backend::collectAgain()
{
    if (turnsToSkip > 0) {
        --turnsToSkip;
        return false;
    }
    collect();
    backOff = count > 0 ? 0 : qMin(2 * backOff + 1, LongestBackOff);
    turnsToSkip = backOff;
    return count > 0;
}

Reactor::Watch *Reactor::Backend::watchOf(quint64 key) const
{
    const Slot &slot = slots_[quint32(key)];
    return slot.generation == quint32(key >> 32) ? slot.watch : nullptr;
}

quint64 Reactor::Backend::keyOf(const Watch &watch) const
{
    return quint64(slots_[watch.m_slot].generation) << 32 | watch.m_slot;
}

bool Reactor::Backend::arm(Watch &watch, quint8 readiness)
{
    epoll_event event = {};
    event.events = toEpoll(readiness);
    event.data.u64 = keyOf(watch);
    // A watch that wants nothing is taken out: epoll reports hang-ups whether they were asked for or not.
    const int operation = !readiness ? EPOLL_CTL_DEL : watch.m_armed ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    if (hasEpoll() && ::epoll_ctl(epoll.get(), operation, watch.m_fd, &event) == 0) {
        watch.m_armed = readiness;
        return true;
    }
    if (!readiness)
        return true;
    if (errno == EPERM) {
        // Regular files are always ready and can't be watched; nobody hands us one knowingly.
        watch.m_armed = Nothing;
        qWarning("libnet: descriptor %d can't be watched", watch.m_fd);
        return true;
    }
    refused.add(event.data.u64, watch.m_fd, errno, hosted);
    return false;
}

std::vector<quint64> Reactor::Backend::rearm()
{
    std::vector<quint64> still;
    for (const quint64 key : refused.take()) {
        Watch *const watch = watchOf(key);
        if (watch && watch->m_wanted && !arm(*watch, watch->m_wanted))
            still.push_back(key);
    }
    if (still.empty())
        refused.rest();
    ensureNotifier();
    return still;
}

quint32 Reactor::Backend::addSlot(Watch *watch)
{
    if (freeSlots.empty()) {
        slots_.push_back({watch, 1});
        return quint32(slots_.size() - 1);
    }
    const quint32 slot = freeSlots.back();
    freeSlots.pop_back();
    slots_[slot].watch = watch;
    return slot;
}

void Reactor::Backend::removeSlot(quint32 slot)
{
    slots_[slot].watch = nullptr;
    ++slots_[slot].generation;
    freeSlots.push_back(slot);
}

Reactor::Reactor() : m_backend(std::make_unique<Backend>(this))
{
    settle();
}

Reactor::~Reactor()
{
    letGo();
}

void Reactor::letGo()
{
    m_backend->refused.clear();
    for (const Backend::Slot &slot : m_backend->slots_) {
        if (slot.watch)
            forget(*slot.watch);
    }
}

void Reactor::followDispatcher()
{
    m_backend->notifier.reset();
    m_backend->ensureNotifier();
    m_backend->refused.startAgain();
}

void Reactor::want(Watch &watch, int fd, quint8 readiness)
{
    if (!watch.m_reactor) {
        if (!readiness)
            return;
        watch.m_reactor = this;
        watch.m_fd = fd;
        watch.m_slot = m_backend->addSlot(&watch);
    }
    if (!m_backend->notifier)
        m_backend->ensureNotifier();
    watch.m_wanted = readiness;
    // Wanting less costs no system call until an unwanted event has come.
    if (readiness & ~watch.m_armed)
        m_backend->arm(watch, readiness);
}

void Reactor::forget(Watch &watch)
{
    if (!watch.m_reactor)
        return;
    Backend &backend = *watch.m_reactor->m_backend;
    // Not left to close(): a copy of the descriptor in another process would keep it in the set.
    if (watch.m_armed)
        backend.arm(watch, Nothing);
    backend.removeSlot(watch.m_slot);
    watch.m_reactor = nullptr;
    watch.m_fd = -1;
    watch.m_slot = 0;
    watch.m_wanted = watch.m_armed = Nothing;
}

void Reactor::setHosted(bool hosted)
{
    m_backend->hosted = hosted;
    if (hosted)
        m_backend->notifier.reset();
}

bool Reactor::wait(qint64 nanoseconds)
{
    Backend &backend = *m_backend;
    // What is left of a turn that was too long, or that a nested event loop has interrupted, comes first.
    if (backend.next < backend.count)
        return true;
    backend.next = 0;
    nanoseconds = backend.refused.limit(nanoseconds);
    if (backend.hasEpoll())
        backend.count = qMax(0, epollWait(backend.epoll.get(), backend.batch, nanoseconds));
    else
        backend.refused.sleep(nanoseconds);
    if (backend.count > 0)
        stamp();
    return backend.count > 0 || backend.refused.areDue();
}

void Reactor::runTurn()
{
    Backend &backend = *m_backend;
    m_spent = 0;
    ++m_depth;
    backend.clock.restart();
    const bool waiting = backend.next < backend.count;
    if (!waiting && !backend.hosted && !(backend.expectSolo() && deliverSolo()))
        backend.collect();
    if (backend.hosted && backend.refused.areDue())
        deliverRefused();
    for (int batches = 1;; ++batches) {
        const bool more = deliverBatch();
        if (m_afterBatch && m_depth == 1 && !m_afterBatch(m_hookOwner))
            break;
        // The host asks epoll itself, and for little more.
        if (!more || backend.hosted || batches == BatchesPerTurn || !backend.collectAgain() || backend.clock.isOver())
            break;
    }
    --m_depth;
}

// Who can't be watched is told that it is ready, and finds out: a watch expects calls for nothing.
void Reactor::deliverRefused()
{
    for (const quint64 key : m_backend->rearm()) {
        Watch *const watch = m_backend->watchOf(key);
        if (watch && watch->m_wanted)
            deliver(*watch, watch->m_wanted);
    }
}

void Reactor::runRefused()
{
    m_spent = 0;
    ++m_depth;
    deliverRefused();
    if (m_afterBatch && m_depth == 1)
        m_afterBatch(m_hookOwner);
    --m_depth;
}

// False if it had nothing to read: it is another one that is ready.
bool Reactor::deliverSolo()
{
    deliverBatch();
    m_backend->unaskedBytes += m_spent;
    if (m_spent == 0)
        m_backend->soloTurns = 0;
    return m_spent > 0;
}

// False if the budget was used up.
bool Reactor::deliverBatch()
{
    Backend &backend = *m_backend;
    int delivered = 0;
    while (backend.next < backend.count) {
        const epoll_event &event = backend.batch[size_t(backend.next++)];
        Watch *const watch = backend.watchOf(event.data.u64);
        if (!watch)
            continue;
        quint8 readiness = watch->m_wanted;
        if (!(event.events & (EPOLLERR | EPOLLHUP)))
            readiness &= (event.events & EPOLLIN ? Readable : 0) | (event.events & EPOLLOUT ? Writable : 0);
        if (watch->m_wanted != watch->m_armed)
            backend.arm(*watch, watch->m_wanted);
        if (readiness)
            deliver(*watch, readiness);
        if (m_spent >= BytesPerTurn)
            return false;
        if (++delivered % EventsPerClockRead == 0 && backend.clock.isOver())
            return false;
    }
    return true;
}

} // namespace net
