#include "inspector/models/latencyhistogram.h"

#include <algorithm>
#include <cmath>

namespace inspector {

// What is shorter says more about the clock than about the connection.
static constexpr double shortest = 1000;
static constexpr int lastStep = 44 * LatencyHistogram::stepsPerOctave;

int LatencyHistogram::stepOf(qint64 nanoseconds)
{
    const double octaves = std::log2(std::max(1.0, static_cast<double>(nanoseconds) / shortest));
    // A length that begins a step belongs to it, however the logarithm was rounded.
    const int step = static_cast<int>(octaves * stepsPerOctave + 1e-9);
    return std::min(step, lastStep);
}

qint64 LatencyHistogram::begin(int step)
{
    return static_cast<qint64>(shortest * std::exp2(static_cast<double>(step) / stepsPerOctave));
}

void LatencyHistogram::add(qint64 nanoseconds)
{
    nanoseconds = std::max<qint64>(0, nanoseconds);
    const auto step = static_cast<std::size_t>(stepOf(nanoseconds));
    if (step >= m_steps.size())
        m_steps.resize(step + 1);
    ++m_steps[step];
    m_least = m_count ? std::min(m_least, nanoseconds) : nanoseconds;
    m_greatest = std::max(m_greatest, nanoseconds);
    ++m_count;
}

void LatencyHistogram::add(const LatencyHistogram &other)
{
    if (!other.m_count)
        return;
    m_steps.resize(std::max(m_steps.size(), other.m_steps.size()));
    for (std::size_t i = 0; i < other.m_steps.size(); ++i)
        m_steps[i] += other.m_steps[i];
    m_least = m_count ? std::min(m_least, other.m_least) : other.m_least;
    m_greatest = std::max(m_greatest, other.m_greatest);
    m_count += other.m_count;
}

qint64 LatencyHistogram::quantile(double share) const
{
    const auto wanted = static_cast<quint64>(std::ceil(share * static_cast<double>(m_count)));
    quint64 below = 0;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        below += m_steps[i];
        if (below >= std::max<quint64>(1, wanted))
            return std::clamp(begin(static_cast<int>(i) + 1), m_least, m_greatest);
    }
    return m_greatest;
}

} // namespace inspector
