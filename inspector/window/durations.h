#pragma once
#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <vector>

namespace inspector {

/// How often something took how long, exact to a tenth of a millisecond up to ten seconds.
class Durations
{
public:
    void add(qint64 nanoseconds)
    {
        const auto step =
            static_cast<std::size_t>(std::clamp<qint64>(nanoseconds / stepLength, 0, static_cast<qint64>(lastStep)));
        if (step >= m_counts.size())
            m_counts.resize(step + 1);
        ++m_counts[step];
        ++m_count;
        m_greatest = std::max(m_greatest, nanoseconds);
    }
    quint64 count() const { return m_count; }
    qint64 greatest() const { return m_greatest; }
    /// What \a share of all (0..1) took at most, in ns; 0 if there are none.
    qint64 quantile(double share) const
    {
        const auto wanted = static_cast<quint64>(std::ceil(share * static_cast<double>(m_count)));
        quint64 below = 0;
        for (std::size_t step = 0; step < m_counts.size(); ++step) {
            below += m_counts[step];
            if (below >= std::max<quint64>(1, wanted) && step < lastStep)
                return std::min(m_greatest, static_cast<qint64>(step + 1) * stepLength);
        }
        return m_greatest;
    }

private:
    static constexpr qint64 stepLength = 100'000;
    static constexpr std::size_t lastStep = 100'000;

    std::vector<quint64> m_counts; ///< by step
    quint64 m_count = 0;
    qint64 m_greatest = 0;
};

} // namespace inspector
