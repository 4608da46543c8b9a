#pragma once
#include "inspector/exports/content.h"
#include "inspector/models/filter.h"
#include "inspector/models/objectsource.h"

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

} // namespace inspector
