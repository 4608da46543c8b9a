#pragma once
#include "inspector/exports/content.h"

#include <QIODevice>

#include <memory>

namespace inspector {

class LineWriter;

/// How a line is written: as RFC 4180 has it, the names of the columns first; or as JSON objects in an array. All is
/// UTF-8. A number above 2^53 is a text in JSON, whose readers would round it.
enum class LineForm : quint8 { Csv, Json };

/// One line for each process, server and socket. \a epoch is added to times to make them ns since 1970.
class ObjectLines final : public Content
{
public:
    /// \a records and \a device must outlive it.
    ObjectLines(const Records &records, QIODevice &device, qint64 epoch, LineForm form, RowChoice choice = {});
    ~ObjectLines() override;

    bool writeNext() override;
    double progress() const override;
    bool ok() const override;
    QString summary() const override;

private:
    const Records &m_records;
    qint64 m_epoch;
    RowChoice m_choice;
    std::unique_ptr<LineWriter> m_writer;
    int m_row = 0;
};

/// One line for each event that is kept.
class EventLines final : public Content
{
public:
    /// \a records and \a device must outlive it.
    EventLines(const Records &records, QIODevice &device, qint64 epoch, LineForm form, EventChoice choice = {});
    ~EventLines() override;

    bool writeNext() override;
    double progress() const override;
    bool ok() const override;
    QString summary() const override;

private:
    const Records &m_records;
    qint64 m_epoch;
    EventChoice m_choice;
    std::unique_ptr<LineWriter> m_writer;
    quint64 m_forgotten = 0; ///< before they could be written
    quint64 m_begin;
    quint64 m_end; ///< what comes later is left out
    quint64 m_next;
};

} // namespace inspector
