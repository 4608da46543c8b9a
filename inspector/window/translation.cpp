#include "inspector/window/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace inspector {

using namespace Qt::StringLiterals;

QLocale wantedLanguage()
{
    for (const char *name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const QString value = qEnvironmentVariable(name); !value.isEmpty())
            return QLocale(value);
    }
    return QLocale::c();
}

void speak(const QLocale &locale, QObject *owner)
{
    // Else whoever reads German as well would get it: there is no file for what the texts are written in.
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    const std::pair<QString, QString> places[] = {
        {u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)},
        {u"net-inspector"_s, u":/inspector/translations"_s},
    };
    for (const auto &[name, folder] : places) {
        auto *translator = new QTranslator(owner);
        if (translator->load(locale, name, u"_"_s, folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    }
}

} // namespace inspector
