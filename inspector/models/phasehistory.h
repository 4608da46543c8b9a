#pragma once
#include "libnet/wire/protocol.h"

#include <vector>

namespace inspector {

/// What a connection was doing, from what least needs an eye to what most needs it.
enum class Phase : quint8 { None, Closed, Idle, Open, Connecting, HalfOpen, Paused, WaitsForDrain, Failed };
inline constexpr int phaseCount = static_cast<int>(Phase::Failed) + 1;

Phase phaseOf(net::wire::State state, quint32 flags);

/// The phases of one connection, in the order of time and bounded in number.
class PhaseHistory
{
public:
    struct Step
    {
        qint64 from = 0;
        Phase phase = Phase::None;
        bool guessed = false; ///< seen in a counter: it began at that time at the latest
    };

    /// \a phase began at \a time, as an event says.
    void enter(qint64 time, Phase phase);
    /// It is \a phase at \a time, whatever the events have said.
    void settle(qint64 time, Phase phase);

    bool isEmpty() const { return m_steps.empty(); }
    const std::vector<Step> &steps() const { return m_steps; }
    Phase at(qint64 time) const;
    /// The phase of each of \a count pixels of [from, to), the last one lasting until \a now: the one that most needs
    /// an eye, so that a short trouble is never averaged away.
    std::vector<Phase> pixels(qint64 from, qint64 to, int count, qint64 now) const;

    static constexpr std::size_t limit = 512;

private:
    void append(const Step &step);

    std::vector<Step> m_steps;
};

} // namespace inspector
