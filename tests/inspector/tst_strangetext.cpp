#include "inspector/models/objectmodel.h"
#include "inspector/models/report.h"
#include "inspector/models/strangetext.h"
#include "inspector/window/terminal.h"
#include "scene.h"

#include <QTemporaryFile>
#include <QTest>
#include <QTextDocument>

#include <cstdio>
#include <unistd.h>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// Names are what an application, or whoever made a session file, has chosen: they are shown and never obeyed.
class tst_StrangeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void controlCharactersBecomePictures_data();
    void controlCharactersBecomePictures();
    void aTerminalGetsNoSequences();
    void aNameStaysOnItsLine();
    void tipsAreNoMarkup();
};

// Clears the screen, gives the window a title, and goes on in a line of its own.
static const QString hostile = u"echo\x1b[2J\x1b]0;mine\x07\r\nroot  process"_s;

void tst_StrangeText::controlCharactersBecomePictures_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("nothing to do") << u"größer 日本 😀"_s << u"größer 日本 😀"_s;
    QTest::newRow("escape") << u"a\x1b[31mb"_s << u"a␛[31mb"_s;
    QTest::newRow("line end") << u"a\nb\rc\td"_s << u"a␊b␍c␉d"_s;
    QTest::newRow("delete, and the eight bit form of an escape") << u"a\u007fb\u009bc"_s << u"a␡b\ufffdc"_s;
    QTest::newRow("turned around") << u"a\u202eb\u2066c"_s << u"a\ufffdb\ufffdc"_s;
    QTest::newRow("nothing at all") << QString(u"a\0b"_s) << u"a␀b"_s;
}

void tst_StrangeText::controlCharactersBecomePictures()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(withoutControls(text), shown);
    QCOMPARE(withoutControls(shown), shown);
    QCOMPARE(withoutControls(u"a\nb"_s, true), u"a\nb"_s);
}

void tst_StrangeText::aTerminalGetsNoSequences()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    std::fflush(stdout);
    const int before = ::dup(STDOUT_FILENO);
    QVERIFY(::dup2(file.handle(), STDOUT_FILENO) >= 0);
    printOut(u"could not attach to "_s + hostile + u'\n');
    ::dup2(before, STDOUT_FILENO);
    ::close(before);
    QVERIFY(file.seek(0));
    QCOMPARE(QString::fromUtf8(file.readAll()), u"could not attach to echo␛[2J␛]0;mine␇␍\nroot  process\n"_s);
}

void tst_StrangeText::aNameStaysOnItsLine()
{
    QuietSession quiet;
    quiet.addProcess(1, hostile, 4711);
    quiet.add(1, Scene::server(1, hostile, 8124));
    quiet.session.endFrame();
    const QStringList lines = reportOf(quiet.session.records()).text.split(u'\n');
    QCOMPARE(lines.size(), 6); // the heading, both, an empty one, the sum, and the end
    for (const QString &line : lines)
        QCOMPARE(withoutControls(line), line);
    QVERIFY2(lines.at(2).simplified().startsWith(u"echo␛[2J␛]0;mine␇␍␊root process server"_s), qPrintable(lines.at(2)));
}

void tst_StrangeText::tipsAreNoMarkup()
{
    const QString name = u"<img src=\"/etc/passwd\"><b>open</b>"_s;
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, name, 8124));
    quiet.session.endFrame();
    LiveView view{quiet.session};
    FilterState filter;
    const ObjectModel model{view, filter};
    const QModelIndex server = model.index(0, int(Column::Name), model.index(0, 0));
    QCOMPARE(server.data().toString(), name);
    QTextDocument shown;
    shown.setHtml(server.data(Qt::ToolTipRole).toString());
    QCOMPARE(shown.toPlainText(), name);
    QCOMPARE(plainTip(u"a < b & c"_s), u"a < b & c"_s); // what is no markup stays as it is
}

QTEST_MAIN(tst_StrangeText)
#include "tst_strangetext.moc"
