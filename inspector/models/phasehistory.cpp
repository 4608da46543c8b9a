#include "inspector/models/phasehistory.h"

#include <algorithm>

namespace inspector {

using net::wire::State;

Phase phaseOf(State state, quint32 flags)
{
    switch (state) {
    case State::Resolving:
    case State::Connecting:
        return Phase::Connecting;
    case State::Open:
    case State::Listening:
        return flags & net::wire::NeedsDrain ? Phase::WaitsForDrain
               : flags & net::wire::Paused   ? Phase::Paused
                                             : Phase::Open;
    case State::ReadEnded:
    case State::WriteEnded:
    case State::Closing:
        return Phase::HalfOpen;
    case State::Closed:
        return flags & net::wire::Failed ? Phase::Failed : Phase::Closed;
    case State::Idle:
        break;
    }
    return Phase::Idle;
}

static Phases joined(Phases a, Phases b)
{
    if (a.least == Phase::Unknown || b.least == Phase::Unknown)
        return {Phase::Unknown, Phase::Unknown};
    return {std::max(a.worst, b.worst), std::min(a.least, b.least)};
}

void PhaseHistory::append(const Step &step)
{
    if (!m_steps.empty() && m_steps.back().phases == step.phases)
        return;
    if (m_steps.size() >= limit)
        thin();
    m_steps.push_back(step);
}

// The longer ago, the less are short steps missed: those become one that together are but a small part of the time
// since then. So the history reaches back to the beginning, and what lasted long is kept as it was.
void PhaseHistory::thin()
{
    const qint64 now = m_steps.back().from;
    for (qint64 part = limit; m_steps.size() > limit / 4 * 3; part /= 2) {
        std::vector<Step> kept;
        for (std::size_t i = 0; i < m_steps.size(); ++i) {
            const bool isLast = i + 1 == m_steps.size();
            if (!kept.empty() && !isLast && m_steps[i + 1].from - kept.back().from <= (now - kept.back().from) / part)
                kept.back().phases = joined(kept.back().phases, m_steps[i].phases);
            else
                kept.push_back(m_steps[i]);
        }
        m_steps = std::move(kept);
    }
}

void PhaseHistory::enter(qint64 time, Phase phase)
{
    // A counter was quicker than the event that tells when it really was.
    while (!m_steps.empty() && m_steps.back().guessed && m_steps.back().from > time)
        m_steps.pop_back();
    append({time, {phase, phase}, false});
}

void PhaseHistory::settle(qint64 time, Phase phase)
{
    append({time, {phase, phase}, true});
}

void PhaseHistory::lose(qint64 time)
{
    if (!m_steps.empty())
        append({std::max(time, m_steps.back().from), {Phase::Unknown, Phase::Unknown}, false});
}

Phases PhaseHistory::at(qint64 time) const
{
    const auto after = std::ranges::upper_bound(m_steps, time, {}, &Step::from);
    if (after != m_steps.begin())
        return std::prev(after)->phases;
    return time >= m_birth ? Phases{Phase::Unknown, Phase::Unknown} : Phases();
}

std::vector<Phases> PhaseHistory::pixels(qint64 from, qint64 to, int count, qint64 now) const
{
    std::vector<Phases> pixels(static_cast<std::size_t>(std::max(0, count)));
    if (pixels.empty() || to <= from)
        return pixels;
    const double scale = static_cast<double>(count) / static_cast<double>(to - from);
    const auto place = [&](qint64 time) {
        return std::clamp(static_cast<int>(static_cast<double>(time - from) * scale), 0, count - 1);
    };
    const auto paint = [&](qint64 begin, qint64 end, Phases phases) {
        if (std::max(end, begin + 1) <= from || begin >= to)
            return;
        const int last = place(std::max(begin, end - 1));
        for (int x = place(begin); x <= last; ++x) {
            Phases &pixel = pixels[static_cast<std::size_t>(x)];
            if (phases.worst > pixel.worst)
                pixel = phases;
        }
    };
    const qint64 first = m_steps.empty() ? now : m_steps.front().from;
    if (m_birth < first)
        paint(m_birth, first, {Phase::Unknown, Phase::Unknown});
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const bool isLast = i + 1 == m_steps.size();
        paint(m_steps[i].from, isLast ? std::max(m_steps[i].from, now) : m_steps[i + 1].from, m_steps[i].phases);
    }
    return pixels;
}

} // namespace inspector
