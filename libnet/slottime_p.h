#pragma once
#include "libnet/probe/clock.h"
#include "libnet/probe/tap.h"
#include "libnet/transport/reactor.h"

namespace net {

/// Stands around a signal: how long it had to wait since its descriptor was found to be ready, and how long its slots
/// took. Does nothing unless a tap wants to know.
class SlotTime
{
public:
    /// The signal is emitted next.
    SlotTime()
    {
        if (probe::tap() && probe::isTimed()) [[unlikely]]
            begin();
    }
    /// The slots of the signal of \a why have returned, and \a subject is still there.
    void end(probe::Subject &subject, probe::EventKind why) const
    {
        if (m_toldAt) [[unlikely]]
            tell(subject, why);
    }

private:
    void begin()
    {
        m_readyAt = Reactor::current().readyAt();
        m_toldAt = probe::monotonicNow();
    }
    void tell(probe::Subject &subject, probe::EventKind why) const
    {
        if (const probe::Tap *tap = probe::tapFor(subject))
            tap->slotReturned(subject, why, m_readyAt, m_toldAt);
    }

    qint64 m_readyAt = 0;
    qint64 m_toldAt = 0; ///< 0: nobody wants to know
};

} // namespace net
