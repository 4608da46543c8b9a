#pragma once
#include "libnet/transport/acceptloop.h"
#include "libnet/transport/reactor.h"

#include <QTimer>

namespace net {

/// Accepts on an inherited local listener, which other processes may share. QLocalServer can't: the loser of a
/// race for a connection would close itself, and closing removes a path that belongs to somebody else.
class AdoptedAcceptor final : public Acceptor, private Reactor::Watch
{
public:
    /// Accepts up to \a perTurn connections before others have their turn.
    AdoptedAcceptor(Owner &owner, QObject *home, Descriptor descriptor, int perTurn = AcceptLoop::ConnectionsPerTurn);
    ~AdoptedAcceptor() override;

    int descriptor() const override { return m_descriptor.get(); }
    void settle(Owner &owner, QObject *home) override;
    void detach() override { Reactor::forget(*this); }
    void attach() override { Reactor::current().want(*this, m_descriptor.get(), Reactor::Readable); }

private:
    void ready(quint8 readiness) override;

    Owner *m_owner;
    Descriptor m_descriptor;
    AcceptLoop m_loop;
    int m_perTurn;
    QTimer m_pause;
    bool *m_destroyed = nullptr;
};

} // namespace net
