#include "inspector/models/seenvalues.h"

#include "inspector/models/objectsource.h"

#include <QSet>

#include <algorithm>

namespace inspector {

// More is not read, and a search through many rows must not be felt while typing.
static constexpr qsizetype limit = 100;

static void addNumbers(const ObjectSource &source, Field field, QSet<QString> &values)
{
    for (const bool second : {false, true}) {
        if (const double number = source.number(field, second); number >= 0)
            values.insert(QString::number(number, 'f', 0));
    }
}

QStringList seenValues(const ObjectTable &table, Field field, const QString &part, qint64 now)
{
    const auto fields = filterFields();
    const auto info = std::ranges::find(fields, field, &FieldInfo::field);
    const bool isNumber = info != fields.end() && info->type == FieldType::Number;
    if (info == fields.end() || (!isNumber && info->type != FieldType::Text))
        return {};
    QSet<QString> found;
    for (int row = 0; row < table.size() && found.size() < limit; ++row) {
        if (!table.isShown(row))
            continue;
        const ObjectSource source(table, row, now);
        QSet<QString> values;
        if (isNumber) {
            addNumbers(source, field, values);
        } else {
            const QStringList lines = source.text(field).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
            values = QSet<QString>(lines.begin(), lines.end());
        }
        for (const QString &value : std::as_const(values)) {
            if (value.contains(part, Qt::CaseInsensitive))
                found.insert(value);
        }
    }
    QStringList sorted(found.begin(), found.end());
    std::ranges::sort(sorted, [&](const QString &a, const QString &b) {
        return isNumber ? a.toDouble() < b.toDouble() : a.compare(b, Qt::CaseInsensitive) < 0;
    });
    return sorted;
}

} // namespace inspector
