// The panes in tabs over the details, in a whole window, by clicking and typing.
#include "desk.h"
#include "inspector/models/objectcolumns.h"
#include "inspector/session/monotonic.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/eventlogview.h"
#include "inspector/views/filterbar.h"
#include "inspector/views/lintpane.h"
#include "inspector/views/throughputplot.h"
#include "inspector/views/timelineview.h"
#include "inspector/views/topologyview.h"

#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

#include <numeric>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

template <typename View>
View *show(Desk &desk, const QString &dock)
{
    auto *const pane = desk.window.findChild<QDockWidget *>(dock);
    pane->show();
    pane->raise();
    auto *const view = desk.window.findChild<View *>();
    return QTest::qWaitFor([view] { return view->isVisible() && view->width() > 100; }) ? view : nullptr;
}

} // namespace

class tst_Panes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBrushedSpanFiltersEverythingElse();
    void theBrushIsThatOfTheFilter();
    void whatAGapLostCoversNoTime();
    void theTimelineIsReachedByKeys();
    void theTimelineGoesBackAndStaysThere();
    void theThroughputGoesBackAndStaysThere();
    void theGraphChoosesAndFilters();
    void aLintSaysWhatToDoAndShowsWho();
    void theStatusStripNamesTheWorst();
    void everyPaneHasANameAndAnEmptyState();
    void anEmptyStateCoversAViewThatWasScrolled();
    void whatIsBehindAnotherTabRests();
};

void tst_Panes::aBrushedSpanFiltersEverythingElse()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const timeline = show<TimelineView>(desk, u"timelineDock"_s);
    QVERIFY(timeline);
    QTRY_COMPARE(desk.window.workspace().timeline.count(), 3);
    desk.filter()->setText(u"kind:client"_s);
    QTRY_COMPARE(desk.window.workspace().timeline.count(), 1);
    desk.happen({Scene::event(4, EventKind::Drain)});
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 1);

    // A span before anything was there.
    QWidget *const canvas = timeline->viewport();
    const int y = canvas->height() - 10;
    const int left = canvas->width() / 2;
    QTest::mousePress(canvas, Qt::LeftButton, {}, {left, y});
    QTest::mouseMove(canvas, {left + 40, y});
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, {left + 40, y});
    QVERIFY2(desk.filter()->text().startsWith(u"kind:client time:"_s), qPrintable(desk.filter()->text()));
    QVERIFY(desk.window.workspace().filter.isValid());
    QCOMPARE(desk.window.workspace().events.rowCount(), 0);
    QCOMPARE(desk.rows().size(), 0);
    QCOMPARE(desk.window.workspace().timeline.count(), 1); // where one chooses, nothing disappears

    QTest::keyClick(timeline, Qt::Key_Escape);
    QCOMPARE(desk.filter()->text(), u"kind:client"_s);
    QCOMPARE(desk.window.workspace().events.rowCount(), 1);
}

void tst_Panes::theBrushIsThatOfTheFilter()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const timeline = show<TimelineView>(desk, u"timelineDock"_s);
    QVERIFY(timeline);
    QTRY_COMPARE(desk.window.workspace().timeline.count(), 3);
    QWidget *const canvas = timeline->viewport();
    const QPoint left(canvas->width() / 2, canvas->height() - 10);
    QTest::mousePress(canvas, Qt::LeftButton, {}, left);
    const qint64 begin = timeline->timeAt(left.x());
    QVERIFY(!timeline->brush());
    QTest::mouseMove(canvas, left + QPoint(40, 0));
    QCOMPARE(timeline->brush()->first, begin);
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, left + QPoint(40, 0));
    constexpr qint64 millisecond = 1'000'000; // a filter tells no less
    QVERIFY(std::abs(timeline->brush()->first - begin) <= 2 * millisecond);
    auto *const undo = desk.window.findChild<FilterBar *>()->undoAction();
    undo->trigger();
    QCOMPARE(desk.filter()->text(), QString());
    QVERIFY(!timeline->brush());
    desk.window.findChild<FilterBar *>()->redoAction()->trigger();
    QVERIFY(std::abs(timeline->brush()->first - begin) <= 2 * millisecond);
    desk.filter()->setText(u"kind:client"_s);
    QVERIFY(!timeline->brush());
    desk.filter()->setText(u"kind:client or time:00:00..00:01"_s); // narrows nothing
    QVERIFY(!timeline->brush());
    desk.filter()->setText(u"-time:00:00..00:01"_s);
    QVERIFY(!timeline->brush());
    desk.filter()->setText(u"kind:client time:00:00..00:01"_s); // typed: two minutes
    QCOMPARE((timeline->brush()->second - timeline->brush()->first + 500) / 1'000'000'000, 120);
}

