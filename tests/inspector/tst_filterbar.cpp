// The filter bar in a whole window, by keys: completion, history, undo, help, and the conditions of menus.
#include "desk.h"
#include "inspector/commands/rowmenu.h"
#include "inspector/models/filterhelp.h"
#include "inspector/models/filteroperators.h"
#include "inspector/models/filterparser.h"
#include "inspector/models/objectsource.h"
#include "inspector/session/monotonic.h"
#include "inspector/views/filterbar.h"
#include "inspector/views/filtercompleter.h"
#include "inspector/views/filterhelpwindow.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

using namespace inspector;
using namespace Qt::StringLiterals;

class tst_FilterBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersFieldsOperatorsAndSeenValues();
    void completesByKeys();
    void returnConfirmsWhatIsTyped_data();
    void returnConfirmsWhatIsTyped();
    void tabGoesOnWithWhatIsTyped();
    void undoTakesTheOffersAway();
    void undoesOneFilterAtATime();
    void whatAMenuAddsIsAStep();
    void remembersFiltersFromOneStartToTheNext();
    void theHelpNamesEveryFieldAndOperator();
    void theHelpOpensAndItsExamplesWork();
    void everyCellSaysOnlyThisOrNotThis();
    void onlyThisProcessMeansNoOtherOfItsName();
    void copiesRowsInThreeForms();
    void aFactOffersItsConditionToo();
};

void tst_FilterBar::offersFieldsOperatorsAndSeenValues()
{
    const auto seen = [](Field field, const QString &) {
        return field == Field::Name ? QStringList{u"echo"_s, u"two words"_s} : QStringList();
    };
    const auto offered = [&](const QString &text) {
        QStringList texts;
        for (const auto &candidate : FilterCompletion::at(text, static_cast<int>(text.size()), seen).candidates)
            texts += candidate.text;
        return texts;
    };
    QCOMPARE(offered(u"por"_s), QStringList{u"port:"_s});
    QVERIFY(offered(u"bytes"_s).contains(u"bytes>="_s));
    QVERIFY(!offered(u"bytes"_s).contains(u"bytes~"_s));
    QCOMPARE(offered(u"a (family:"_s), (QStringList{u"ipv4"_s, u"ipv6"_s, u"local"_s}));
    QCOMPARE(offered(u"family:ip"_s), (QStringList{u"ipv4"_s, u"ipv6"_s}));
    QCOMPARE(offered(u"-name:"_s), (QStringList{u"echo"_s, u"\"two words\""_s}));
    QCOMPARE(offered(u"name = tw"_s), QStringList{u"\"two words\""_s});
    QCOMPARE(offered(u"nonsense"_s), QStringList());
    QVERIFY(offered({}).size() >= static_cast<qsizetype>(filterFields().size()));
    QVERIFY(!FilterCompletion::at(u"port>1 "_s, 7, seen).isAsked);
}

void tst_FilterBar::completesByKeys()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const completer = desk.window.findChild<FilterBar *>()->completer();
    QTest::keyClick(&desk.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), desk.filter());
    QTest::keyClicks(desk.filter(), u"serv"_s);
    QTRY_COMPARE(completer->offered(), QStringList{u"server:"_s});
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(desk.filter()->text(), u"server:"_s);
    QTRY_COMPARE(completer->offered(), QStringList{u"echo"_s}); // the only server there is
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(desk.filter()->text(), u"server:echo"_s);
    QTRY_COMPARE(desk.label(u"filterCounts"_s), u"3 of 4 rows"_s);
    QTest::keyClick(desk.filter(), Qt::Key_End);
    QTest::keyClicks(desk.filter(), u" "_s);
    QVERIFY(!completer->popup()->isVisible()); // nothing was begun
    QTest::keyClick(desk.filter(), Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(completer->offered().contains(u"port:"_s));
    QTest::keyClick(completer->popup(), Qt::Key_Escape);
    QTRY_VERIFY(!completer->popup()->isVisible());
}

