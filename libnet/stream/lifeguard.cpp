#include "libnet/stream/lifeguard.h"

namespace net {

LifeGuard::LifeGuard(Mortal *mortal) : m_mortal(mortal), m_outer(mortal->m_guard)
{
    mortal->m_guard = this;
}

LifeGuard::~LifeGuard()
{
    if (m_mortal)
        m_mortal->m_guard = m_outer;
}

Mortal::~Mortal()
{
    leave();
}

void Mortal::leave()
{
    for (LifeGuard *guard = m_guard; guard; guard = guard->m_outer)
        guard->m_mortal = nullptr;
    m_guard = nullptr;
}

} // namespace net
