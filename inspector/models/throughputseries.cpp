#include "inspector/models/throughputseries.h"

#include <algorithm>

namespace inspector {

void ThroughputSeries::append(Sample sample)
{
    m_samples.push_back(sample);
    if (m_samples.size() > m_capacity)
        m_samples.pop_front();
}

std::deque<ThroughputSeries::Sample>::const_iterator ThroughputSeries::firstAt(qint64 time) const
{
    return std::ranges::lower_bound(m_samples, time, {}, &Sample::time);
}

std::vector<ThroughputSeries::Pixel> ThroughputSeries::pixels(qint64 from, qint64 to, int count) const
{
    std::vector<Pixel> pixels(static_cast<std::size_t>(std::max(0, count)));
    if (pixels.empty() || to <= from)
        return pixels;
    const double scale = static_cast<double>(count) / static_cast<double>(to - from);
    const auto include = [](Range &range, float value, bool first) {
        range.least = first ? value : std::min(range.least, value);
        range.greatest = first ? value : std::max(range.greatest, value);
    };
    for (auto sample = firstAt(from); sample != m_samples.end() && sample->time < to; ++sample) {
        const auto at = static_cast<std::size_t>(static_cast<double>(sample->time - from) * scale);
        Pixel &pixel = pixels[std::min(at, pixels.size() - 1)];
        include(pixel.in, sample->in, pixel.empty);
        include(pixel.out, sample->out, pixel.empty);
        pixel.empty = false;
    }
    return pixels;
}

float ThroughputSeries::peak(qint64 from, qint64 to) const
{
    float greatest = 0;
    for (auto sample = firstAt(from); sample != m_samples.end() && sample->time < to; ++sample)
        greatest = std::max({greatest, sample->in, sample->out});
    return greatest;
}

} // namespace inspector
