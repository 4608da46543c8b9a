#include "inspector/models/units.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>

namespace inspector {

using namespace Qt::StringLiterals;

static QString scaled(double value, const QString &suffix)
{
    static constexpr std::array<QLatin1StringView, 6> units = {"B"_L1,   "KiB"_L1, "MiB"_L1,
                                                               "GiB"_L1, "TiB"_L1, "PiB"_L1};
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    // 99.95 would be rounded to three digits and a decimal place.
    const int decimals = unit == 0 || value >= 99.95 ? 0 : 1;
    return locale.toString(value, 'f', decimals) + u' ' + units[unit] + suffix;
}

QString bytesText(quint64 bytes)
{
    return scaled(static_cast<double>(bytes), {});
}

QString rateText(double bytesPerSecond)
{
    if (!(bytesPerSecond >= 1))
        return {};
    return scaled(bytesPerSecond, u"/s"_s);
}

QString countText(quint64 count)
{
    return QLocale().toString(count);
}

QString spanText(qint64 nanoseconds)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("inspector::Units", source);
    };
    const qint64 milliseconds = qMax<qint64>(0, nanoseconds) / 1'000'000;
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 1)
        return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 ms")).arg(milliseconds);
    if (seconds < 60) {
        const qint64 tenths = milliseconds / 100; // cut off, not rounded: 59.99 s are no minute yet
        return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 s"))
            .arg(QLocale().toString(static_cast<double>(tenths) / 10, 'f', 1));
    }
    if (seconds < 3600)
        return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 min %2 s")).arg(seconds / 60).arg(seconds % 60);
    if (seconds < 86400)
        return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 h %2 min")).arg(seconds / 3600).arg(seconds / 60 % 60);
    return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 d %2 h")).arg(seconds / 86400).arg(seconds / 3600 % 24);
}

QString latencyText(qint64 nanoseconds)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("inspector::Units", source);
    };
    const double milliseconds = static_cast<double>(qMax<qint64>(0, nanoseconds)) / 1e6;
    if (milliseconds < 1)
        return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 µs")).arg(qRound(milliseconds * 1000));
    if (milliseconds < 100)
        return text(QT_TRANSLATE_NOOP("inspector::Units", "%1 ms")).arg(QLocale().toString(milliseconds, 'f', 1));
    return spanText(nanoseconds);
}

} // namespace inspector
