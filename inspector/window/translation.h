#pragma once
#include <QLocale>

class QObject;

namespace inspector {

/// What the environment asks for, also where the system does not know it.
QLocale wantedLanguage();
/// Has the running application speak the language of \a locale as far as there are translations: its own, and Qt's
/// for the buttons and dialogs that are Qt's. They go with \a owner.
void speak(const QLocale &locale, QObject *owner);

} // namespace inspector
