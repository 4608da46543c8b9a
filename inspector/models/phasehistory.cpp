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

void PhaseHistory::append(const Step &step)
{
    if (!m_steps.empty() && m_steps.back().phase == step.phase)
        return;
    // The far past is the least missed.
    if (m_steps.size() >= limit)
        m_steps.erase(m_steps.begin(), m_steps.begin() + limit / 4);
    m_steps.push_back(step);
}

void PhaseHistory::enter(qint64 time, Phase phase)
{
    // A counter was quicker than the event that tells when it really was.
    while (!m_steps.empty() && m_steps.back().guessed && m_steps.back().from > time)
        m_steps.pop_back();
    append({time, phase, false});
}

void PhaseHistory::settle(qint64 time, Phase phase)
{
    append({time, phase, true});
}

Phase PhaseHistory::at(qint64 time) const
{
    const auto after = std::ranges::upper_bound(m_steps, time, {}, &Step::from);
    return after == m_steps.begin() ? Phase::None : std::prev(after)->phase;
}

std::vector<Phase> PhaseHistory::pixels(qint64 from, qint64 to, int count, qint64 now) const
{
    std::vector<Phase> pixels(static_cast<std::size_t>(std::max(0, count)), Phase::None);
    if (pixels.empty() || to <= from)
        return pixels;
    const double scale = static_cast<double>(count) / static_cast<double>(to - from);
    const auto place = [&](qint64 time) {
        return std::clamp(static_cast<int>(static_cast<double>(time - from) * scale), 0, count - 1);
    };
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const qint64 begin = m_steps[i].from;
        const bool isLast = i + 1 == m_steps.size();
        const qint64 end = isLast ? std::max(begin, now) : m_steps[i + 1].from;
        if (std::max(end, begin + 1) <= from || begin >= to)
            continue;
        const int last = place(std::max(begin, end - 1));
        for (int x = place(begin); x <= last; ++x)
            pixels[static_cast<std::size_t>(x)] = std::max(pixels[static_cast<std::size_t>(x)], m_steps[i].phase);
    }
    return pixels;
}

} // namespace inspector
