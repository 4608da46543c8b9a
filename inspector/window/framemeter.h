#pragma once
#include "inspector/session/session.h"
#include "inspector/window/durations.h"

#include <QJsonObject>

#include <map>

namespace inspector {

/// Measures how long the window's thread is busy for a frame, and how old an event is when it is on the screen.
/// It is told of every event that the thread handles. A frame is all that was done from one Session::endFrame() to the
/// next: the models, the repaint of every visible pane, and reading what the agents said meanwhile.
class FrameMeter : public QObject
{
    Q_OBJECT

public:
    /// A moment by the clock, and by what the thread has computed; ns.
    struct Moment
    {
        qint64 time = 0;
        qint64 cpu = 0;

        static Moment now();
    };

    /// \a session must outlive it. The models must be there already, so that they hear of a frame before it does.
    explicit FrameMeter(Session &session, QObject *parent = nullptr);

    /// The thread handled something; \a repainted: it has brought a window up to date.
    void add(const Moment &begin, const Moment &end, bool repainted);
    /// What was measured up to now, in ms, bytes and numbers of events.
    QJsonObject result() const;

Q_SIGNALS:
    /// All that a process had when it was attached to is on the screen.
    void shown(const QJsonObject &attachment);

private:
    struct Attachment
    {
        qint64 begun = 0;
        qint64 told = 0;     ///< the agent has told of all that it has; 0: not yet
        qint64 modelled = 0; ///< the models have it
        bool greeted = false;
        bool isShown = false;
    };

    void meet(quint32 process);
    void takeFrame(const FrameChanges &changes);
    void closeFrame();
    void noteAges();
    void noteAttachments();
    QJsonObject describe(quint32 process, const Attachment &attachment) const;
    QJsonObject accounts() const;

    Session &m_session;
    std::map<quint32, Attachment> m_attachments; ///< by process
    Durations m_busy;
    Durations m_cpu;
    Durations m_ages;
    Moment m_sum;              ///< of the frame that is under way
    qint64 m_repainted = 0;    ///< when it was brought to the screen; 0: not yet
    qint64 m_longest = 0;      ///< that anything had to wait for its turn
    quint64 m_seen = 0;        ///< events up to this number were on the screen
    quint64 m_modelled = 0;    ///< up to this one they are in the frame
    bool m_isNew = false;      ///< the frame under way has something new
    bool m_hasArrival = false; ///< it has of a process that is being attached to, which is told of by itself
    bool m_framed = false;     ///< a frame has begun in the event that is being handled
};

} // namespace inspector
