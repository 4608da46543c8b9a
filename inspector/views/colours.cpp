#include "inspector/views/colours.h"

#include <algorithm>
#include <cmath>

namespace inspector {

static QColor transparent(QRgb rgb, int alpha)
{
    QColor colour(rgb);
    colour.setAlpha(alpha);
    return colour;
}

// Blue and orange stay apart in the common kinds of colour blindness; texts keep a contrast of 4.5 : 1 and more.
static const Colours &lightColours()
{
    static const Colours colours{
        .in = 0x1f6feb,
        .out = 0xb35900,
        .good = 0x1a7f37,
        .warning = 0x8a5a00,
        .bad = 0xc4262e,
        .dim = 0x68707a,
        .added = transparent(0x2da44e, 70),
        .changed = transparent(0xe3a008, 70),
        .closed = transparent(0xcf222e, 18),
        .grid = 0xe3e6ea,
        .valid = 0xe9f7ec,
        .invalid = 0xfdebec,
        .stripe = 0xf7f8fa,
    };
    return colours;
}

static const Colours &darkColours()
{
    static const Colours colours{
        .in = 0x6cb0ff,
        .out = 0xffa657,
        .good = 0x5fcf7c,
        .warning = 0xe3b341,
        .bad = 0xff7b72,
        .dim = 0x949ca6,
        .added = transparent(0x2ea043, 95),
        .changed = transparent(0xbb8009, 95),
        .closed = transparent(0xda3633, 36),
        .grid = 0x2a3037,
        .valid = 0x16301e,
        .invalid = 0x3d1a1d,
        .stripe = 0x1c2128,
    };
    return colours;
}

// As WCAG 2 reckons it.
static double luminance(const QColor &colour)
{
    const auto linear = [](float part) {
        const auto value = static_cast<double>(part);
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

bool Colours::isReadable(const QColor &text, const QColor &background)
{
    const double one = luminance(text);
    const double other = luminance(background);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05) >= 3;
}

bool Colours::isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightnessF() < 0.5;
}

const Colours &Colours::of(const QPalette &palette)
{
    return isDark(palette) ? darkColours() : lightColours();
}

QColor Colours::text(Tone tone, const QColor &plain) const
{
    switch (tone) {
    case Tone::Dim:
        return dim;
    case Tone::In:
        return in;
    case Tone::Out:
        return out;
    case Tone::Good:
        return good;
    case Tone::Warning:
        return warning;
    case Tone::Bad:
        return bad;
    case Tone::Plain:
        break;
    }
    return plain;
}

QColor Colours::mark(RowMark mark, double strength) const
{
    QColor colour = mark == RowMark::Added     ? added
                    : mark == RowMark::Changed ? changed
                    : mark == RowMark::Closed  ? closed
                                               : QColor();
    if (colour.isValid())
        colour.setAlphaF(static_cast<float>(colour.alphaF() * strength));
    return colour;
}

} // namespace inspector
