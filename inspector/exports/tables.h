#pragma once
#include "inspector/session/records.h"

#include <QIODevice>

#include <functional>

namespace inspector {

/// Which rows of the objects' table are meant; null for all.
using RowChoice = std::function<bool(int row)>;

/// One line for each process, server and socket, as RFC 4180 has it, in UTF-8: names of the columns first, then plain
/// numbers and texts. False if \a device fails. \a epoch is added to times to make them ns since 1970.
bool writeObjectsCsv(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice = {});
/// The same as an array of JSON objects, a line each.
bool writeObjectsJson(const Records &records, QIODevice &device, qint64 epoch, const RowChoice &choice = {});
/// One line for each event that is kept.
bool writeEventsCsv(const Records &records, QIODevice &device, qint64 epoch);
bool writeEventsJson(const Records &records, QIODevice &device, qint64 epoch);

} // namespace inspector
