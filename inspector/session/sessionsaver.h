#pragma once
#include "inspector/session/filetarget.h"
#include "inspector/session/records.h"
#include "inspector/session/sessionfile.h"

#include <QSet>

#include <chrono>
#include <memory>
#include <optional>

namespace inspector {

/// Writes everything that records hold to a file, a bit at a time: the events and the payload that are kept, then how
/// things stand at that moment. A file is there at the end, whole or not at all.
class SessionSaver
{
    Q_DECLARE_TR_FUNCTIONS(inspector::SessionSaver)

public:
    /// \a records must outlive it, and may go on.
    explicit SessionSaver(const Records &records) : m_records(records) {}

    /// Empty, or why it can't be written.
    QString open(const QString &file);
    /// The same; \a device must outlive it.
    QString open(QIODevice &device);
    /// Writes for about that long. False at the end.
    bool writeOn(std::chrono::milliseconds budget);
    double progress() const;
    /// Why it was not written, at the end; empty if it was.
    QString problem() const { return m_problem; }
    qint64 bytes() const { return m_writer ? m_writer->bytes() : 0; }

private:
    void writeEvents();
    void writePayload();
    bool isCaughtUp() const;
    void finish();
    qint64 now() const { return m_records.objects.clock().now(); }

    const Records &m_records;
    std::optional<FileTarget> m_file;
    std::unique_ptr<SessionFileWriter> m_writer;
    QSet<quint32> m_known; ///< processes that are written
    quint64 m_begin = 0;   ///< the first event
    quint64 m_next = 0;    ///< and that which comes next
    std::vector<SubjectKey> m_logs;
    std::size_t m_log = 0; ///< of which payload comes next
    quint64 m_piece = 0;
    QString m_problem;
    bool m_done = false;
};

} // namespace inspector