void tst_FilterBar::returnConfirmsWhatIsTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("offered");
    QTest::newRow("a word within another one") << u"state:open"_s << u"half-open"_s;
    QTest::newRow("a name within another one") << u"name:fetch"_s << u"fetcher"_s;
    QTest::newRow("the name of a field") << u"in"_s << u"in:"_s;
    QTest::newRow("a field that is begun") << u"serv"_s << u"server:"_s;
}

void tst_FilterBar::returnConfirmsWhatIsTyped()
{
    QFETCH(QString, typed);
    QFETCH(QString, offered);
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const completer = desk.window.findChild<FilterBar *>()->completer();
    QTest::keyClick(&desk.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), desk.filter());
    QTest::keyClicks(desk.filter(), typed);
    QTRY_COMPARE(completer->offered().value(0), offered);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(desk.filter()->text(), typed);
    QCOMPARE(desk.filter()->selectedText(), typed); // confirmed
    QVERIFY(!completer->popup()->isVisible());
    QVERIFY(desk.window.workspace().filter.isValid());
}

void tst_FilterBar::tabGoesOnWithWhatIsTyped()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const completer = desk.window.findChild<FilterBar *>()->completer();
    QTest::keyClick(&desk.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), desk.filter());
    QTest::keyClicks(desk.filter(), u"sta"_s);
    QTRY_COMPARE(completer->offered(), QStringList{u"state:"_s});
    QTest::keyClick(completer->popup(), Qt::Key_Tab);
    QCOMPARE(desk.filter()->text(), u"state:"_s);
    QTest::keyClicks(desk.filter(), u"open"_s);
    QTRY_COMPARE(completer->offered(), QStringList{u"half-open"_s});
    QTest::keyClick(completer->popup(), Qt::Key_Tab); // that would be another filter
    QCOMPARE(desk.filter()->text(), u"state:open"_s);
    QVERIFY(!completer->popup()->isVisible());
}

void tst_FilterBar::undoTakesTheOffersAway()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const bar = desk.window.findChild<FilterBar *>();
    QTest::keyClick(&desk.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), desk.filter());
    QTest::keyClicks(desk.filter(), u"serv"_s);
    QTRY_COMPARE(bar->completer()->offered(), QStringList{u"server:"_s});
    bar->undoAction()->trigger();
    QCOMPARE(desk.filter()->text(), QString());
    QVERIFY(!bar->completer()->popup()->isVisible());
}

