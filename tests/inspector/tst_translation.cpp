#include "desk.h"
#include "inspector/session/sessionformat.h"
#include "inspector/window/translation.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QProcess>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace inspector;
using namespace Qt::StringLiterals;

namespace {

/// A text of the program in another language.
struct Entry
{
    QString context = {};
    QString source = {};
    QString translation = {};
    bool isFinished = false;
};

QList<Entry> entriesOf(const QString &file)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return {};
    QList<Entry> all;
    QString context;
    QXmlStreamReader xml(&device);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name"_s) {
            context = xml.readElementText();
        } else if (xml.name() == u"source"_s) {
            all.append({.context = context, .source = xml.readElementText()});
        } else if (xml.name() == u"translation"_s) {
            all.last().isFinished = !xml.attributes().hasAttribute("type"_L1);
            all.last().translation = xml.readElementText();
        }
    }
    return xml.hasError() ? QList<Entry>() : all;
}

QStringList namesOf(const QList<Entry> &entries)
{
    QStringList names;
    for (const Entry &entry : entries)
        names += entry.context + u": "_s + entry.source;
    names.sort();
    return names;
}

/// "%1" and "%L2", sorted: a translation has those of its source.
QStringList places(const QString &text)
{
    static const QRegularExpression place(u"%L?[1-9]"_s);
    QStringList all;
    for (auto match = place.globalMatch(text); match.hasNext();)
        all += match.next().captured();
    all.sort();
    return all;
}

QChar mnemonic(QString text)
{
    const qsizetype at = text.replace(u"&&"_s, u""_s).indexOf(u'&');
    return at < 0 ? QChar() : text.at(at + 1).toLower();
}

/// The texts of a menu that share a mnemonic.
QStringList clashes(const QList<QAction *> &actions)
{
    QHash<QChar, QString> taken;
    QStringList all;
    for (const QAction *action : actions) {
        const QChar key = mnemonic(action->text());
        if (!key.isNull() && taken.contains(key))
            all += taken[key] + u" / "_s + action->text();
        taken[key] = action->text();
    }
    return all;
}

QStringList clashesIn(const QWidget &widget)
{
    QStringList all;
    for (const QMenu *menu : widget.findChildren<QMenu *>())
        all += clashes(menu->actions());
    return all;
}

} // namespace

/// What is said in German: everything, and so that it can be used.
class tst_Translation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyTextIsTranslated();
    void theListIsThatOfTheSources();
    void theWindowSpeaksIt();
    void theProgramSpeaksWhatTheEnvironmentAsksFor();
    void theAboutBoxTellsTheVersions();
    void noMenuHasAMnemonicTwice_data();
    void noMenuHasAMnemonicTwice();

private:
    QString m_file = QStringLiteral(SOURCE "/inspector/translations/net-inspector_de.ts");
    QList<Entry> m_entries;
};

void tst_Translation::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"9.8.7"_s);
    m_entries = entriesOf(m_file);
    QVERIFY(m_entries.size() > 500);
}

void tst_Translation::everyTextIsTranslated()
{
    for (const Entry &entry : std::as_const(m_entries)) {
        const auto said = [&] {
            return entry.context + u": "_s + entry.source + u" -> "_s + entry.translation;
        };
        QVERIFY2(entry.isFinished && !entry.translation.isEmpty(), qPrintable(said()));
        QVERIFY2(places(entry.source) == places(entry.translation), qPrintable(said()));
        QVERIFY2(mnemonic(entry.source).isNull() == mnemonic(entry.translation).isNull(), qPrintable(said()));
        QVERIFY2(entry.source.endsWith(u'…') == entry.translation.endsWith(u'…'), qPrintable(said()));
    }
}

void tst_Translation::theListIsThatOfTheSources()
{
    QTemporaryDir place;
    const QString fresh = place.filePath(u"fresh_de.ts"_s);
    QProcess process;
    process.setWorkingDirectory(QStringLiteral(SOURCE));
    process.start(QStringLiteral(LUPDATE),
                  {u"-I"_s, u"."_s, u"-locations"_s, u"none"_s, u"inspector"_s, u"-ts"_s, fresh});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    const QStringList wanted = namesOf(entriesOf(fresh));
    const QStringList there = namesOf(m_entries);
    const auto advice = [](const QString &text) {
        return text + u"\ncmake --build build/dev --target refresh-translations takes up what has changed"_s;
    };
    for (const QString &name : wanted)
        QVERIFY2(there.contains(name), qPrintable(advice(u"new: "_s + name)));
    for (const QString &name : there)
        QVERIFY2(wanted.contains(name), qPrintable(advice(u"gone: "_s + name)));
    // Else a translation would not be found when it is asked for.
    for (const QString &name : wanted)
        QVERIFY2(name.startsWith(u"inspector::"_s) || name.startsWith(u"main: "_s), qPrintable(name));
}

