#pragma once
#include <QString>

namespace inspector {

/// A text of a stranger's as it may go to a terminal: control characters as their pictures (␛), those that turn the
/// direction of what follows as �. Line ends stay if \a keepsLines.
QString withoutControls(const QString &text, bool keepsLines = false);

/// A text of a stranger's as a tool tip, which would take for markup what looks like it.
QString plainTip(const QString &text);

} // namespace inspector
