#include "inspector/models/filtervalue.h"

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
    for (const Unit &unit : units) {
        if (unit.type == type && suffix.compare(unit.name, Qt::CaseInsensitive) == 0)
            return value * unit.factor;
    }
    return std::nullopt;
}

} // namespace inspector
