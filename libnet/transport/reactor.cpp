#include "libnet/transport/reactor.h"

namespace net {

Reactor::Watch::~Watch()
{
    Reactor::forget(*this);
}

Reactor &Reactor::current()
{
    static thread_local Reactor reactor;
    return reactor;
}

void Reactor::setHooks(void (*afterEach)(void *), bool (*afterBatch)(void *), void *who)
{
    m_hookOwner = who;
    m_afterEach = afterEach;
    m_afterBatch = afterBatch;
}

void Reactor::deliver(Watch &watch, quint8 readiness)
{
    watch.ready(readiness);
    if (m_afterEach)
        m_afterEach(m_hookOwner);
}

} // namespace net
