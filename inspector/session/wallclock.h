#pragma once
#include <QtGlobal>

namespace inspector {

inline constexpr double secondsOfADay = 86400;

/// The time of day of a moment of CLOCK_MONOTONIC, in seconds since midnight.
double secondOfDay(qint64 time);

} // namespace inspector
