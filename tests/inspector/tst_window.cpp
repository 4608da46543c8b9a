#include "desk.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/filterbar.h"
#include "inspector/views/statusstrip.h"
#include "inspector/views/streamview.h"
#include "inspector/views/throughputplot.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// How many colours a picture has, up to a hundred: a blank one has a handful.
int colours(const QImage &image)
{
    QSet<QRgb> seen;
    for (int y = 0; y < image.height() && seen.size() < 100; y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            seen.insert(image.pixel(x, y));
    }
    return static_cast<int>(seen.size());
}

} // namespace

class tst_Window : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheTreeOfARunningAgent();
    void aMessageStandsAloneInTheStatusLine();
    void aClickShowsFactsAndFollowsTheStream();
    void saysHowToGrantPayload();
    void typingFiltersAndNonsenseHarmsNothing();
    void theContextMenuAddsConditions();
    void spacePausesTheView();
    void columnsCanBeHiddenSortedAndRemembered();
    void treeAndTableChange();
    void theStreamCopiesWhatIsSelected();
    void survivesTheDeathOfItsProcess();
    void emptyStatesSayTheNextStep();
    void everyThemeHasAPicture_data();
    void everyThemeHasAPicture();
    void theRowOneReadsStaysInPlace();
    void fitsAScreenThatIsScaledTwice();
    void everythingHasANameForAScreenReader();
};

void tst_Window::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"0"_s);
}

void tst_Window::showsTheTreeOfARunningAgent()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QCOMPARE(desk.rows().mid(1), (QStringList{u"  echo"_s, u"    #2"_s, u"    #3"_s, u"  fetcher"_s}));
    QTRY_COMPARE(desk.label(u"statusProcesses"_s), u"1 process"_s);
    QTRY_COMPARE(desk.label(u"filterCounts"_s), u"4 rows"_s);
    QVERIFY(desk.window.findChild<QLabel *>(u"statusDropped"_s)->isHidden());
    // New rows open by themselves: the sockets can be seen without a click.
    const QModelIndex three = desk.window.workspace().objects.indexOf({1, 3});
    QVERIFY(desk.connections()->visualRect(three).isValid());
    QByteArray bytes;
    encode(bytes, Drops{.reason = DropReason::Ring, .total = 5});
    desk.agent.say(bytes);
    QTRY_VERIFY(!desk.window.findChild<QLabel *>(u"statusDropped"_s)->isHidden());
    QCOMPARE(desk.label(u"statusDropped"_s), u"⚠ 5 events dropped"_s);
}

void tst_Window::aMessageStandsAloneInTheStatusLine()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const strip = desk.window.findChild<StatusStrip *>();
    auto *const dropped = desk.window.findChild<QLabel *>(u"statusDropped"_s);
    auto *const rate = desk.window.findChild<QLabel *>(u"statusRate"_s);
    QVERIFY(rate->isVisible() && dropped->isHidden());
    strip->showMessage(u"exported"_s);
    QByteArray bytes;
    encode(bytes, Drops{.reason = DropReason::Ring, .total = 5});
    desk.agent.say(bytes);
    QTRY_COMPARE(desk.session.accounts().ringDropped, 5u);
    strip->refresh();
    QVERIFY(rate->isHidden() && dropped->isHidden());
    strip->clearMessage();
    QVERIFY(rate->isVisible() && dropped->isVisible());
    // Whatever it says, the window needs no more room than the screen has.
    rate->setText(QString(2000, u'x'));
    QVERIFY(desk.window.minimumSizeHint().width() < 1000);
}

