#pragma once
#include "inspector/exports/tables.h"

#include <QString>
#include <QStringList>

namespace inspector {

/// What became of an export.
struct ExportResult
{
    QString summary = {}; ///< what is in the file, and what is not
    QString problem = {}; ///< empty if it was written
};

/// Endings that say what a file is to hold: "pcapng" packets; "csv", "json" the table; "events.csv", "events.json".
QStringList exportEndings();
/// True if the file's name has one of them.
bool canExport(const QString &file);
/// Writes \a file as its name says, whole or not at all. \a choice is for rows, not for events.
ExportResult exportTo(const QString &file, const Records &records, const RowChoice &choice = {});

} // namespace inspector