void tst_Translation::theWindowSpeaksIt()
{
    QObject owner;
    speak(QLocale(QLocale::German, QLocale::Germany), &owner);
    Desk desk;
    QVERIFY(desk.isReady());
    QSet<QString> english;
    for (const Entry &entry : std::as_const(m_entries))
        english.insert(entry.source);
    for (const Entry &entry : std::as_const(m_entries))
        english.remove(entry.translation); // the same in both
    QStringList texts;
    for (const QAction *action : desk.window.findChildren<QAction *>())
        texts += {action->text(), action->statusTip()};
    for (const QLabel *label : desk.window.findChildren<QLabel *>())
        texts += {label->text(), label->toolTip()};
    for (const QWidget *widget : desk.window.findChildren<QWidget *>())
        texts += {widget->accessibleName(), widget->windowTitle(), widget->whatsThis()};
    for (const QString &text : std::as_const(texts))
        QVERIFY2(!english.contains(text), qPrintable(text));
    QCOMPARE(desk.window.menuBar()->actions().constFirst()->text(), u"&Datei"_s);
    QCOMPARE(desk.window.workspace().objects.headerData(0, Qt::Horizontal).toString(), u"Name"_s);
    QCOMPARE(desk.window.workspace().objects.headerData(2, Qt::Horizontal).toString(), u"Art"_s);
}

void tst_Translation::theProgramSpeaksWhatTheEnvironmentAsksFor()
{
    const auto help = [](const QString &locale) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LC_ALL"_s, locale);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(INSPECTOR), {u"--help"_s});
        return process.waitForFinished() ? QString::fromUtf8(process.readAllStandardOutput()) : QString();
    };
    QVERIFY(help(u"C.UTF-8"_s).contains(u"Shows this help."_s));
    QVERIFY(help(u"de_DE.UTF-8"_s).contains(u"Zeigt diese Hilfe."_s));
    QVERIFY(help(u"de_AT.UTF-8"_s).contains(u"öffnet"_s)); // and its letters are right
    QVERIFY(help(u"xx_YY.UTF-8"_s).contains(u"Shows this help."_s));
}

void tst_Translation::theAboutBoxTellsTheVersions()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.actions().about->trigger();
    auto *box = desk.window.findChild<QMessageBox *>(u"about"_s);
    QVERIFY(box);
    const QString text = box->text() + box->informativeText();
    for (const QString &version :
         {QCoreApplication::applicationVersion(), u"Qt "_s + QString::fromLatin1(qVersion()),
          u"rotocol version %1"_s.arg(net::wire::newestVersion), u"file version %1"_s.arg(sessionVersion)})
        QVERIFY2(text.contains(version), qPrintable(text));
}

void tst_Translation::noMenuHasAMnemonicTwice_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::newRow("English") << QLocale(QLocale::English);
    QTest::newRow("German") << QLocale(QLocale::German);
}

void tst_Translation::noMenuHasAMnemonicTwice()
{
    QFETCH(QLocale, locale);
    QObject owner;
    speak(locale, &owner);
    Desk desk(net::wire::Observe | net::wire::SeePayload | net::wire::Control);
    QVERIFY(desk.isReady());
    QCOMPARE(clashes(desk.window.menuBar()->actions()), QStringList());
    QCOMPARE(clashesIn(desk.window), QStringList());
    // Of a server and of a connection, which offer different things.
    for (const quint64 subject : {1, 2}) {
        Q_EMIT desk.connections()->menuRequested({1, subject}, static_cast<int>(Column::State), QPoint(10, 10));
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QCOMPARE(clashes(menu->actions()), QStringList());
        QCOMPARE(clashesIn(*menu), QStringList());
        menu->close();
    }
}

QTEST_MAIN(tst_Translation)
#include "tst_translation.moc"
