#pragma once
#include "inspector/models/objectmodel.h"

namespace inspector {

/// What stands in place of the table while it is empty.
struct Hint
{
    QString title = {}; ///< empty: nothing needs to be said
    QString advice = {};
};

Hint connectionHint(const Session &session, const ObjectModel &objects, const FilterState &filter);

} // namespace inspector