void tst_Window::aClickShowsFactsAndFollowsTheStream()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 2});
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 2}));
    const QStringList facts = printed(desk.window.workspace().facts, {0, 1});
    QVERIFY2(facts.contains(u"Remote 10.0.0.7:1002"_s), qPrintable(facts.join(u'\n')));
    QVERIFY(facts.contains(u"Accepted by echo (server)"_s));
    auto *stream = desk.window.findChild<StreamView *>();
    QTRY_COMPARE(stream->emptyTitle(), u"Waiting for data"_s);
    QTRY_COMPARE(desk.agent.captures.size(), 1);
    QCOMPARE(desk.agent.captures[0].subject, 2u);

    desk.say(Scene::payload(2, Direction::Received, 0, "ping\n"));
    desk.say(Scene::payload(2, Direction::Sent, 0, "pong\n"));
    QTRY_COMPARE(stream->visibleText(), u"▼ ping\n▲ pong"_s);
    QTest::mouseClick(desk.window.findChild<QToolButton *>(u"streamHex"_s), Qt::LeftButton);
    QCOMPARE(stream->visibleText(), u"▼ 70 69 6e 67 0a  ping·\n▲ 70 6f 6e 67 0a  pong·"_s);

    QTest::keyClick(desk.connections(), Qt::Key_Up); // the keyboard chooses as well
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 1}));
    QCOMPARE(stream->emptyTitle(), u"This has no stream of its own"_s);
}

void tst_Window::saysHowToGrantPayload()
{
    Desk desk(Observe);
    QVERIFY(desk.isReady());
    desk.click({1, 4});
    auto *stream = desk.window.findChild<StreamView *>();
    QTRY_COMPARE(stream->emptyTitle(), u"The application does not show its payload"_s);
    QVERIFY(stream->findChild<EmptyState *>()->hint().contains(u"LIBNET_INSPECT_PAYLOAD=1"_s));
    QVERIFY(desk.agent.captures.isEmpty()); // what was not granted is not asked for
}

void tst_Window::typingFiltersAndNonsenseHarmsNothing()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.actions().filter->trigger();
    QTest::keyClicks(desk.filter(), u"rport:1003"_s);
    QCOMPARE(desk.rows().mid(1), (QStringList{u"  echo"_s, u"    #3"_s}));
    QTRY_COMPARE(desk.label(u"filterCounts"_s), u"2 of 4 rows"_s); // with the server it stands under
    const QColor valid = desk.filter()->palette().color(QPalette::Base);

    QTest::keyClicks(desk.filter(), u" ((state:nonsense"_s);
    QVERIFY(!desk.window.findChild<QLabel *>(u"filterMessage"_s)->isHidden());
    QVERIFY(desk.label(u"filterMessage"_s).contains(u"is one of"_s));
    QVERIFY(desk.filter()->palette().color(QPalette::Base) != valid);
    QCOMPARE(desk.rows().size(), 3); // the last good filter stays in force

    desk.filter()->clear();
    QCOMPARE(desk.rows().size(), 5);
    QVERIFY(desk.window.findChild<QLabel *>(u"filterMessage"_s)->isHidden());
    QTest::keyClicks(desk.filter(), u"no-such-row-anywhere"_s);
    QTRY_COMPARE(desk.connections()->viewport()->findChild<EmptyState *>()->title(), u"Nothing passes the filter"_s);
}

void tst_Window::theContextMenuAddsConditions()
{
    Desk desk;
    QVERIFY(desk.isReady());
    Q_EMIT desk.connections()->menuRequested({1, 4}, static_cast<int>(Column::Remote), {});
    QMenu *menu = nullptr;
    QTRY_VERIFY(menu = qobject_cast<QMenu *>(QApplication::activePopupWidget()));
    menu->actions().constFirst()->trigger();
    menu->close();
    QCOMPARE(desk.filter()->text(), u"remote=\"192.168.1.9:80\""_s);
    QCOMPARE(desk.rows().mid(1), QStringList{u"  fetcher"_s});
    desk.filter()->setText(u"a or b"_s);
    desk.window.findChild<FilterBar *>()->add(u"-kind:client"_s);
    QCOMPARE(desk.filter()->text(), u"(a or b) -kind:client"_s);
}

void tst_Window::spacePausesTheView()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTest::keyClick(&desk.window, Qt::Key_Space);
    QVERIFY(desk.window.workspace().view.isPaused());
    QTRY_VERIFY(!desk.window.findChild<QLabel *>(u"statusPaused"_s)->isHidden());
    desk.happen({Scene::event(2, EventKind::Drain)});
    QTRY_COMPARE(desk.session.records().events.end(), 1u); // recording goes on
    QCOMPARE(desk.window.workspace().events.rowCount(), 0);
    desk.window.actions().pause->trigger();
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 1);

    QTest::keyClick(desk.filter(), Qt::Key_Space); // in a text it is a blank
    QVERIFY(!desk.window.workspace().view.isPaused());
    QCOMPARE(desk.filter()->text(), u" "_s);
}