void tst_Panes::whatAGapLostCoversNoTime()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const timeline = show<TimelineView>(desk, u"timelineDock"_s);
    QVERIFY(timeline);
    for (const quint64 total : {5, 8}) {
        QByteArray bytes;
        encode(bytes, Drops{.reason = DropReason::Ring, .total = total});
        desk.agent.say(bytes);
        const auto &gaps = desk.session.records().gaps.gaps();
        QTRY_COMPARE(std::accumulate(gaps.begin(), gaps.end(), 0ULL,
                                     [](quint64 sum, const DropGap &gap) { return sum + gap.count; }),
                     total);
    }
    QTRY_COMPARE(timeline->labels().front().text, u"⚠ 8 lost"_s); // both, they are close to each other
    const auto labels = timeline->labels();
    QVERIFY(labels.size() > 2);
    for (std::size_t i = 1; i < labels.size(); ++i)
        QVERIFY(!labels[i].place.intersects(labels[i - 1].place) && !labels[i].place.intersects(labels[0].place));
}

void tst_Panes::theTimelineIsReachedByKeys()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const timeline = show<TimelineView>(desk, u"timelineDock"_s);
    QVERIFY(timeline);
    QTRY_COMPARE(desk.window.workspace().timeline.count(), 3);
    QTest::keyClick(timeline, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 2}));
    QTest::keyClick(timeline, Qt::Key_Down);
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 3}));
    QCOMPARE(desk.connections()->current(), (SubjectKey{1, 3})); // one selection for all
    const auto before = timeline->time().length();
    QTest::keyClick(timeline, Qt::Key_Plus);
    QVERIFY(timeline->time().length() < before);
    QTest::keyClick(timeline, Qt::Key_Return);
    QVERIFY(desk.filter()->text().startsWith(u"time:"_s));
    QTRY_COMPARE(desk.rows().size(), 5);      // all of them were there at that time
    QTest::keyClick(timeline, Qt::Key_Space); // left to the window
    QTRY_VERIFY(desk.window.workspace().view.isPaused());
}

