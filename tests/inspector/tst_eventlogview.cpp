#include "desk.h"
#include "inspector/views/eventpane.h"

#include <QCheckBox>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// The pane of events: what it follows, what it leaves out, what empties it.
class tst_EventLogView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLogFollowsUntilOneScrollsUp();
    void theLogSwitchesWork();
    void clearEmptiesTheLog();
};

void tst_EventLogView::theLogFollowsUntilOneScrollsUp()
{
    Desk desk;
    QVERIFY(desk.isReady());
    auto *log = desk.window.findChild<EventLogView *>();
    auto *pill = log->findChild<QPushButton *>(u"latest"_s);
    desk.happen(QList<EventRecord>(200, Scene::event(2, EventKind::Sent, 1, 1)));
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 200);
    QTRY_COMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum());
    QVERIFY(log->isFollowing() && pill->isHidden());

    log->verticalScrollBar()->setValue(20);
    QVERIFY(!log->isFollowing());
    desk.happen(QList<EventRecord>(30, Scene::event(2, EventKind::Sent, 1, 1)));
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 230);
    QCOMPARE(log->verticalScrollBar()->value(), 20);
    QTRY_COMPARE(pill->text(), u"▼ latest (30 new)"_s);
    QVERIFY(!pill->isHidden());

    QTest::mouseClick(pill, Qt::LeftButton);
    QVERIFY(log->isFollowing() && pill->isHidden());
    QCOMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum());
    QTest::keyClick(log, Qt::Key_Home);
    QVERIFY(!log->isFollowing());
    QTest::keyClick(log, Qt::Key_End);
    QVERIFY(log->isFollowing());
}

void tst_EventLogView::theLogSwitchesWork()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.happen({Scene::event(2, EventKind::Sent, 1, 1), Scene::event(4, EventKind::Paused)});
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 2);
    QTest::mouseClick(desk.window.findChild<QCheckBox *>(u"eventsData"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(desk.window.workspace().events.rowCount(), 1);
    desk.click({1, 2});
    QTest::mouseClick(desk.window.findChild<QCheckBox *>(u"eventsOnly"_s), Qt::LeftButton, {}, {8, 8});
    QCOMPARE(desk.window.workspace().events.rowCount(), 0);
    desk.click({1, 4});
    QCOMPARE(desk.window.workspace().events.rowCount(), 1);
}

void tst_EventLogView::clearEmptiesTheLog()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.happen({Scene::event(4, EventKind::Paused)});
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 1);
    QTest::keyClick(&desk.window, Qt::Key_L, Qt::ControlModifier);
    QTRY_COMPARE(desk.window.workspace().events.rowCount(), 0);
}

QTEST_MAIN(tst_EventLogView)
#include "tst_eventlogview.moc"
