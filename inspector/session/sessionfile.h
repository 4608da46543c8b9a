#pragma once
#include "inspector/session/sessionformat.h"

#include <QCoreApplication>
#include <QIODevice>

#include <optional>

namespace inspector {

/// Writes the entries of a session file, a device's portion at a time. Once the device has failed nothing more is
/// written; what it took before can be read.
class SessionFileWriter
{
    Q_DECLARE_TR_FUNCTIONS(inspector::SessionFile)

public:
    /// \a device must outlive it.
    explicit SessionFileWriter(QIODevice &device) : m_device(device) {}

    void begin(const SessionHead &head);
    void append(EntryKind kind, quint32 process, qint64 time, QByteArrayView payload, quint8 flags = 0);
    /// The processes' frames, cut into entries.
    void appendFrames(quint32 process, qint64 time, const QByteArray &frames, quint8 flags = 0);
    void appendCard(quint32 process, qint64 time, const net::wire::AgentCard &card);
    void end(qint64 time);
    /// Hands over what waits; by itself when there is much of it. False if the device failed, now or before.
    bool flush();

    bool ok() const { return m_problem.isEmpty(); }
    QString problem() const { return m_problem; }
    qint64 bytes() const { return m_written + m_waiting.size(); }
    quint64 entries() const { return m_entries; }

private:
    QIODevice &m_device;
    QByteArray m_waiting;
    qint64 m_written = 0;
    quint64 m_entries = 0;
    QString m_problem;
};

/// Reads the entries of a session file one by one and holds one at a time. It ends at the first that is not whole,
/// and says so; those before it are good.
class SessionFileReader
{
    Q_DECLARE_TR_FUNCTIONS(inspector::SessionFile)

public:
    /// \a device must outlive it.
    explicit SessionFileReader(QIODevice &device) : m_device(device) {}

    /// Reads the head; false, and a problem(), if it is none.
    bool begin();
    const SessionHead &head() const { return m_head; }
    /// The next entry, valid until the next call; nothing at the end, or if it is no entry.
    std::optional<SessionEntry> next();

    /// The recording was ended in order.
    bool isComplete() const { return m_complete; }
    /// Why it has ended too early; empty if it has not.
    QString problem() const { return m_problem; }
    qint64 position() const { return m_position; }

private:
    bool fail(const QString &problem);
    bool read(qsizetype size);

    QIODevice &m_device;
    SessionHead m_head;
    QByteArray m_bytes;
    QString m_problem;
    qint64 m_position = 0;
    qint64 m_time = 0;
    bool m_complete = false;
};

} // namespace inspector
