#pragma once
#include <QByteArray>
#include <QString>

#include <atomic>
#include <memory>
#include <optional>

namespace net::probe {

/// What a connection is made to suffer. Nothing is lost or changes its order, but by resetAfter.
struct FaultPlan
{
    quint32 latency = 0;                      ///< ms that bytes wait before they are read or sent
    quint32 jitter = 0;                       ///< ms on top, at random
    quint64 bandwidth = 0;                    ///< bytes a second in each direction; 0: no limit
    quint32 slice = 0;                        ///< bytes that are read or sent at a time; 0: no limit
    quint32 slowClose = 0;                    ///< ms from the end of the writes to the FIN
    bool stall = false;                       ///< nothing is read or sent, as by a peer that is gone without a word
    std::optional<quint64> resetAfter = {};   ///< bytes in both directions, from when it is armed
    quint32 probability = 100;                ///< percent of connections that are struck; drawn once for each
    mutable std::atomic<bool> lifted = false; ///< set in any thread: everything goes on as if it had never been
};

/// On the wire as a = of an Ordered event: never renumber.
enum class Verb : quint8 {
    Pause = 1,
    Resume = 2,
    End = 3,
    Destroy = 4,
    Reset = 5,
    Write = 6,   ///< bytes towards the peer
    Receive = 7, ///< bytes towards the application, as if they had been received
    Arm = 8,
    Disarm = 9,   ///< of a plan that is lifted
    Release = 10, ///< resumes what an order has paused and nobody has touched since
};

/// What an inspector wants of a subject.
struct Order
{
    Verb verb = Verb::Pause;
    QByteArray bytes = {};
    std::shared_ptr<const FaultPlan> plan = {};
};

/// What became of an order.
struct Outcome
{
    bool done = true;
    QString message = {}; ///< why it was not done
};

} // namespace net::probe
