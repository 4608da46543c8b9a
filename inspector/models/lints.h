#pragma once
#include "inspector/models/objecttext.h"

#include <span>

namespace inspector {

/// What looks like a mistake of the application.
enum class Lint : quint8 {
    NeverClosed,
    NoErrorHandler,
    DataLost,
    Paused,
    WriteAfterEnd,
    DrainIgnored,
    NoTimeout,
    NeverRead,
    NoParent,
    SlowSlot,
};

/// ns that a slot may take before people notice: three frames of a window.
inline constexpr qint64 slowSlot = 50'000'000;

/// How bad it is: worth knowing, will hurt one day, hurts now.
enum class Severity : quint8 { Note, Warning, Error };

struct LintInfo
{
    Lint lint;
    Severity severity;
    const char *word; ///< in the filter language
    const char *title;
    const char *advice; ///< what to do about it

    QString titleText() const;
    QString adviceText() const;
};

/// In the order of their numbers.
std::span<const LintInfo> allLints();
const LintInfo &infoOf(Lint lint);

/// Those of a row, a bit each.
quint32 lintsOf(const ObjectTable &table, int row, qint64 now);
/// "paused never-read"
QString lintWords(quint32 lints);
/// What was seen: "paused for 3 min 20 s, 12 KiB wait".
QString lintDetail(Lint lint, const ObjectTable &table, int row, qint64 now);
Tone severityTone(Severity severity);
/// "✗", "⚠", "ℹ": never by colour alone.
QString severityGlyph(Severity severity);

} // namespace inspector
