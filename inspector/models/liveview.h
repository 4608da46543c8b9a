#pragma once
#include "inspector/models/timescale.h"
#include "inspector/session/session.h"

#include <optional>

namespace inspector {

/// What the models look at: the session's records, or, while the view is paused, the state at that moment.
/// Recording goes on meanwhile; on return the models hear of all that has changed in one frame.
class LiveView : public QObject
{
    Q_OBJECT

public:
    explicit LiveView(Session &session, QObject *parent = nullptr);

    Session &session() const { return m_session; }
    const ObjectTable &objects() const { return m_frozen ? *m_frozen : m_session.records().objects; }
    const EventLog &events() const { return m_session.records().events; }
    const PayloadStore &payloads() const { return m_session.records().payloads; }
    /// Events from this number on have not happened yet, as far as the view is concerned.
    quint64 eventEnd() const { return m_frozen ? m_frozenEnd : events().end(); }
    /// The moment that is shown.
    qint64 now() const { return m_now; }
    /// "14:03:59.127" for a time of CLOCK_MONOTONIC.
    QString clockText(qint64 time) const;
    /// How the views tell times.
    TimeScale &times() { return m_times; }
    const TimeScale &times() const { return m_times; }

    bool isPaused() const { return m_frozen.has_value(); }
    void setPaused(bool paused);

Q_SIGNALS:
    /// Once a frame, and never while paused.
    void framed(const inspector::FrameChanges &changes);
    void pausedChanged(bool paused);

private:
    void pass(const FrameChanges &changes);
    static FrameChanges difference(const ObjectTable &before, const ObjectTable &after);

    Session &m_session;
    TimeScale m_times;
    std::optional<ObjectTable> m_frozen;
    quint64 m_frozenEnd = 0;
    qint64 m_now;
};

} // namespace inspector
