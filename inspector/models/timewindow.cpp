#include "inspector/models/timewindow.h"

#include <algorithm>

namespace inspector {

TimeWindow::TimeWindow(std::span<const Length> lengths, Length first) : m_lengths(lengths), m_length(first) {}

void TimeWindow::setBounds(qint64 begin, qint64 now)
{
    m_begin = std::min(begin, now);
    m_now = now;
    if (m_following)
        m_to = now;
}

void TimeWindow::setLength(Length length)
{
    m_length = *std::min(std::ranges::lower_bound(m_lengths, length), m_lengths.end() - 1);
    if (!m_following)
        moveTo(m_to);
}

void TimeWindow::zoom(int steps, double anchor)
{
    const qint64 moment = from() + static_cast<qint64>(anchor * static_cast<double>(m_length.count()));
    const auto at = std::ranges::lower_bound(m_lengths, m_length) - m_lengths.begin() + steps;
    m_length = m_lengths[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at, 0, std::ssize(m_lengths) - 1))];
    if (!m_following)
        moveTo(moment + static_cast<qint64>((1 - anchor) * static_cast<double>(m_length.count())));
}

void TimeWindow::pan(double widths)
{
    moveTo(m_to + static_cast<qint64>(widths * static_cast<double>(m_length.count())));
}

void TimeWindow::goToBegin()
{
    moveTo(m_begin);
}

void TimeWindow::follow()
{
    moveTo(m_now);
}

void TimeWindow::moveTo(qint64 to)
{
    m_to = std::clamp(to, std::min(m_begin + m_length.count(), m_now), m_now);
    m_following = m_to == m_now;
}

} // namespace inspector
