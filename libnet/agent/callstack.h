#pragma once
#include "libnet/wire/protocol.h"

#include <array>
#include <span>

namespace net::agent {

/// The return addresses of the thread that takes it, innermost first, each moved back into the instruction that has
/// called. Neither symbols nor memory are asked for: that is the inspector's work.
class CallStack
{
public:
    /// Begins with the function that \a caller, a return address, returns to.
    explicit CallStack(const void *caller);

    std::span<const quint64> addresses() const { return std::span(m_addresses).first(m_size); }

private:
    struct Walk;

    std::array<quint64, wire::mostStackFrames> m_addresses;
    std::size_t m_size = 0;
};

} // namespace net::agent
