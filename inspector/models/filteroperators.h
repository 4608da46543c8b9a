#pragma once
#include "inspector/models/filter.h"

#include <span>

namespace inspector {

/// One way to compare a field with a value; the table of them also feeds completion and help.
struct FilterOperator
{
    FilterTest::Relation relation;
    const char *text; ///< as it is typed
    const char *help; ///< for translation, context inspector::FilterOperators

    /// Whether a field of that type can be compared so.
    bool fits(FieldType type) const;
};

std::span<const FilterOperator> filterOperators();
const FilterOperator &operatorOf(FilterTest::Relation relation);
/// The operator typed as \a text; null if there is none.
const FilterOperator *findFilterOperator(QStringView text);

} // namespace inspector
