#pragma once
#include "libnet/transport/reactor.h"

namespace net {

/// Wakes a thread that waits, from any other one.
class Bell final : private Reactor::Watch
{
public:
    Bell();

    /// From now on it wakes whoever waits in \a reactor.
    void hang(Reactor &reactor) { reactor.want(*this, m_descriptor.get(), Reactor::Readable); }
    /// Where it hangs; null before, and after the reactor's end.
    using Reactor::Watch::reactor;
    void ring();
    /// Waits for it alone, so many nanoseconds at the most; -1: for ever.
    void wait(qint64 nanoseconds);

private:
    void ready(quint8 readiness) override;

    Descriptor m_descriptor;
};

} // namespace net
