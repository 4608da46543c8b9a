#include "desk.h"
#include "inspector/views/topologyview.h"

#include <QScrollBar>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;

class tst_TopologyView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theChosenNodeIsScrolledTo();
};

void tst_TopologyView::theChosenNodeIsScrolledTo()
{
    Desk desk;
    QList<net::wire::Description> servers;
    for (quint64 id = 1; id <= 40; ++id)
        servers += Scene::server(id, u"server %1"_s.arg(id), static_cast<quint16>(8000 + id));
    desk.agent.opening = Scene::greeting() + Scene::snapshot(servers);
    QTRY_COMPARE(desk.rows().size(), 41);
    auto *const dock = desk.window.findChild<QDockWidget *>(u"topologyDock"_s);
    dock->show();
    dock->raise();
    auto *const graph = desk.window.findChild<TopologyView *>();
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

QTEST_MAIN(tst_TopologyView)
#include "tst_topologyview.moc"
