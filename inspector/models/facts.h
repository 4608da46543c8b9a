#pragma once
#include "inspector/models/factmodel.h"

namespace inspector {

/// What can be said of a row; nothing is listed that does not apply to it.
/// \a symbolizer may be null.
QList<Fact> factsOf(const LiveView &view, int row, Symbolizer *symbolizer);

} // namespace inspector
