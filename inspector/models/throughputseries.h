#pragma once
#include <QtGlobal>

#include <deque>
#include <vector>

namespace inspector {

/// Bytes a second over time, both ways, in a bounded number of samples. Reduced for drawing it keeps the least and
/// the greatest value of every pixel, so that a spike is never averaged away.
class ThroughputSeries
{
public:
    struct Sample
    {
        qint64 time = 0; ///< end of the interval
        float in = 0;
        float out = 0;
    };
    struct Range
    {
        float least = 0;
        float greatest = 0;
    };
    /// One pixel's worth; empty where nothing was measured.
    struct Pixel
    {
        Range in = {};
        Range out = {};
        bool empty = true;
    };

    /// The default is half an hour at twelve samples a second and a half.
    explicit ThroughputSeries(std::size_t capacity = 22'500) : m_capacity(capacity) {}

    /// \a sample must not be older than the last one.
    void append(Sample sample);
    void clear() { m_samples.clear(); }
    bool isEmpty() const { return m_samples.empty(); }
    /// Time of the oldest sample; there must be one.
    qint64 begin() const { return m_samples.front().time; }
    std::size_t size() const { return m_samples.size(); }

    /// The samples of [from, to) in \a count pixels.
    std::vector<Pixel> pixels(qint64 from, qint64 to, int count) const;
    /// The greatest value, either way, in [from, to).
    float peak(qint64 from, qint64 to) const;

private:
    std::deque<Sample>::const_iterator firstAt(qint64 time) const;

    std::deque<Sample> m_samples;
    std::size_t m_capacity;
};

} // namespace inspector
