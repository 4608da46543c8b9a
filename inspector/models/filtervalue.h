#pragma once
#include "inspector/models/filterfields.h"

#include <optional>

namespace inspector {

/// Reads the value of a Number ("80"), Bytes ("1.5MiB", k and M are powers of 1024) or Duration ("500ms", "2m",
/// seconds without a unit) field; nothing if \a text is none. Durations are in seconds.
std::optional<double> filterNumber(FieldType type, QStringView text);

} // namespace inspector
