#pragma once
#include <QtGlobal>

#include <memory>

class QObject;

namespace net::agent {

/// Measures from the agent's thread how long the application's main event loop keeps an event waiting.
class LoopPulse
{
public:
    LoopPulse();
    ~LoopPulse();
    Q_DISABLE_COPY_MOVE(LoopPulse)

    /// Sends a probe, unless the last one is still on its way.
    void probe();
    /// ns that the last probe waited, or has waited so far; -1 before the first.
    qint64 delay() const;
    /// The longest since the last call, or -1.
    qint64 takeWorst();

private:
    struct Beat;
    std::shared_ptr<Beat> m_beat;
    QObject *m_target = nullptr; ///< lives in the main thread
};

} // namespace net::agent
