#pragma once
#include "libnet/wire/protocol.h"

#include <limits>
#include <vector>

namespace inspector {

/// What a connection was doing, from what least needs an eye to what most needs it.
/// Unknown: it was there, and nobody knows any more, or has ever known, how.
enum class Phase : quint8 { None, Unknown, Closed, Idle, Open, Connecting, HalfOpen, Paused, WaitsForDrain, Failed };
inline constexpr int phaseCount = static_cast<int>(Phase::Failed) + 1;

Phase phaseOf(net::wire::State state, quint32 flags);

/// What is known of a stretch of time: one phase, or some that took turns too quickly to be kept.
struct Phases
{
    Phase worst = Phase::None; ///< the one that most needs an eye
    Phase least = Phase::None; ///< the one that least needs it; the same one if it was but one

    bool isMixed() const { return worst != least; }
    bool operator==(const Phases &) const = default;
};

/// The phases of one connection, in the order of time and bounded in number: of what is long ago the short ones
/// are joined, and told as mixed.
class PhaseHistory
{
public:
    struct Step
    {
        qint64 from = 0;
        Phases phases = {};
        bool guessed = false; ///< seen in a counter: it began at that time at the latest
    };

    /// \a phase began at \a time, as an event says.
    void enter(qint64 time, Phase phase);
    /// It is \a phase at \a time, whatever the events have said.
    void settle(qint64 time, Phase phase);

    /// It is there since \a time; what it was before the first step is not known.
    void setBirth(qint64 time) { m_birth = time; }
    /// From \a time on some has been missed, until the next step says how it is.
    void lose(qint64 time);

    bool isEmpty() const { return m_steps.empty(); }
    const std::vector<Step> &steps() const { return m_steps; }
    Phases at(qint64 time) const;
    /// The phase of each of \a count pixels of [from, to), the last one lasting until \a now: the one that most needs
    /// an eye, so that a short trouble is never averaged away.
    std::vector<Phases> pixels(qint64 from, qint64 to, int count, qint64 now) const;

    static constexpr std::size_t limit = 512;

private:
    void append(const Step &step);
    void thin();

    std::vector<Step> m_steps;
    qint64 m_birth = std::numeric_limits<qint64>::max();
};

} // namespace inspector
