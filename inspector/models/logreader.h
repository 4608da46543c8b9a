#pragma once
#include "inspector/models/liveview.h"

namespace inspector {

/// Reads the log from its beginning and then what has come since.
class LogReader
{
public:
    static constexpr quint64 everything = ~quint64(0) / 2;

    /// Calls \a each for the next events, at most \a portion of them; returns whether that were all.
    template <typename Each>
    bool read(const LiveView &view, Each &&each, quint64 portion = everything)
    {
        const EventLog &events = view.events();
        m_next = std::max(m_next, events.begin());
        const quint64 end = std::min(view.eventEnd(), m_next + portion);
        while (m_next < end) {
            for (const LogRecord &event : events.run(m_next)) {
                if (m_next >= end)
                    break;
                ++m_next;
                each(event);
            }
        }
        return m_next >= view.eventEnd();
    }

private:
    quint64 m_next = 0;
};

} // namespace inspector
