#pragma once
#include <QHash>

#include <deque>

namespace inspector {

/// When events of a process were lost, and how many.
struct DropGap
{
    qint64 from = 0;
    qint64 to = 0;
    quint32 process = 0;
    quint64 count = 0;
};

/// Notes when the processes' counts of lost events have risen; those of the newest losses are kept.
class DropGaps
{
public:
    /// \a process says at the moment \a now that it has lost \a dropped events in all.
    void look(quint32 process, quint64 dropped, qint64 now);
    const std::deque<DropGap> &gaps() const { return m_gaps; }

private:
    struct Seen
    {
        quint64 dropped = 0;
        qint64 at = 0;
    };
    QHash<quint32, Seen> m_seen;
    std::deque<DropGap> m_gaps;
};

} // namespace inspector