void tst_Window::columnsCanBeHiddenSortedAndRemembered()
{
    QTemporaryDir place;
    QSettings settings(place.filePath(u"settings.ini"_s), QSettings::IniFormat);
    const auto directory = FakeAgent::makeDirectory();
    {
        Session session({.directory = directory->path()});
        MainWindow window(session, WindowMemory(&settings));
        window.show();
        auto *view = window.findChild<ConnectionView *>();
        view->setColumnHidden(static_cast<int>(Column::Kind), true);
        view->setColumnWidth(static_cast<int>(Column::Local), 333);
        window.resize(1111, 777);
        window.findChild<QDockWidget *>(u"eventsDock"_s)->hide();
        window.actions().lingers->actions().at(2)->trigger();
        window.actions().asTree->trigger();
        window.close();
    }
    Session session({.directory = directory->path()});
    MainWindow window(session, WindowMemory(&settings));
    window.show();
    auto *view = window.findChild<ConnectionView *>();
    QVERIFY(view->isColumnHidden(static_cast<int>(Column::Kind)));
    QCOMPARE(view->columnWidth(static_cast<int>(Column::Local)), 333);
    QCOMPARE(window.size(), QSize(1111, 777));
    QVERIFY(window.findChild<QDockWidget *>(u"eventsDock"_s)->isHidden());
    QCOMPARE(session.options().linger, std::chrono::seconds(30));
    QCOMPARE(window.workspace().objects.shape(), ObjectModel::Shape::Table);

    // Nonsense in the settings is no reason to fail.
    settings.setValue(u"window/layout"_s, QByteArray("nonsense"));
    settings.setValue(u"window/geometry"_s, u"nonsense"_s);
    settings.setValue(u"window/columns"_s, 7);
    settings.setValue(u"session/linger"_s, u"for ever"_s);
    MainWindow other(session, WindowMemory(&settings));
    QCOMPARE(session.options().linger, std::chrono::seconds(0));
}

void tst_Window::treeAndTableChange()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 3});
    desk.window.actions().asTree->trigger();
    QCOMPARE(desk.rows(), (QStringList{u"echo"_s, u"fetcher"_s, u"#2"_s, u"#3"_s}));
    QVERIFY(!desk.connections()->isColumnHidden(static_cast<int>(Column::Process)));
    QCOMPARE(desk.connections()->current(), (SubjectKey{1, 3})); // the choice stays
    QTest::mouseClick(desk.connections()->header()->viewport(), Qt::LeftButton, {},
                      {desk.connections()->header()->sectionViewportPosition(static_cast<int>(Column::Name)) + 20, 8});
    QCOMPARE(desk.rows().constFirst(), u"#3"_s);
    desk.window.actions().asTree->trigger();
    QCOMPARE(desk.rows().size(), 5);
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 3}));
}

void tst_Window::theStreamCopiesWhatIsSelected()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 4});
    auto *stream = desk.window.findChild<StreamView *>();
    QTRY_COMPARE(desk.agent.captures.size(), 1);
    desk.say(Scene::payload(4, Direction::Received, 0, "one\ntwo\nthree\n"));
    QTRY_COMPARE(stream->visibleText(), u"▼ one\n▼ two\n▼ three"_s);
    QTest::keyClick(stream, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(stream, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"one\ntwo\nthree\n"_s);
    QTest::mouseClick(stream->viewport(), Qt::LeftButton, {}, {200, 4});
    QTest::keyClick(stream, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), u"one\n"_s);
}

void tst_Window::survivesTheDeathOfItsProcess()
{
    auto desk = std::make_unique<Desk>();
    QVERIFY(desk->isReady());
    desk->session.setLinger(std::chrono::milliseconds(0));
    desk->session.setPreserving(false);
    desk->click({1, 2});
    Rendezvous(desk->directory->path()).withdraw(desk->agent.card().pid);
    desk->agent.hangUp();
    // What was chosen can still be read when its row is gone.
    QTRY_COMPARE(desk->rows().size(), 1);
    QVERIFY(desk->rows().constFirst().startsWith(u"demo"_s));
    QCOMPARE(desk->window.workspace().facts.title(), u"accepted #2"_s);
    QTRY_COMPARE(desk->label(u"statusProcesses"_s), u"0 processes"_s);
    desk->window.resize(400, 300);
    desk->window.grab();
    desk->window.resize(2000, 1200);
    desk->window.grab();
}

