#pragma once
#include "inspector/session/session.h"
#include "inspector/session/sessionfile.h"

#include <QFile>

namespace inspector {

/// Writes what the agents say to a file while they say it. Holds what came in since the last frame, and nothing more.
class SessionRecorder : public QObject
{
    Q_OBJECT

public:
    struct Counts
    {
        qint64 bytes = 0; ///< of the file
        int processes = 0;
        quint64 events = 0;
        quint64 payload = 0; ///< bytes
        std::chrono::nanoseconds length{0};
    };

    /// \a session must outlive it.
    explicit SessionRecorder(Session &session, QObject *parent = nullptr);
    ~SessionRecorder() override;

    /// Begins with how things stand now. Empty, or why it can't be done: then a file of that name is as it was, unless
    /// the device is full.
    QString start(const QString &file, bool withPayload);
    /// Ends in order. Empty, or why the file is not whole.
    QString stop();

    bool isRecording() const { return m_writer != nullptr; }
    QString file() const { return m_file.fileName(); }
    const Counts &counts() const { return m_counts; }

Q_SIGNALS:
    void started();
    /// There is more; once a frame.
    void advanced();
    /// \a problem is empty if stop() was called: otherwise the file could not be written on, and holds what came
    /// before.
    void stopped(const QString &problem);

private:
    void meet(quint32 process);
    void take(quint32 process, const net::wire::Frame &frame);
    void part(quint32 process);
    void flush();
    qint64 now() const { return m_session.records().objects.clock().now(); }
    void end(const QString &problem);

    Session &m_session;
    QFile m_file;
    std::unique_ptr<SessionFileWriter> m_writer;
    Counts m_counts;
    qint64 m_startedAt = 0;
    bool m_withPayload = false;
};

} // namespace inspector
