#pragma once
#include "inspector/models/filterfields.h"
#include "inspector/session/objecttable.h"

namespace inspector {

/// The different values of \a field that the rows of \a table have and that contain \a part, a few dozen at most.
QStringList seenValues(const ObjectTable &table, Field field, const QString &part, qint64 now);

} // namespace inspector
