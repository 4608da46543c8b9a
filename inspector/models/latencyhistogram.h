#pragma once
#include <QtGlobal>

#include <vector>

namespace inspector {

/// How often something took how long, in steps of a fifth or less from a microsecond to hours.
class LatencyHistogram
{
public:
    static constexpr int stepsPerOctave = 4;

    void add(qint64 nanoseconds);
    void add(const LatencyHistogram &other);
    void clear() { *this = {}; }

    quint64 count() const { return m_count; }
    qint64 least() const { return m_least; }
    qint64 greatest() const { return m_greatest; }
    /// What \a share of all (0..1) took at most; exact to a step, and never beyond the greatest.
    qint64 quantile(double share) const;
    /// By step, as far as there are any.
    const std::vector<quint32> &steps() const { return m_steps; }
    /// The step of that length, and the length at which a step begins.
    static int stepOf(qint64 nanoseconds);
    static qint64 begin(int step);

private:
    std::vector<quint32> m_steps;
    quint64 m_count = 0;
    qint64 m_least = 0;
    qint64 m_greatest = 0;
};

} // namespace inspector
