#pragma once
#include "inspector/models/objectcolumns.h"

#include <QColor>
#include <QPalette>

namespace inspector {

/// The few colours that mean something; everything else comes from the palette.
struct Colours
{
    QColor in, out;                 ///< received, sent: apart for every kind of eye, and never alone
    QColor good, warning, bad, dim; ///< tones of text
    QColor added, changed, closed;  ///< backgrounds of marked rows, at full strength
    QColor grid;                    ///< lines behind a plot
    QColor valid, invalid;          ///< background of the filter
    QColor stripe;                  ///< every other row

    /// The table for light or dark, whichever \a palette is.
    static const Colours &of(const QPalette &palette);
    static bool isDark(const QPalette &palette);

    /// The colour of a text; \a plain for those that have no tone.
    QColor text(Tone tone, const QColor &plain) const;
    /// Whether a text of that colour can be read on that background: a contrast of 3 : 1 at least.
    static bool isReadable(const QColor &text, const QColor &background);
    /// The background of a marked row; invalid without a mark.
    QColor mark(RowMark mark, double strength) const;
};

} // namespace inspector
