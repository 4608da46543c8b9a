#pragma once
#include "libnet/transport/acceptor.h"

namespace net {

/// Accepts nothing itself: another process owns the listening socket, and hands connections over.
class OfferedAcceptor final : public Acceptor
{
public:
    explicit OfferedAcceptor(Owner &owner) : m_owner(&owner) {}

    int descriptor() const override { return -1; }
    void settle(Owner &owner, QObject *) override { m_owner = &owner; }
    /// May destroy us.
    void take(Descriptor connection) { m_owner->accepted(std::move(connection)); }

private:
    Owner *m_owner;
};

} // namespace net
