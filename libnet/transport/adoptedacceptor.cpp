#include "libnet/transport/adoptedacceptor.h"

namespace net {

AdoptedAcceptor::AdoptedAcceptor(Owner &owner, QObject *home, Descriptor descriptor, int perTurn)
    : m_owner(&owner),
      m_descriptor(std::move(descriptor)),
      m_perTurn(perTurn),
      m_pause(home)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(StarvedPause);
    QObject::connect(&m_pause, &QTimer::timeout, &m_pause, [this] { attach(); });
    socketops::makeNonBlocking(m_descriptor.get());
    attach();
}

AdoptedAcceptor::~AdoptedAcceptor()
{
    Reactor::forget(*this);
    if (m_destroyed)
        *m_destroyed = true;
}

void AdoptedAcceptor::settle(Owner &owner, QObject *home)
{
    m_owner = &owner;
    m_pause.setParent(home);
}

void AdoptedAcceptor::ready(quint8)
{
    bool destroyed = false;
    bool *const outer = std::exchange(m_destroyed, &destroyed);
    // What is left waits in the kernel for a new owner.
    Owner *const owner = m_owner;
    const AcceptLoop::Outcome outcome = m_loop.run(
        m_descriptor.get(), *owner, [&, this] { return !destroyed && m_owner == owner; }, m_perTurn);
    if (destroyed) {
        if (outer)
            *outer = true;
        return;
    }
    m_destroyed = outer;
    if (outcome == AcceptLoop::Outcome::Starved) {
        Reactor::current().want(*this, m_descriptor.get(), Reactor::Nothing);
        m_pause.start();
    }
}

} // namespace net
