#include "libnet/epolldispatcher.h"

#include "libnet/transport/bell.h"
#include "libnet/transport/notifierset.h"
#include "libnet/transport/timerlist.h"

#include <QCoreApplication>

#include <atomic>

namespace net {

namespace {

/// Delivers a turn of the reactor as an event of Qt's: deleteLater() must find out that a slot is running, and what
/// overrides notify() sees it.
class Turn final : public QObject
{
public:
    void run(Reactor &reactor)
    {
        m_reactor = &reactor;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(this, &event);
    }
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::SockAct)
            return QObject::event(event);
        m_reactor->runTurn();
        return true;
    }

private:
    Reactor *m_reactor = nullptr;
};

} // namespace

/// What the dispatcher owns. Nothing of it but the bell and the flags is touched by other threads.
class EpollDispatcher::Private
{
public:
    ~Private();
    /// The reactor of the thread that we serve; null if it has gone already, at the end of the thread.
    Reactor *plugIn();
    qint64 timeout(bool wait, bool timers) const;

    Bell bell;
    NotifierSet notifiers;
    TimerList timers;
    Turn turn;
    std::atomic<bool> interrupted = false;
    std::atomic<bool> woken = false;    ///< something is to be done before we sleep
    std::atomic<bool> sleeping = false; ///< whoever sets woken must ring
    bool pluggedIn = false;
};

EpollDispatcher::Private::~Private()
{
    if (Reactor *const reactor = bell.reactor())
        reactor->setHosted(false);
}

// Not in the constructor: the dispatcher of a thread is made in another one.
Reactor *EpollDispatcher::Private::plugIn()
{
    if (std::exchange(pluggedIn, true))
        return bell.reactor();
    Reactor &reactor = Reactor::current();
    reactor.setHosted(true);
    bell.hang(reactor);
    notifiers.plugInto(reactor);
    return &reactor;
}

qint64 EpollDispatcher::Private::timeout(bool wait, bool withTimers) const
{
    if (!wait || woken.load() || notifiers.hasAlwaysReady())
        return 0;
    return withTimers ? timers.untilNext() : -1;
}

EpollDispatcher::EpollDispatcher(QObject *parent) : QAbstractEventDispatcher(parent), d(std::make_unique<Private>()) {}

EpollDispatcher::~EpollDispatcher() = default;

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    Reactor *const reactor = d->plugIn();
    if (!reactor)
        return false;
    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const bool withSockets = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);

    d->interrupted.store(false);
    Q_EMIT awake();
    // Before the events are sent: what is posted while they are is seen by the question below. Who waits for an event
    // has got one if there were some.
    int handled = d->woken.exchange(false) ? 1 : 0;
    QCoreApplication::sendPostedEvents();
    const bool wait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !handled && !d->interrupted.load();
    if (wait)
        Q_EMIT aboutToBlock();
    if (d->interrupted.load())
        return false;

    // Whoever wakes us sets woken and then looks whether we sleep; we do it the other way round, so that one of us sees
    // the other.
    if (wait)
        d->sleeping.store(true);
    const qint64 nanoseconds = d->timeout(wait, withTimers);
    bool ready = false;
    if (withSockets)
        ready = reactor->wait(d->notifiers.limit(nanoseconds));
    else
        d->bell.wait(nanoseconds);
    d->sleeping.store(false);

    if (ready) {
        d->turn.run(*reactor);
        ++handled;
    }
    if (withSockets && d->notifiers.hasAlwaysReady())
        handled += d->notifiers.activateAlwaysReady();
    if (withSockets && d->notifiers.areRefusedDue())
        handled += d->notifiers.activateRefused();
    if (withTimers)
        handled += d->timers.runDue();
    return handled > 0;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    d->notifiers.add(notifier);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    d->notifiers.remove(notifier);
}

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    d->timers.add(id, interval, type, object);
}

bool EpollDispatcher::unregisterTimer(int id)
{
    return d->timers.remove(id);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return d->timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return d->timers.timersOf(object);
}

int EpollDispatcher::remainingTime(int id)
{
    return d->timers.remaining(id);
}

void EpollDispatcher::wakeUp()
{
    d->woken.store(true);
    if (d->sleeping.load())
        d->bell.ring();
}

void EpollDispatcher::interrupt()
{
    d->interrupted.store(true);
    wakeUp();
}

} // namespace net