void tst_Panes::theTimelineGoesBackAndStaysThere()
{
    Desk desk;
    Description old = Scene::client(4, u"fetcher"_s, 80);
    old.record.createdAt -= 3600'000'000'000;
    Description young = Scene::client(5, u"younger"_s, 80);
    desk.agent.opening = Scene::greeting() + Scene::snapshot({old, young});
    QTRY_COMPARE(desk.rows().size(), 3);
    auto *const timeline = show<TimelineView>(desk, u"timelineDock"_s);
    QVERIFY(timeline);
    TimelineModel &model = desk.window.workspace().timeline;
    QTRY_COMPARE(model.count(), 2);
    auto *const button = timeline->findChild<QPushButton *>(u"now"_s);
    QVERIFY(!button->isVisible());

    QTest::keyClick(timeline, Qt::Key_Home);
    QCOMPARE(timeline->time().from(), old.record.createdAt);
    QCOMPARE(model.count(), 1); // who was not there yet takes no room
    QVERIFY(button->isVisible());
    QSignalSpy frames(&model, &TimelineModel::changed);
    QTRY_VERIFY(frames.size() > 3);
    QCOMPARE(timeline->time().from(), old.record.createdAt);
    QTest::keyClick(timeline, Qt::Key_Right);
    QCOMPARE(timeline->time().from(), old.record.createdAt + timeline->time().length().count() / 4);
    const QPoint middle = timeline->viewport()->rect().center();
    QWheelEvent wheel(middle, timeline->viewport()->mapToGlobal(middle), {}, {0, 240}, Qt::NoButton, Qt::ShiftModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(timeline->viewport(), &wheel);
    QCOMPARE(timeline->time().from(), old.record.createdAt);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(timeline, Qt::Key_Minus);
    QVERIFY(timeline->time().length() >= std::chrono::hours(1)); // all of it
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(timeline, Qt::Key_Plus);
    QVERIFY(timeline->time().length() <= std::chrono::milliseconds(100));

    QTest::keyClick(timeline, Qt::Key_Home);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(timeline->time().isFollowing());
    QVERIFY(!button->isVisible());
    QCOMPARE(model.count(), 2);
    QTest::keyClick(timeline, Qt::Key_Left);
    QTest::keyClick(timeline, Qt::Key_End);
    QVERIFY(timeline->time().isFollowing());
}

void tst_Panes::theThroughputGoesBackAndStaysThere()
{
    Desk desk;
    QVERIFY(desk.isReady());
    ThroughputModel &model = desk.window.workspace().throughput;
    EventRecord past = Scene::event(4, EventKind::Received, 1000, 1000);
    past.time -= 200'000'000'000;
    desk.happen({past});
    QTRY_COMPARE(desk.session.records().events.end(), 1u);
    desk.window.workspace().selection.choose({1, 4});
    auto *const plot = desk.window.findChild<ThroughputPlot *>();
    auto *const button = plot->findChild<QPushButton *>(u"now"_s);
    QTest::keyClick(plot, Qt::Key_Home);
    QCOMPARE(plot->time().from(), model.begin());
    QVERIFY(model.now() - plot->time().to() > 100'000'000'000);
    QVERIFY(button->isVisible());
    QSignalSpy frames(&model, &ThroughputModel::changed);
    QTRY_VERIFY(frames.size() > 3);
    QCOMPARE(plot->time().from(), model.begin());
    QTest::keyClick(plot, Qt::Key_Right);
    QCOMPARE(plot->time().from(), model.begin() + plot->time().length().count() / 4);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(plot->time().isFollowing());
    QVERIFY(!button->isVisible());
}

void tst_Panes::theGraphChoosesAndFilters()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const graph = show<TopologyView>(desk, u"topologyDock"_s);
    QVERIFY(graph);
    QTRY_VERIFY(!graph->placeOf(u"10.0.0.7"_s).isNull());
    const QString server = u"echo  127.0.0.1:8124"_s;
    QVERIFY(!graph->isMoving()); // nothing flows yet
    QTest::mouseClick(graph->viewport(), Qt::LeftButton, {}, graph->placeOf(server).center());
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 1}));

    QTest::keyClick(graph, Qt::Key_Left);
    QTest::keyClick(graph, Qt::Key_Return);
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 0}));

    const QPoint peer = graph->placeOf(u"10.0.0.7"_s).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, peer, graph->viewport()->mapToGlobal(peer));
    QApplication::sendEvent(graph->viewport(), &event);
    QMenu *menu = nullptr;
    QTRY_VERIFY(menu = qobject_cast<QMenu *>(QApplication::activePopupWidget()));
    menu->actions().constFirst()->trigger();
    menu->close();
    QCOMPARE(desk.filter()->text(), u"remote:*10.0.0.7*:*"_s);
    QCOMPARE(desk.rows().mid(1), (QStringList{u"  echo"_s, u"    #2"_s, u"    #3"_s}));

    CounterRecord moved = Scene::counters(Scene::accepted(2, 1, 1002), 1, 1);
    QByteArray bytes;
    for (int step = 1; step <= 3; ++step) {
        moved.received = static_cast<quint64>(step) * 1'000'000;
        bytes.clear();
        encode(bytes, std::span(&moved, 1), monotonicNow());
        desk.agent.say(bytes);
        // A frame has taken it: what was moved before the first one has no duration.
        const ObjectTable &objects = desk.session.records().objects;
        QTRY_COMPARE(objects.rates(objects.find({1, 2})).lastReceived, moved.received);
    }
    QTRY_VERIFY(graph->isMoving());
}

void tst_Panes::aLintSaysWhatToDoAndShowsWho()
{
    Desk desk;
    desk.agent.opening.clear();
    Description bad = Scene::client(4, u"fetcher"_s, 80);
    bad.counters.flags = NoErrorHandler;
    desk.agent.opening =
        Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), Scene::accepted(2, 1, 1002),
                                             Scene::accepted(3, 1, 1003), bad});
    QVERIFY(desk.isReady());
    auto *const lints = show<LintPane>(desk, u"lintsDock"_s);
    QVERIFY(lints);
    QTRY_COMPARE(lints->table()->model()->rowCount(), 1);
    QVERIFY(!lints->table()->currentIndex().isValid());
    QTest::mouseClick(lints->table()->viewport(), Qt::LeftButton, {},
                      lints->table()->visualRect(lints->table()->model()->index(0, 1)).center());
    QCOMPARE(desk.window.workspace().selection.key(), (SubjectKey{1, 4}));
    QVERIFY(lints->advice().contains(u"errorOccurred()"_s));
    // Nothing is wrong with that one, and with this one it is what was said.
    desk.window.workspace().selection.choose({1, 2});
    QVERIFY(!lints->table()->currentIndex().isValid());
    QVERIFY(!lints->advice().contains(u"errorOccurred()"_s));
    desk.window.workspace().selection.choose({1, 4});
    QCOMPARE(lints->table()->currentIndex().row(), 0);
    QVERIFY(lints->advice().contains(u"errorOccurred()"_s));
    Q_EMIT lints->table()->customContextMenuRequested({10, 5});
    QMenu *menu = nullptr;
    QTRY_VERIFY(menu = qobject_cast<QMenu *>(QApplication::activePopupWidget()));
    menu->actions().constFirst()->trigger();
    menu->close();
    QCOMPARE(desk.filter()->text(), u"lint:no-error-handler process=\"demo\""_s);
    QCOMPARE(desk.rows().mid(1), QStringList{u"  fetcher"_s});
}

