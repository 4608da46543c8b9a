#pragma once
#include <QtGlobal>

#include <chrono>
#include <span>

namespace inspector {

/// The stretch of time that a plot shows, of all there is: it moves on with the present, or stands still where one has
/// gone back to. Times in ns of CLOCK_MONOTONIC.
class TimeWindow
{
public:
    using Length = std::chrono::nanoseconds;

    /// \a lengths, the short ones first, are those one can choose from; they must outlive it.
    TimeWindow(std::span<const Length> lengths, Length first);

    qint64 from() const { return m_to - m_length.count(); }
    qint64 to() const { return m_to; }
    Length length() const { return m_length; }
    bool isFollowing() const { return m_following; }

    /// What there is, and how far it has come; the end follows unless one has gone back.
    void setBounds(qint64 begin, qint64 now);
    /// The first of the lengths that is not below \a length, or the longest.
    void setLength(Length length);
    /// To the next \a steps lengths, negative: shorter. Unless it follows, the moment at \a anchor, a share of the
    /// width, stays where it is.
    void zoom(int steps, double anchor);
    /// By \a widths of what is shown, negative: back. As far as there is something; it follows from the end on.
    void pan(double widths);
    void goToBegin();
    void follow();

private:
    void moveTo(qint64 to);

    std::span<const Length> m_lengths;
    Length m_length;
    qint64 m_begin = 0;
    qint64 m_now = 0;
    qint64 m_to = 0;
    bool m_following = true;
};

} // namespace inspector
