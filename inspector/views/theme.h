#pragma once
#include <QString>

#include <optional>

class QApplication;

namespace inspector {

enum class Theme : quint8 { System, Light, Dark };

/// "system", "light" and "dark".
std::optional<Theme> themeNamed(const QString &name);
QString themeName(Theme theme);

/// Dresses the application: light and dark look the same everywhere, system is what the desktop wants.
void applyTheme(QApplication &application, Theme theme);

} // namespace inspector
