#include "libnet/agent/eventring.h"

namespace net::agent {

// Not initialised: the pages of a ring that is never filled are never touched.
EventRing::EventRing(quint32 capacity)
    : m_capacity(capacity),
      m_bytes(new std::byte[std::size_t(capacity) * sizeof(wire::EventRecord)])
{
    Q_ASSERT((capacity & (capacity - 1)) == 0);
}

} // namespace net::agent
