#include "inspector/models/filtervalue.h"

#include "inspector/session/wallclock.h"

#include <algorithm>
#include <cmath>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Unit
{
    FieldType type;
    QLatin1StringView name;
    double factor;
};

constexpr double kibi = 1024;
constexpr Unit units[] = {
    {FieldType::Bytes, "b"_L1, 1},
    {FieldType::Bytes, "k"_L1, kibi},
    {FieldType::Bytes, "kb"_L1, kibi},
    {FieldType::Bytes, "kib"_L1, kibi},
    {FieldType::Bytes, "m"_L1, kibi *kibi},
    {FieldType::Bytes, "mb"_L1, kibi *kibi},
    {FieldType::Bytes, "mib"_L1, kibi *kibi},
    {FieldType::Bytes, "g"_L1, kibi *kibi *kibi},
    {FieldType::Bytes, "gb"_L1, kibi *kibi *kibi},
    {FieldType::Bytes, "gib"_L1, kibi *kibi *kibi},
    {FieldType::Duration, "ms"_L1, 0.001},
    {FieldType::Duration, "s"_L1, 1},
    {FieldType::Duration, "m"_L1, 60},
    {FieldType::Duration, "min"_L1, 60},
    {FieldType::Duration, "h"_L1, 3600},
    {FieldType::Duration, "d"_L1, 86400},
};

} // namespace

std::optional<double> filterNumber(FieldType type, QStringView text)
{
    qsizetype digits = 0;
    while (digits < text.size() && (text[digits].isDigit() || text[digits] == u'.'))
        ++digits;
    bool ok = false;
    const double value = text.first(digits).toDouble(&ok);
    if (!ok || !std::isfinite(value))
        return std::nullopt;
    const QStringView suffix = text.sliced(digits);
    if (suffix.isEmpty())
        return value;
    const auto unit = std::ranges::find_if(units, [&](const Unit &candidate) {
        return candidate.type == type && suffix.compare(candidate.name, Qt::CaseInsensitive) == 0;
    });
    if (unit == std::end(units) || !std::isfinite(value * unit->factor))
        return std::nullopt;
    return value * unit->factor;
}

// What is left out at the end of a moment stands for all that could be there.
static std::optional<MomentSpan> oneMoment(QStringView text)
{
    static constexpr double weights[] = {3600, 60, 1};
    const QList<QStringView> parts = text.split(u':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    double seconds = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        bool ok = false;
        const bool fraction = i == 2;
        const double value = fraction ? parts[i].toDouble(&ok) : parts[i].toUInt(&ok);
        if (!ok || !(value >= 0) || value >= (i == 0 ? 24 : 60))
            return std::nullopt;
        seconds += value * weights[i];
    }
    const double unit = parts.size() == 2 ? 60 : parts[2].contains(u'.') ? 0.001 : 1;
    return MomentSpan{seconds, seconds + unit};
}

std::optional<MomentSpan> filterMoments(QStringView text)
{
    const qsizetype dots = text.indexOf(u"..");
    if (dots < 0)
        return oneMoment(text);
    const std::optional<MomentSpan> first = oneMoment(text.first(dots));
    const std::optional<MomentSpan> last = oneMoment(text.sliced(dots + 2));
    if (!first || !last)
        return std::nullopt;
    return MomentSpan{first->first, last->last < first->first ? last->last + secondsOfADay : last->last};
}

} // namespace inspector
