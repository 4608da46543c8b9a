#pragma once
#include "inspector/exports/content.h"
#include "inspector/models/filter.h"
#include "inspector/models/objectsource.h"

#include <QHash>

namespace inspector {

/// The rows that pass \a filter; \a records must outlive what is returned.
inline RowChoice rowsThatPass(const Filter &filter, const Records &records)
{
    if (filter.isEmpty())
        return {};
    return [filter, &objects = records.objects](int row) {
        return filter.matches(ObjectSource(objects, row, objects.clock().now()));
    };
}

/// The events of rows that pass \a filter; those of a row that is no longer known do not, as in the window. \a records
/// must outlive what is returned.
inline EventChoice eventsThatPass(const Filter &filter, const Records &records)
{
    if (filter.isEmpty())
        return {};
    // Only time tells two events of one object apart.
    return [filter, timed = filter.asks(Field::Time), known = QHash<SubjectKey, bool>(),
            &objects = records.objects](const LogRecord &event) mutable {
        if (const auto found = known.constFind(event.key()); found != known.cend() && !timed)
            return *found;
        const int row = objects.find(event.key());
        ObjectSource source(objects, row, objects.clock().now());
        source.setMoment(event.time);
        const bool passes = row >= 0 && filter.matches(source);
        known.insert(event.key(), passes);
        return passes;
    };
}

inline Choice whatPasses(const Filter &filter, const Records &records)
{
    return {.rows = rowsThatPass(filter, records), .events = eventsThatPass(filter, records)};
}

} // namespace inspector
