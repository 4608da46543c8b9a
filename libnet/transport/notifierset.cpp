#include "libnet/transport/notifierset.h"

#include "libnet/errornames.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>

namespace net {

static constexpr int BatchSize = 64;
static constexpr std::array<quint32, 3> EventsOf = {EPOLLIN, EPOLLOUT, EPOLLPRI};

static_assert(EPOLLIN == POLLIN && EPOLLOUT == POLLOUT && EPOLLPRI == POLLPRI && EPOLLERR == POLLERR &&
              EPOLLHUP == POLLHUP);
static_assert(QSocketNotifier::Read == 0 && QSocketNotifier::Write == 1 && QSocketNotifier::Exception == 2);

NotifierSet::NotifierSet() : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (!m_epoll)
        qFatal("libnet: epoll_create1 failed: %s", qPrintable(errorText(errno)));
}

void NotifierSet::add(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    const Notifiers before = m_notifiers.value(fd, {});
    Notifiers now = before;
    now[size_t(notifier->type())] = notifier;
    if (before[size_t(notifier->type())])
        qWarning("libnet: two socket notifiers of one type for descriptor %d", fd);
    m_notifiers.insert(fd, now);
    watch(fd, before, now);
}

void NotifierSet::remove(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    const auto type = size_t(notifier->type());
    const Notifiers before = m_notifiers.value(fd, {});
    if (before[type] != notifier)
        return;
    Notifiers now = before;
    now[type] = nullptr;
    if (now == Notifiers{})
        m_notifiers.remove(fd);
    else
        m_notifiers.insert(fd, now);
    watch(fd, before, now);
    // The number may be another descriptor's by the time that its turn comes.
    if (now == Notifiers{})
        std::erase_if(m_pending, [fd](const Event &event) { return event.fd == fd; });
}

quint32 NotifierSet::eventsOf(const Notifiers &notifiers)
{
    quint32 events = 0;
    for (size_t type = 0; type < notifiers.size(); ++type)
        events |= notifiers[type] ? EventsOf[type] : 0;
    return events;
}

bool NotifierSet::watch(int fd, const Notifiers &before, const Notifiers &now)
{
    epoll_event event = {};
    event.data.fd = fd;
    event.events = eventsOf(now);
    std::erase(m_alwaysReady, fd);
    if (now == Notifiers{}) {
        // A descriptor that was closed before has left the set by itself.
        ::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, &event);
        return true;
    }
    int operation = before == Notifiers{} ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    int failed = ::epoll_ctl(m_epoll.get(), operation, fd, &event);
    if (failed && (errno == ENOENT || errno == EEXIST)) {
        // Closed and opened again, or kept open by a copy, while notifiers were on it.
        operation = errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        failed = ::epoll_ctl(m_epoll.get(), operation, fd, &event);
    }
    if (!failed)
        return true;
    const int error = errno;
    if (error == EPERM) {
        m_alwaysReady.push_back(fd);
        return true;
    }
    if (error == ENOMEM || error == ENOSPC) {
        m_refused.add(quint64(fd), fd, error, true);
        return false;
    }
    qWarning("libnet: a socket notifier for descriptor %d: %s", fd, qPrintable(errorText(error)));
    return true;
}

int NotifierSet::activateRefused()
{
    m_pending.clear();
    bool any = false;
    for (const quint64 key : m_refused.take()) {
        const int fd = int(key);
        const Notifiers now = m_notifiers.value(fd, {});
        if (now == Notifiers{} || watch(fd, {}, now))
            continue;
        any = true;
        // Asked, and not told for nothing: whoever has a notifier may read without looking again.
        pollfd state = {fd, short(eventsOf(now)), 0};
        if (::poll(&state, 1, 0) > 0)
            m_pending.push_back({fd, quint32(state.revents)});
    }
    if (!any)
        m_refused.rest();
    const auto count = int(m_pending.size());
    activate();
    return count;
}

void NotifierSet::ready(quint8)
{
    std::array<epoll_event, BatchSize> batch;
    const int count = ::epoll_wait(m_epoll.get(), batch.data(), BatchSize, 0);
    m_pending.clear();
    for (int i = 0; i < count; ++i)
        m_pending.push_back({batch[size_t(i)].data.fd, batch[size_t(i)].events});
    activate();
}

int NotifierSet::activateAlwaysReady()
{
    m_pending.clear();
    for (const int fd : m_alwaysReady)
        m_pending.push_back({fd, EPOLLIN | EPOLLOUT});
    const auto count = int(m_pending.size());
    activate();
    return count;
}

void NotifierSet::activate()
{
    const quint64 fetch = ++m_fetch;
    // A nested event loop has fetched anew, and told what was left of ours.
    while (fetch == m_fetch && !m_pending.empty()) {
        const Event event = m_pending.front();
        m_pending.erase(m_pending.begin());
        for (size_t type = 0; type < EventsOf.size() && fetch == m_fetch; ++type) {
            if (!(event.ready & (EventsOf[type] | EPOLLERR | EPOLLHUP)))
                continue;
            // Looked up again each time: the one before may have removed this one.
            if (QSocketNotifier *const notifier = m_notifiers.value(event.fd, {})[type]) {
                QEvent activation(QEvent::SockAct);
                QCoreApplication::sendEvent(notifier, &activation);
            }
        }
    }
}

} // namespace net
