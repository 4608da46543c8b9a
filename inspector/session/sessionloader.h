#pragma once
#include "inspector/session/session.h"
#include "inspector/session/sessionfile.h"

#include <QFile>

#include <map>

namespace inspector {

/// Reads a session file into a session that has nothing yet, a bit at a time, so that a window stays alive meanwhile.
/// Whatever the file holds, what could be read is there at the end, and the rest is told of.
class SessionLoader
{
    Q_DECLARE_TR_FUNCTIONS(inspector::SessionLoader)

public:
    /// What a session needs to hold a recording: room, and nothing that goes away by itself.
    static SessionOptions options();

    /// \a session must outlive it.
    explicit SessionLoader(Session &session) : m_session(session) {}

    /// Empty, or why nothing of it can be read.
    QString open(const QString &file);
    /// The same; \a device must outlive it.
    QString open(QIODevice &device, const QString &name);
    /// Reads for about that long. False at the end, when the session is ready.
    bool readOn(std::chrono::milliseconds budget);
    /// From 0 to 1.
    double progress() const;
    bool isDone() const { return m_done; }

private:
    struct Conversation
    {
        AgentFeed *feed = nullptr;
        quint32 process = 0; ///< its number in the session
        std::unique_ptr<Dialogue> dialogue = {};
        QList<SumRecord> sums = {}; ///< whose rates hold at the end
    };
    void take(const SessionEntry &entry);
    void takeProcess(const SessionEntry &entry);
    void takeFrames(Conversation &conversation, const SessionEntry &entry);
    void takeSums(Conversation &conversation, const SessionEntry &entry);
    void note(const QString &problem);
    void moveTo(qint64 time);
    void finish();

    Session &m_session;
    QFile m_file;
    QIODevice *m_device = nullptr;
    std::unique_ptr<SessionFileReader> m_reader;
    std::map<quint32, Conversation> m_conversations;
    Origin m_origin;
    qint64 m_epoch = 0;
    qint64 m_time = 0;
    qint64 m_tickedAt = 0;
    bool m_isLive = true;
    bool m_done = false;
};

} // namespace inspector
