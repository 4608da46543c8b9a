#include "desk.h"
#include "inspector/views/topologyview.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>
#include <QWheelEvent>

using namespace inspector;
using namespace Qt::StringLiterals;

class tst_TopologyView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChosenNodeIsScrolledTo();
    void isZoomedByKeysAndWheel();
};

/// The topology of \a window, brought to the front.
static TopologyView *shown(MainWindow &window)
{
    auto *const dock = window.findChild<QDockWidget *>(u"topologyDock"_s);
    dock->show();
    dock->raise();
    return window.findChild<TopologyView *>();
}

static void turnWheel(QWidget *widget, int delta, Qt::KeyboardModifiers modifiers)
{
    const QPointF place = widget->rect().center();
    QWheelEvent turn(place, widget->mapToGlobal(place), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                     false);
    QApplication::sendEvent(widget, &turn);
}

void tst_TopologyView::theChosenNodeIsScrolledTo()
{
    Desk desk;
    QList<net::wire::Description> servers;
    for (quint64 id = 1; id <= 40; ++id)
        servers += Scene::server(id, u"server %1"_s.arg(id), static_cast<quint16>(8000 + id));
    desk.agent.opening = Scene::greeting() + Scene::snapshot(servers);
    QTRY_COMPARE(desk.rows().size(), 41);
    auto *const graph = shown(desk.window);
    const auto isInSight = [&](const QString &title) {
        return graph->viewport()->rect().contains(graph->placeOf(title));
    };
    const QString first = u"server 1  127.0.0.1:8001"_s;
    const QString last = u"server 40  127.0.0.1:8040"_s;
    QTRY_VERIFY(!graph->placeOf(last).isNull());
    QTRY_VERIFY(graph->verticalScrollBar()->maximum() > 0);
    for (const auto &[id, title] : {std::pair(40, last), std::pair(1, first)}) {
        QVERIFY(!isInSight(title) || id == 1);
        desk.window.workspace().selection.choose({1, static_cast<quint64>(id)});
        QVERIFY(isInSight(title));
    }
    QVERIFY(!isInSight(last));
}

void tst_TopologyView::isZoomedByKeysAndWheel()
{
    Desk desk;
    QVERIFY(desk.isReady());
    TopologyView *const graph = shown(desk.window);
    const QString title = u"echo  127.0.0.1:8124"_s;
    QTRY_VERIFY(!graph->placeOf(title).isNull());
    const int height = graph->placeOf(title).height();
    const QFont plain = graph->font();

    QTest::keyClick(graph, Qt::Key_Plus, Qt::ControlModifier);
    const int larger = graph->placeOf(title).height();
    QVERIFY(larger > height);
    turnWheel(graph->viewport(), 120, Qt::ControlModifier);
    QVERIFY(graph->placeOf(title).height() > larger);
    turnWheel(graph->viewport(), -60, Qt::ControlModifier); // a touchpad's parts of a step
    turnWheel(graph->viewport(), -60, Qt::ControlModifier);
    QCOMPARE(graph->placeOf(title).height(), larger);
    turnWheel(graph->viewport(), 120, Qt::NoModifier); // scrolls
    QCOMPARE(graph->placeOf(title).height(), larger);
    QTest::keyClick(graph, Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(graph, Qt::Key_Minus, Qt::ControlModifier);
    QVERIFY(graph->placeOf(title).height() < height);
    QTest::keyClick(graph, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(graph->placeOf(title).height(), height);
    QCOMPARE(graph->font(), plain);

    for (int i = 0; i < 50; ++i)
        graph->setZoom(graph->zoom() - 1);
    QVERIFY(graph->placeOf(title).height() > 10); // still there
    for (int i = 0; i < 50; ++i)
        graph->setZoom(graph->zoom() + 1);
    QVERIFY(graph->placeOf(title).height() < 10 * height);
}

QTEST_MAIN(tst_TopologyView)
#include "tst_topologyview.moc"
