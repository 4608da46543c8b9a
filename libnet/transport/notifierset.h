#pragma once
#include "libnet/transport/reactor.h"
#include "libnet/transport/refusedwatches.h"

#include <QHash>

#include <array>
#include <vector>

class QSocketNotifier;

namespace net {

/// The socket notifiers of a thread whose dispatcher is ours, behind one epoll instance of their own: a descriptor may
/// have three of them, and be one of libnet's as well.
class NotifierSet final : private Reactor::Watch
{
public:
    NotifierSet();

    void add(QSocketNotifier *notifier);
    void remove(QSocketNotifier *notifier);
    /// From now on \a reactor tells us.
    void plugInto(Reactor &reactor) { reactor.want(*this, m_epoll.get(), Reactor::Readable); }
    /// Some are on files, which can't be waited for and are always ready, as for poll().
    bool hasAlwaysReady() const { return !m_alwaysReady.empty(); }
    int activateAlwaysReady();
    /// Some could not be watched, and are looked at by the clock: how long may be waited for the rest, and whether it
    /// is time.
    qint64 limit(qint64 nanoseconds) const { return m_refused.limit(nanoseconds); }
    bool areRefusedDue() const { return m_refused.areDue(); }
    int activateRefused();

private:
    /// The notifiers of one descriptor, by QSocketNotifier::Type.
    using Notifiers = std::array<QSocketNotifier *, 3>;
    struct Event
    {
        int fd;
        quint32 ready; ///< EPOLL flags
    };

    void ready(quint8 readiness) override;
    /// False if the system has no room for it now; then it is among the refused.
    bool watch(int fd, const Notifiers &before, const Notifiers &now);
    static quint32 eventsOf(const Notifiers &notifiers);
    void activate();

    Descriptor m_epoll;
    QHash<int, Notifiers> m_notifiers;
    std::vector<int> m_alwaysReady;
    RefusedWatches m_refused{{}}; ///< by descriptor
    std::vector<Event> m_pending; ///< fetched and not yet told
    quint64 m_fetch = 0;          ///< number of the last fetch
};

} // namespace net
