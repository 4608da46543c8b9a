#pragma once
#include "inspector/exports/content.h"
#include "inspector/session/filetarget.h"

#include <QStringList>

#include <chrono>
#include <memory>

namespace inspector {

/// Endings that say what a file is to hold: "pcapng" packets; "csv", "json" the table; "events.csv", "events.json".
QStringList exportEndings();
/// True if the file's name has one of them.
bool canExport(const QString &file);

/// Writes records to a file as its name says, a bit at a time. A file is there at the end, whole or not
/// at all.
class Export
{
public:
    /// \a records must outlive it, and may go on.
    Export(const QString &file, const Records &records, const Choice &choice = {});

    /// Empty, or why it can't be written.
    QString begin();
    /// Writes for about that long. False at the end.
    bool writeOn(std::chrono::milliseconds budget);
    /// From 0 to 1.
    double progress() const { return m_content ? m_content->progress() : 0; }
    /// Why it was not written, at the end; empty if it was.
    QString problem() const { return m_problem; }
    bool isOnOutput() const { return m_file.isStandardOutput(); }
    /// What is in the file, and what is not.
    QString summary() const { return m_content ? m_content->summary() : QString(); }

private:
    std::unique_ptr<Content> contentFor(const QString &name);
    QString complaint() const;
    void finish();

    const Records &m_records;
    Choice m_choice;
    FileTarget m_file;
    std::unique_ptr<Content> m_content;
    QString m_problem;
    bool m_done = false;
};

/// What became of an export.
struct ExportResult
{
    QString summary = {};    ///< what is in the file, and what is not
    QString problem = {};    ///< empty if it was written
    bool isOnOutput = false; ///< it went where words for people go as well
};

/// The whole of it at once.
ExportResult exportTo(const QString &file, const Records &records, const Choice &choice = {});

} // namespace inspector
