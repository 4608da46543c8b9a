#include "inspector/models/filteroperators.h"

#include <algorithm>

namespace inspector {

using Relation = FilterTest::Relation;

// clang-format off
static constexpr FilterOperator table[] = {
    {Relation::Contains, ":", QT_TRANSLATE_NOOP("inspector::FilterOperators", "contains; with * and ? the whole of it, and * alone: there is one; is, for words and numbers")},
    {Relation::Equal, "=", QT_TRANSLATE_NOOP("inspector::FilterOperators", "is exactly this")},
    {Relation::NotEqual, "!=", QT_TRANSLATE_NOOP("inspector::FilterOperators", "is anything else")},
    {Relation::Less, "<", QT_TRANSLATE_NOOP("inspector::FilterOperators", "less, or earlier")},
    {Relation::LessOrEqual, "<=", QT_TRANSLATE_NOOP("inspector::FilterOperators", "at most")},
    {Relation::Greater, ">", QT_TRANSLATE_NOOP("inspector::FilterOperators", "more, or later")},
    {Relation::GreaterOrEqual, ">=", QT_TRANSLATE_NOOP("inspector::FilterOperators", "at least")},
    {Relation::Matches, "~", QT_TRANSLATE_NOOP("inspector::FilterOperators", "matches a regular expression")},
};
// clang-format on

bool FilterOperator::fits(FieldType type) const
{
    const bool isText = type == FieldType::Text || type == FieldType::Words;
    switch (relation) {
    case Relation::Contains:
    case Relation::Equal:
    case Relation::NotEqual:
        return true;
    case Relation::Matches:
        return isText;
    default:
        return !isText;
    }
}

std::span<const FilterOperator> filterOperators()
{
    return table;
}

const FilterOperator &operatorOf(Relation relation)
{
    return *std::ranges::find(table, relation, &FilterOperator::relation);
}

const FilterOperator *findFilterOperator(QStringView text)
{
    const auto found = std::ranges::find_if(
        table, [&](const FilterOperator &candidate) { return text == QLatin1StringView(candidate.text); });
    return found == std::end(table) ? nullptr : found;
}

} // namespace inspector