void tst_Panes::theStatusStripNamesTheWorst()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *const label = desk.window.findChild<QLabel *>(u"statusLint"_s);
    QVERIFY(label->isHidden());
    desk.happen({Scene::event(4, EventKind::WriteAfterEnd)});
    QTRY_COMPARE(label->text(), u"✗ write after end: fetcher (client)"_s);
    QVERIFY(!label->isHidden());
}

void tst_Panes::everyPaneHasANameAndAnEmptyState()
{
    const auto directory = FakeAgent::makeDirectory();
    Session session({.directory = directory->path()});
    MainWindow window(session);
    window.show();
    QCOMPARE(window.findChild<TimelineView *>()->emptyTitle(), u"No connections"_s);
    QCOMPARE(window.findChild<TopologyView *>()->emptyTitle(), u"Nobody to draw"_s);
    for (QDockWidget *dock : window.findChildren<QDockWidget *>()) {
        bool named = false;
        for (const QWidget *child : dock->findChildren<QWidget *>())
            named = named || (child->focusPolicy() & Qt::TabFocus && !child->accessibleName().isEmpty());
        named = named || !dock->widget()->accessibleName().isEmpty();
        QVERIFY2(named, qPrintable(dock->objectName()));
    }
}

void tst_Panes::anEmptyStateCoversAViewThatWasScrolled()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.happen(QList<EventRecord>(500, Scene::event(4, EventKind::Drain)));
    auto *const log = desk.window.findChild<EventLogView *>();
    QTRY_COMPARE(log->model()->rowCount(), 500);
    log->scrollToTop();
    log->scrollToBottom();
    desk.filter()->setText(u"nobody"_s);
    QTRY_COMPARE(log->model()->rowCount(), 0);
    auto *const empty = log->viewport()->findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QCOMPARE(empty->geometry(), log->viewport()->rect());
}

void tst_Panes::whatIsBehindAnotherTabRests()
{
    Desk desk;
    QVERIFY(desk.isReady());
    const auto inSight = [&] {
        QStringList names;
        for (const char *name :
             {"details", "timeline", "topology", "backpressure", "halfOpen", "latency", "stacks", "lints"}) {
            const auto *const dock = desk.window.findChild<QDockWidget *>(QString::fromLatin1(name) + u"Dock"_s);
            if (dock->widget()->isVisible())
                names += QString::fromLatin1(name);
        }
        return names;
    };
    QTRY_COMPARE(inSight().size(), 1); // from the start
    QVERIFY(show<TimelineView>(desk, u"timelineDock"_s));
    QTRY_COMPARE(inSight(), QStringList{u"timeline"_s});
    QVERIFY(desk.pane(u"latency"_s));
    QTRY_COMPARE(inSight(), QStringList{u"latency"_s});
    // One that floats is in sight wherever it is, and leaves the tabs to another.
    auto *const dock = desk.window.findChild<QDockWidget *>(u"latencyDock"_s);
    dock->setFloating(true);
    dock->move(-500, 40);
    QTRY_COMPARE(inSight().size(), 2);
    QVERIFY(inSight().contains(u"latency"_s));
    dock->setFloating(false);
    dock->raise();
    QTRY_COMPARE(inSight(), QStringList{u"latency"_s});
    // Closed and shown again.
    dock->close();
    QTRY_VERIFY(!inSight().contains(u"latency"_s));
    dock->show();
    dock->raise();
    QTRY_COMPARE(inSight(), QStringList{u"latency"_s});
}

QTEST_MAIN(tst_Panes)
#include "tst_panes.moc"
