#pragma once
#include "libnet/transport/acceptor.h"

#include <functional>

namespace net {

/// A descriptor kept in reserve. When there are no others it is given up for a moment to accept a connection and
/// close it at once: the client is told, and the listener does not stay ready for ever.
class SpareDescriptor
{
public:
    SpareDescriptor() { renew(); }

    /// Accepts one connection of \a listener and closes it. False if that was not possible.
    bool refuseOne(int listener);

private:
    void renew();

    Descriptor m_spare;
};

/// Accepts what waits on \a listener, up to a bound that leaves the thread's other events their turn.
class AcceptLoop
{
public:
    enum class Outcome {
        Again,  ///< all is accepted, or the bound reached: go on when the listener is ready
        Starved ///< out of descriptors and nothing could be refused: go on after a pause
    };

    /// Calls \a accepted for each connection and \a refused for each that had to be closed, both only while
    /// \a alive says so.
    Outcome run(int listener, Acceptor::Owner &owner, const std::function<bool()> &alive,
                int perTurn = ConnectionsPerTurn);

    // Enough to empty a burst at little cost, few enough that a connect storm starves nobody.
    static constexpr int ConnectionsPerTurn = 64;

private:
    SpareDescriptor m_spare;
};

/// Milliseconds until accepting is tried again when there is neither a descriptor nor a spare one.
inline constexpr int StarvedPause = 50;

} // namespace net
