#pragma once
#include <QString>

namespace inspector {

/// "0 B", "1023 B", "1.2 KiB", "34 MiB": at most four digits and a unit.
QString bytesText(quint64 bytes);
/// "1.2 KiB/s"; empty below one byte a second, so that a quiet column stays quiet.
QString rateText(double bytesPerSecond);
/// "12,345" by the locale's grouping.
QString countText(quint64 count);
/// "340 ms", "12.4 s", "3 min 20 s", "2 h 5 min", "3 d 4 h".
QString spanText(qint64 nanoseconds);
/// The same for what is short: "87 µs", "1.4 ms", then as spanText().
QString latencyText(qint64 nanoseconds);

} // namespace inspector
