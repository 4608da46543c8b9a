#pragma once
#include <QString>

namespace inspector {

/// \a value in quotes, as the parser reads it back.
QString quotedValue(QStringView value);
/// \a text with \a condition added to it, so that both must hold.
QString withCondition(const QString &text, const QString &condition);
/// \a value in quotes, as the parser reads it back.
QString quotedValue(QStringView value);
/// \a text without its comparisons of \a field; empty if nothing sensible is left.
QString withoutField(const QString &text, QStringView field);

} // namespace inspector
