#include "tests/conformance/host/epolldispatcher.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace {

constexpr int BatchSize = 64;

constexpr std::array<quint32, 3> EventsOf = {EPOLLIN, EPOLLOUT, EPOLLPRI};

qint64 now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

void empty(int fd)
{
    quint64 count = 0;
    // Nothing there is fine: somebody else has emptied it.
    [[maybe_unused]] const ssize_t size = ::read(fd, &count, sizeof count);
}

} // namespace

EpollDispatcher::EpollDispatcher()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_clock(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
      m_bell(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (!m_epoll || !m_clock || !m_bell)
        qFatal("no descriptors for the event dispatcher");
    for (const int fd : {m_clock.get(), m_bell.get()}) {
        epoll_event event = {};
        event.events = EPOLLIN;
        event.data.fd = fd;
        ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event);
    }
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_interrupted = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    // Outside exec() nobody else deletes what deleteLater() has left behind.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const bool wait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_interrupted;
    if (wait)
        Q_EMIT aboutToBlock();
    std::array<epoll_event, BatchSize> batch;
    const int count = ::epoll_wait(m_epoll.get(), batch.data(), BatchSize, wait && !m_interrupted ? -1 : 0);
    if (wait)
        Q_EMIT awake();
    for (int i = 0; i < count && !m_interrupted; ++i) {
        const epoll_event &event = batch[size_t(i)];
        if (event.data.fd == m_bell.get()) {
            empty(m_bell.get());
            QCoreApplication::sendPostedEvents();
        } else if (event.data.fd == m_clock.get()) {
            empty(m_clock.get());
            runTimers();
        } else {
            notify(event.data.fd, event.events);
        }
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return count > 0;
}

// Socket notifiers ---------------------------------------------------------------------------------------------

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    const Notifiers before = m_notifiers.value(fd, {});
    Notifiers now = before;
    now[notifier->type()] = notifier;
    m_notifiers.insert(fd, now);
    watch(fd, before, now);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    const Notifiers before = m_notifiers.value(fd, {});
    if (before[notifier->type()] != notifier)
        return;
    Notifiers now = before;
    now[notifier->type()] = nullptr;
    if (now == Notifiers{})
        m_notifiers.remove(fd);
    else
        m_notifiers.insert(fd, now);
    watch(fd, before, now);
}

void EpollDispatcher::watch(int fd, const Notifiers &before, const Notifiers &now)
{
    epoll_event event = {};
    event.data.fd = fd;
    for (size_t type = 0; type < now.size(); ++type)
        event.events |= now[type] ? EventsOf[type] : 0;
    const int operation = before == Notifiers{} ? EPOLL_CTL_ADD : now == Notifiers{} ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    ::epoll_ctl(m_epoll.get(), operation, fd, &event);
}

void EpollDispatcher::notify(int fd, quint32 events)
{
    for (size_t type = 0; type < EventsOf.size(); ++type) {
        if (!(events & (EventsOf[type] | EPOLLERR | EPOLLHUP)))
            continue;
        // Looked up again each time: the one before may have deleted this one.
        if (QSocketNotifier *const notifier = m_notifiers.value(fd, {})[type]) {
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
        }
    }
}

// Timers -------------------------------------------------------------------------------------------------------

void EpollDispatcher::registerTimer(int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    m_timers.push_back({id, interval, type, object, now() + interval * 1'000'000});
    armTimer();
}

bool EpollDispatcher::unregisterTimer(int id)
{
    const bool found = std::erase_if(m_timers, [id](const Timer &timer) { return timer.id == id; }) > 0;
    armTimer();
    return found;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    const bool found = std::erase_if(m_timers, [object](const Timer &timer) { return timer.object == object; }) > 0;
    armTimer();
    return found;
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> infos;
    for (const Timer &timer : m_timers) {
        if (timer.object == object)
            infos.append(TimerInfo(timer.id, int(timer.interval), timer.type));
    }
    return infos;
}

int EpollDispatcher::remainingTime(int id)
{
    for (const Timer &timer : m_timers) {
        if (timer.id == id)
            return int(qMax<qint64>(0, timer.due - now()) / 1'000'000);
    }
    return -1;
}

void EpollDispatcher::runTimers()
{
    const qint64 time = now();
    std::vector<Timer> due;
    for (Timer &timer : m_timers) {
        if (timer.due <= time) {
            due.push_back(timer);
            timer.due = time + timer.interval * 1'000'000;
        }
    }
    std::ranges::stable_sort(due, {}, &Timer::due);
    for (const Timer &timer : due) {
        // One that ran before may have stopped this one.
        const auto same = [&timer](const Timer &other) {
            return other.id == timer.id && other.object == timer.object;
        };
        if (std::ranges::none_of(m_timers, same))
            continue;
        QTimerEvent event(timer.id);
        QCoreApplication::sendEvent(timer.object, &event);
    }
    armTimer();
}

void EpollDispatcher::armTimer()
{
    itimerspec spec = {};
    const auto first = std::ranges::min_element(m_timers, {}, &Timer::due);
    if (first != m_timers.end()) {
        // A time of 0 would disarm the clock.
        const qint64 due = qMax<qint64>(1, first->due);
        spec.it_value = {.tv_sec = due / 1'000'000'000, .tv_nsec = due % 1'000'000'000};
    }
    ::timerfd_settime(m_clock.get(), TFD_TIMER_ABSTIME, &spec, nullptr);
}

// From other threads -------------------------------------------------------------------------------------------

void EpollDispatcher::wakeUp()
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t size = ::write(m_bell.get(), &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}
