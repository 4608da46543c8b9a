#include "inspector/views/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Shades
{
    QRgb window, base, alternate, text, dim, button, border, line, highlight, highlightedText, link, tip;
};

constexpr Shades light{0xf3f4f6, 0xffffff, 0xf7f8fa, 0x1f2328, 0x8c959f, 0xf3f4f6,
                       0xb8bec6, 0xdfe2e6, 0xcfe3ff, 0x0b1f3a, 0x1f6feb, 0xffffff};
// The window is lighter than what lies in it: the style draws frames darker than the window.
constexpr Shades dark{0x22272e, 0x14181d, 0x1c2128, 0xdfe4ea, 0x768390, 0x2d333b,
                      0x545d68, 0x373e47, 0x1f4d85, 0xf5f9ff, 0x6cb0ff, 0x2d333b};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(QColor(shades.button), QColor(shades.window));
    palette.setColor(QPalette::Window, shades.window);
    palette.setColor(QPalette::Base, shades.base);
    palette.setColor(QPalette::AlternateBase, shades.alternate);
    palette.setColor(QPalette::ToolTipBase, shades.tip);
    palette.setColor(QPalette::Button, shades.button);
    palette.setColor(QPalette::Mid, shades.border);
    palette.setColor(QPalette::Midlight, shades.line);
    palette.setColor(QPalette::Highlight, shades.highlight);
    palette.setColor(QPalette::HighlightedText, shades.highlightedText);
    palette.setColor(QPalette::Link, shades.link);
    palette.setColor(QPalette::PlaceholderText, shades.dim);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, shades.text);
        palette.setColor(QPalette::Disabled, role, shades.dim);
    }
    return palette;
}

} // namespace

std::optional<Theme> themeNamed(const QString &name)
{
    for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark}) {
        if (themeName(theme) == name)
            return theme;
    }
    return std::nullopt;
}

QString themeName(Theme theme)
{
    switch (theme) {
    case Theme::Light:
        return u"light"_s;
    case Theme::Dark:
        return u"dark"_s;
    case Theme::System:
        break;
    }
    return u"system"_s;
}

void applyTheme(QApplication &application, Theme theme)
{
    static const QString systemStyle = application.style()->name();
    if (theme == Theme::System) {
        application.setStyle(QStyleFactory::create(systemStyle));
        application.setPalette(QPalette());
        return;
    }
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    application.setPalette(paletteOf(theme == Theme::Dark ? dark : light));
}

} // namespace inspector