void tst_FilterBar::undoesOneFilterAtATime()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTest::keyClick(&desk.window, Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), desk.filter());
    QTest::keyClicks(desk.filter(), u"kind:client "_s);
    QTest::keyClick(desk.filter(), Qt::Key_Return);
    QTest::keyClick(desk.filter(), Qt::Key_End);
    QTest::keyClicks(desk.filter(), u"port=1 "_s);
    QTest::keyClick(desk.filter(), Qt::Key_Return);
    QTest::keyClick(desk.filter(), Qt::Key_End);
    QTest::keyClicks(desk.filter(), u"por= "_s); // never was a filter
    QVERIFY(!desk.window.workspace().filter.isValid());

    QTest::keyClick(desk.filter(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.filter()->text(), u"kind:client port=1 "_s);
    QTest::keyClick(desk.filter(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.filter()->text(), u"kind:client "_s);
    QTest::keyClick(desk.filter(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(desk.filter()->text(), QString());
    QVERIFY(!desk.window.findChild<FilterBar *>()->undoAction()->isEnabled());
    QTest::keyClick(desk.filter(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(desk.filter()->text(), u"kind:client "_s);
    QTRY_COMPARE(desk.label(u"filterCounts"_s), u"1 of 4 rows"_s);
}

void tst_FilterBar::whatAMenuAddsIsAStep()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const bar = desk.window.findChild<FilterBar *>();
    bar->add(u"kind:client"_s);
    bar->add(u"-name=\"fetcher\""_s);
    QCOMPARE(desk.filter()->text(), u"kind:client -name=\"fetcher\""_s);
    bar->undoAction()->trigger();
    QCOMPARE(desk.filter()->text(), u"kind:client"_s);
    bar->undoAction()->trigger();
    QCOMPARE(desk.filter()->text(), QString());
    bar->redoAction()->trigger();
    QCOMPARE(desk.filter()->text(), u"kind:client"_s);

    // The menu of a row has it too.
    desk.click({1, 4});
    Q_EMIT desk.connections()->menuRequested({1, 4}, 0, QPoint(10, 10));
    auto *const menu = desk.window.findChild<RowMenu *>();
    QVERIFY(menu);
    QVERIFY(menu->actions().contains(bar->undoAction()));
    menu->close();
}

void tst_FilterBar::remembersFiltersFromOneStartToTheNext()
{
    const QTemporaryDir directory;
    QSettings settings(directory.filePath(u"settings.ini"_s), QSettings::IniFormat);
    QuietSession scene;
    {
        MainWindow window(scene.session, WindowMemory(&settings));
        window.setFilter(u"port>80"_s);
        window.setFilter(u"port>"_s); // no filter, not remembered
        window.setFilter(u"state:open"_s);
    }
    QCOMPARE(WindowMemory(&settings).recentFilters(), (QStringList{u"state:open"_s, u"port>80"_s}));
    MainWindow window(scene.session, WindowMemory(&settings));
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *const line = window.findChild<QLineEdit *>(u"filter"_s);
    line->setFocus();
    QTest::keyClick(&window, Qt::Key_Down, Qt::AltModifier);
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *const menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 2);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_COMPARE(line->text(), u"port>80"_s);
}

void tst_FilterBar::theHelpNamesEveryFieldAndOperator()
{
    const QString page = filterHelp();
    const auto cell = [](const char *text) {
        return u"<td><code>"_s + QString::fromLatin1(text).toHtmlEscaped() + u"</code></td>"_s;
    };
    for (const FieldInfo &info : filterFields()) {
        QVERIFY2(page.contains(cell(info.name)), info.name);
        for (const QString &word : info.wordList())
            QVERIFY2(page.contains(word), qPrintable(word));
    }
    for (const FilterOperator &how : filterOperators())
        QVERIFY2(page.contains(cell(how.text)), how.text);
    QVERIFY(filterExamples().size() >= 5);
    for (const QString &example : filterExamples()) {
        FilterParser parser;
        QVERIFY2(parser.parse(example), qPrintable(example + u": "_s + parser.error().message));
        QVERIFY2(page.contains(example.toHtmlEscaped()), qPrintable(example));
    }
}

void tst_FilterBar::theHelpOpensAndItsExamplesWork()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTest::keyClick(desk.filter(), Qt::Key_F1);
    QTRY_VERIFY(desk.window.findChild<FilterHelpWindow *>());
    auto *const page = desk.window.findChild<QTextBrowser *>(u"filterHelpPage"_s);
    QTRY_VERIFY(page->isVisible());
    QVERIFY(page->toPlainText().contains(u"regular expression"_s));
    // By keys: the first link, and then into the bar.
    page->setFocus();
    QTest::keyClick(page, Qt::Key_Tab);
    QTest::keyClick(page, Qt::Key_Return);
    QTRY_COMPARE(desk.filter()->text(), filterExamples().constFirst());
    for (const QString &example : filterExamples()) {
        Q_EMIT page->anchorClicked(QUrl(u"filter:"_s + QString::fromLatin1(QUrl::toPercentEncoding(example))));
        QCOMPARE(desk.filter()->text(), example);
        QVERIFY(desk.window.workspace().filter.isValid());
    }
    QTest::keyClick(page, Qt::Key_Escape);
    QTRY_VERIFY(!desk.window.findChild<FilterHelpWindow *>());
}

void tst_FilterBar::everyCellSaysOnlyThisOrNotThis()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    quiet.add(1, Scene::accepted(2, 1, 1002));
    net::wire::Description busy = Scene::client(3, u"fetcher"_s, 80);
    busy.counters.queued = 70'000;
    busy.errorMessage = u"connect ECONNREFUSED 192.168.1.9:80"_s;
    quiet.add(1, busy);
    const ObjectTable &table = quiet.objects();
    const qint64 now = monotonicNow();
    for (int row = 0; row < table.size(); ++row) {
        for (int column = 0; column < columnCount; ++column) {
            const QString condition = conditionOf(table, row, static_cast<Column>(column), now);
            const QString cell = cellText(table, row, static_cast<Column>(column), now);
            QVERIFY2(!condition.isEmpty() || cell.isEmpty(), qPrintable(columnTitle(static_cast<Column>(column))));
            // It keeps the row that was clicked.
            const std::optional<Filter> filter = FilterParser().parse(condition);
            QVERIFY2(filter && filter->matches(ObjectSource(table, row, now)), qPrintable(condition));
        }
    }
    QCOMPARE(conditionOf(table, table.find({1, 2}), Column::Queue, now), u"queue=0"_s);
    QCOMPARE(conditionOf(table, table.find({1, 3}), Column::Queue, now), u"queue>0"_s);
}

void tst_FilterBar::onlyThisProcessMeansNoOtherOfItsName()
{
    QuietSession quiet;
    quiet.addProcess(1, u"echo"_s, 4711);
    quiet.add(1, Scene::client(2, u"fetcher"_s, 80));
    quiet.addProcess(2, u"echo"_s, 4712);
    quiet.add(2, Scene::client(2, u"fetcher"_s, 80));
    const ObjectTable &table = quiet.objects();
    QStringList conditions;
    for (const SubjectKey key : {SubjectKey{1, 0}, SubjectKey{2, 0}})
        conditions += conditionOf(table, table.find(key), Column::Name, 0);
    conditions += conditionOf(table, table.find({2, 2}), Column::Process, 0);
    QCOMPARE(conditions, (QStringList{u"pid=4711"_s, u"pid=4712"_s, u"pid=4712"_s}));
}

void tst_FilterBar::copiesRowsInThreeForms()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 4});
    QTest::keyClick(desk.connections(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"fetcher\tclient\topen\t"_s));
    Q_EMIT desk.connections()->menuRequested({1, 4}, 0, QPoint(10, 10));
    auto *const menu = desk.window.findChild<RowMenu *>();
    QVERIFY(menu);
    auto *const one = menu->findChild<QMenu *>(u"copyRow"_s);
    auto *const all = menu->findChild<QMenu *>(u"copyAllRows"_s);
    QVERIFY(one && all);
    one->actions().at(2)->trigger();
    QVERIFY(QApplication::clipboard()->text().contains(u"\"fetcher\""_s));
    QVERIFY(QApplication::clipboard()->text().trimmed().startsWith(u'['));
    all->actions().at(1)->trigger();
    const QStringList lines = QApplication::clipboard()->text().split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1 + 5); // the headings, and every row
    menu->close();
}

void tst_FilterBar::aFactOffersItsConditionToo()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 4});
    auto *const facts = desk.window.findChild<QTableView *>(u"facts"_s);
    QTRY_VERIFY(printed(*facts->model(), {0}).contains(u"Remote"_s));
    const int row = static_cast<int>(printed(*facts->model(), {0}).indexOf(u"Remote"_s));
    facts->setCurrentIndex(facts->model()->index(row, 1));
    Q_EMIT facts->customContextMenuRequested(facts->visualRect(facts->currentIndex()).center());
    auto *const menu = desk.window.findChild<RowMenu *>();
    QVERIFY(menu);
    menu->actions().constFirst()->trigger();
    QCOMPARE(desk.filter()->text(), u"remote=\"192.168.1.9:80\""_s);
    menu->findChild<QMenu *>(u"copyRow"_s)->actions().at(1)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"Fact,Value\r\nRemote,192.168.1.9:80\r\n"_s);
    menu->close();
}

QTEST_MAIN(tst_FilterBar)
#include "tst_filterbar.moc"