void tst_Window::emptyStatesSayTheNextStep()
{
    const auto directory = FakeAgent::makeDirectory();
    Session session({.directory = directory->path()});
    MainWindow window(session);
    window.show();
    session.start();
    auto *empty = window.findChild<ConnectionView *>()->viewport()->findChild<EmptyState *>();
    QCOMPARE(empty->title(), u"No inspectable process is running"_s);
    QVERIFY(empty->hint().contains(u"LIBNET_INSPECT=1"_s) && empty->hint().contains(directory->path()));
    for (const EmptyState *state : window.findChildren<EmptyState *>()) {
        QVERIFY(!state->title().isEmpty());
        QVERIFY(!state->hint().isEmpty());
    }
    FakeAgent agent(directory->path(), u"demo"_s);
    agent.opening = Scene::greeting() + Scene::snapshot({});
    QTRY_VERIFY(empty->isHidden()); // the process itself is a row
    session.setAttached(agent.card().pid, false);
    window.actions().asTree->trigger();
    QTRY_COMPARE(empty->title(), u"Not attached to any process"_s);
}

void tst_Window::everyThemeHasAPicture_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::newRow("light") << Theme::Light;
    QTest::newRow("dark") << Theme::Dark;
    QTest::newRow("system") << Theme::System;
}

void tst_Window::everyThemeHasAPicture()
{
    QFETCH(Theme, theme);
    Desk desk;
    QVERIFY(desk.isReady());
    desk.window.useTheme(theme);
    desk.click({1, 2});
    desk.happen({Scene::event(2, EventKind::Received, 5, 5), Scene::event(4, EventKind::Failed, 111)});
    QTRY_VERIFY(desk.window.workspace().events.rowCount() > 0);
    const QImage picture = desk.window.grab().toImage();
    QCOMPARE(picture.size(), QSize(1280, 800));
    QVERIFY(colours(picture) >= 40);
    const bool dark = QApplication::palette().color(QPalette::Base).lightness() < 128;
    if (theme != Theme::System)
        QCOMPARE(dark, theme == Theme::Dark);
}

void tst_Window::theRowOneReadsStaysInPlace()
{
    Desk desk;
    QVERIFY(desk.isReady());
    const auto grow = [&](quint64 first, quint64 last) {
        QList<Description> more;
        for (quint64 id = first; id <= last; ++id)
            more += Scene::client(id, u"client %1"_s.arg(id), 80);
        QByteArray bytes;
        encode(bytes, std::span(more.constData(), static_cast<std::size_t>(more.size())), 1);
        desk.agent.say(bytes);
    };
    grow(500, 600);
    QTRY_COMPARE(desk.rows().size(), 106);
    desk.click({1, 550});
    const auto top = [&] {
        return desk.connections()->visualRect(desk.window.workspace().objects.indexOf({1, 550})).top();
    };
    const int before = top();
    QVERIFY(desk.connections()->verticalScrollBar()->value() > 0);
    grow(100, 199); // above it in the order of names
    QTRY_COMPARE(desk.rows().size(), 206);
    QCOMPARE(top(), before);
}

// Of 1280x800, one of 640x400 is left.
void tst_Window::fitsAScreenThatIsScaledTwice()
{
    Desk desk;
    QVERIFY(desk.isReady());
    const QSize least = desk.window.minimumSizeHint();
    QVERIFY2(least.width() <= 640 && least.height() <= 400,
             qPrintable(u"%1x%2"_s.arg(least.width()).arg(least.height())));
}

void tst_Window::everythingHasANameForAScreenReader()
{
    Desk desk;
    QVERIFY(desk.isReady());
    for (const QWidget *widget : desk.window.findChildren<QWidget *>()) {
        const bool isView = qobject_cast<const QAbstractScrollArea *>(widget) ||
                            qobject_cast<const QLineEdit *>(widget) || qobject_cast<const ThroughputPlot *>(widget);
        if (isView && !qobject_cast<const QHeaderView *>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
}

QTEST_MAIN(tst_Window)
#include "tst_window.moc"
