#pragma once
#include "inspector/models/filterfields.h"

#include <optional>

namespace inspector {

/// Reads the value of a Number ("80"), Bytes ("1.5MiB", k and M are powers of 1024) or Duration ("500ms", "2m",
/// seconds without a unit) field; nothing if \a text is none. Durations are in seconds.
std::optional<double> filterNumber(FieldType type, QStringView text);

/// Seconds since midnight, from the first moment to the last; may end beyond the day it begins in.
struct MomentSpan
{
    double first = 0;
    double last = 0;
};

/// Reads "14:03" (the whole minute), "14:03:59.5" or two of them with ".." between; nothing if \a text is neither.
std::optional<MomentSpan> filterMoments(QStringView text);

} // namespace inspector
