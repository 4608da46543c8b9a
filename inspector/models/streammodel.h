#pragma once
#include "inspector/models/liveview.h"
#include "inspector/models/streamlines.h"

namespace inspector {

/// The conversation of the chosen socket, followed live: asks for its payload while it is chosen.
class StreamModel : public QObject
{
    Q_OBJECT

public:
    /// Why there is nothing to see.
    enum class Vacancy : quint8 {
        None,
        NoSubject,
        NotASocket,
        NotAttached,
        NotGranted,
        NotRecorded,
        MadeRoom,
        Over,
        Silent
    };

    explicit StreamModel(LiveView &view, QObject *parent = nullptr);

    void setSubject(SubjectKey key);
    const StreamLines &lines() const { return m_lines; }
    TimeScale &times() { return m_view.times(); }
    /// When the piece came or went whose first line this is.
    QString timeText(int line) const;
    /// Times since the chosen count from this line on.
    void choose(int line);
    /// The end of the connection that listens, or once did: "127.0.0.1:80", "[::1]:80" or a path.
    QString server() const;
    void setMode(StreamLines::Mode mode);
    /// Characters of text after which a line is broken.
    void setWidth(int characters);
    Vacancy vacancy() const { return m_vacancy; }

Q_SIGNALS:
    /// \a removed lines have left at the front; new ones may have come at the end.
    void advanced(int removed);
    /// Another subject, mode or width, or another reason to be empty.
    void reset();

private:
    void update();
    void rebuild();
    Vacancy findVacancy() const;

    LiveView &m_view;
    SubjectKey m_subject;
    StreamLines m_lines;
    quint64 m_next = 0; ///< piece to look at next
    Vacancy m_vacancy = Vacancy::NoSubject;
};

} // namespace inspector
