#include "fakeagent.h"
#include "inspector/commands/rowmenu.h"
#include "inspector/models/eventmodel.h"
#include "inspector/models/objectmodel.h"
#include "inspector/views/connectionview.h"
#include "inspector/views/eventlogview.h"
#include "inspector/window/mainwindow.h"
#include "scene.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QProcess>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace inspector;
using net::wire::CounterRecord;
using net::wire::EventKind;
using net::wire::State;

namespace {

/// A primary and its two workers, who listen on one port, and somebody who has nothing to do with them.
struct Family : QuietSession
{
    Family()
    {
        addProcess(1, u"primary"_s, 4711);
        addProcess(2, u"demo"_s, 4712);
        addProcess(3, u"demo"_s, 4713);
        addProcess(4, u"stranger"_s, 4714);
        for (const quint32 process : {2U, 3U, 4U})
            add(process, Scene::server(1, u"http"_s, 80));
        objects().relate(2, 4711, 1);
        objects().relate(3, 4711, 2);
        session.endFrame();
    }
    void count(quint32 process, quint64 connections, quint64 accepted)
    {
        CounterRecord counters = Scene::server(1, u"http"_s, 80).counters;
        counters.subject = 1;
        counters.connections = connections;
        counters.accepted = accepted;
        QuietSession::count(process, counters);
    }
};

const QList<int> shownColumns = {static_cast<int>(Column::Name), static_cast<int>(Column::Remote)};

} // namespace

/// A primary, its workers, what they share, and what goes from one to the other.
class tst_Family : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWorkersShareIsOneNode();
    void theNodeStaysWhileWorkersComeAndGo();
    void serversThatShareNothingStayWhereTheyAre();
    void theFlatTableHasNoNodes();
    void theNodesFactsNameItsServers();
    void aSocketIsKnownInBothProcesses();
    void theOldestHandoversAreForgotten();
    void theMenuLeadsToTheOtherProcess();
    void theDetailsLeadToTheOtherProcess();
    void theEventLogLeadsToTheOtherProcess();
    void attachingToAPrimaryAttachesToItsWorkers();
};

void tst_Family::whatWorkersShareIsOneNode()
{
    Family family;
    LiveView view(family.session);
    FilterState filter;
    ObjectModel model(view, filter);
    const QAbstractItemModelTester tester(&model);
    family.count(2, 3, 10);
    family.count(3, 4, 20);
    family.session.endFrame();
    QCOMPARE(printed(model, shownColumns),
             (QStringList{u"primary (4711) 0 sockets, 2 workers"_s, u"  127.0.0.1:80 7 open, 30 accepted"_s,
                          u"    worker 1 (4712): http 3 open, 10 accepted"_s,
                          u"    worker 2 (4713): http 4 open, 20 accepted"_s, u"  worker 1 (4712): demo 0 sockets"_s,
                          u"  worker 2 (4713): demo 0 sockets"_s, u"stranger (4714) 0 sockets"_s,
                          u"  http 0 open, 0 accepted"_s}));
    QCOMPARE(model.shownCount(), 3);
    QCOMPARE(model.totalCount(), 3);
}

void tst_Family::theNodeStaysWhileWorkersComeAndGo()
{
    Family family;
    family.session.setLinger(std::chrono::milliseconds(0));
    LiveView view(family.session);
    FilterState filter;
    ObjectModel model(view, filter);
    const QAbstractItemModelTester tester(&model);
    const QPersistentModelIndex node = model.index(0, 0, model.index(0, 0));
    QCOMPARE(node.data().toString(), u"127.0.0.1:80"_s);
    const auto close = [&](quint32 process) {
        family.objects().close(family.objects().find({process, 1}), 1, 1);
        family.session.endFrame();
        family.session.endFrame();
    };
    close(2);
    QVERIFY(node.isValid());
    QCOMPARE(model.rowCount(node), 1);
    family.addProcess(5, u"demo"_s, 4715);
    family.add(5, Scene::server(1, u"http"_s, 80));
    family.objects().relate(5, 4711, 3);
    family.session.endFrame();
    family.session.endFrame();
    QCOMPARE(model.rowCount(node), 2);
    close(3);
    close(5);
    QVERIFY(!node.isValid());
}

void tst_Family::serversThatShareNothingStayWhereTheyAre()
{
    Family family;
    family.add(2, Scene::server(7, u"own"_s, 81));
    family.session.endFrame();
    QVERIFY(family.objects().identity(family.objects().find({2, 7})).listener.isNull());
    QVERIFY(family.objects().identity(family.objects().find({4, 1})).listener.isNull());
    QVERIFY(family.objects().identity(family.objects().find({2, 1})).listener.isListener());
}

void tst_Family::theFlatTableHasNoNodes()
{
    Family family;
    LiveView view(family.session);
    FilterState filter;
    ObjectModel model(view, filter);
    model.setShape(ObjectModel::Shape::Table);
    QCOMPARE(model.rowCount(), 3);
    model.setShape(ObjectModel::Shape::Tree);
    // Found below the node, which comes along.
    QVERIFY(filter.setText(u"process:demo"_s));
    QCOMPARE(printed(model, {static_cast<int>(Column::Name)}),
             (QStringList{u"primary (4711)"_s, u"  127.0.0.1:80"_s, u"    worker 1 (4712): http"_s,
                          u"    worker 2 (4713): http"_s}));
}

void tst_Family::theNodesFactsNameItsServers()
{
    Family family;
    LiveView view(family.session);
    FactModel facts(view);
    facts.setSubject(family.objects().identity(family.objects().find({2, 1})).listener);
    QCOMPARE(facts.title(), u"127.0.0.1:80 (shared listener)"_s);
    QList<SubjectKey> leads;
    for (int row = 0; row < facts.rowCount(); ++row)
        if (const SubjectKey key = facts.leadsTo(facts.index(row, 1)); !key.isNull())
            leads.append(key);
    QCOMPARE(leads, (QList<SubjectKey>{{2, 1}, {3, 1}}));
}

void tst_Family::aSocketIsKnownInBothProcesses()
{
    Handovers handovers;
    handovers.take(1, QList{Scene::event(5, EventKind::HandedOver, 77, 4712), Scene::event(6, EventKind::Closed, 77)});
    handovers.take(2, QList{Scene::event(9, EventKind::TakenOver, 77, 4711), Scene::event(8, EventKind::TakenOver)});
    QCOMPARE(handovers.others({1, 5}), (QList<SubjectKey>{{2, 9}}));
    QCOMPARE(handovers.others({2, 9}), (QList<SubjectKey>{{1, 5}}));
    QCOMPARE(handovers.others({2, 8}), QList<SubjectKey>());
    // On to a third.
    handovers.take(2, QList{Scene::event(9, EventKind::HandedOver, 77, 4713)});
    handovers.take(3, QList{Scene::event(1, EventKind::TakenOver, 77, 4712)});
    QCOMPARE(handovers.others({2, 9}), (QList<SubjectKey>{{1, 5}, {3, 1}}));
}

void tst_Family::theOldestHandoversAreForgotten()
{
    Handovers handovers;
    for (quint64 cookie = 1; cookie <= 60'000; ++cookie) {
        handovers.take(1, QList{Scene::event(cookie, EventKind::HandedOver, cookie)});
        handovers.take(2, QList{Scene::event(cookie, EventKind::TakenOver, cookie)});
    }
    QCOMPARE(handovers.others({1, 1}), QList<SubjectKey>());
    QCOMPARE(handovers.others({1, 60'000}), (QList<SubjectKey>{{2, 60'000}}));
    // Nor is one connection said to have been endlessly many.
    for (quint64 subject = 1; subject <= 1000; ++subject)
        handovers.take(3, QList{Scene::event(subject, EventKind::TakenOver, 60'001)});
    QCOMPARE(handovers.others({3, 1}).size(), 63);
    QCOMPARE(handovers.others({3, 1000}), QList<SubjectKey>());
}

namespace {

/// A family one of whose sockets has gone from worker 1 to worker 2, in a window.
struct Moved : Family
{
    Moved() : window(session)
    {
        add(2, Scene::accepted(5, 1, 1005));
        add(3, Scene::accepted(9, 1, 1005));
        const QList left{Scene::event(5, EventKind::HandedOver, 77, 4713)};
        happen(2, left);
        session.records().handovers.take(2, left);
        session.records().handovers.take(3, QList{Scene::event(9, EventKind::TakenOver, 77, 4712)});
        session.endFrame();
        window.show();
    }
    SubjectKey chosen() { return window.workspace().selection.key(); }
    /// Triggers the action of the open menu that goes somewhere.
    bool go()
    {
        for (RowMenu *const menu : window.findChildren<RowMenu *>()) {
            for (QAction *const action : menu->actions()) {
                if (!action->text().contains(u"Go to"_s))
                    continue;
                text = action->text();
                action->trigger();
                menu->close();
                return true;
            }
        }
        return false;
    }

    MainWindow window;
    QString text;
};

} // namespace

void tst_Family::theMenuLeadsToTheOtherProcess()
{
    Moved moved;
    auto *const connections = moved.window.findChild<ConnectionView *>();
    Q_EMIT connections->menuRequested({2, 5}, 0, {});
    QVERIFY(moved.go());
    QCOMPARE(moved.text, u"&Go to accepted #9 in worker 2 (4713): demo"_s);
    QCOMPARE(moved.chosen(), (SubjectKey{3, 9}));
    QCOMPARE(connections->current(), (SubjectKey{3, 9}));
}

void tst_Family::theDetailsLeadToTheOtherProcess()
{
    Moved moved;
    moved.window.workspace().selection.choose({3, 9});
    auto *const view = moved.window.findChild<QTableView *>(u"facts"_s);
    const auto &facts = moved.window.workspace().facts;
    int row = 0;
    while (row < facts.rowCount() && facts.leadsTo(facts.index(row, 1)).isNull())
        ++row;
    QVERIFY(row < facts.rowCount());
    QCOMPARE(facts.index(row, 1).data().toString(), u"→ accepted #5 in worker 1 (4712): demo"_s);
    view->setCurrentIndex(facts.index(row, 1));
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(moved.chosen(), (SubjectKey{2, 5}));
}

void tst_Family::theEventLogLeadsToTheOtherProcess()
{
    Moved moved;
    auto *const log = moved.window.findChild<EventLogView *>();
    QCOMPARE(log->model()->rowCount(), 1);
    QCOMPARE(log->model()->index(0, static_cast<int>(EventModel::EventColumn::Process)).data().toString(),
             u"worker 1: demo"_s);
    log->setCurrentIndex(log->model()->index(0, 0));
    QContextMenuEvent wanted(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(log->viewport(), &wanted);
    QVERIFY(moved.go());
    QCOMPARE(moved.chosen(), (SubjectKey{3, 9}));
}

void tst_Family::attachingToAPrimaryAttachesToItsWorkers()
{
    const auto directory = FakeAgent::makeDirectory();
    const FakeAgent primary(directory->path(), u"primary"_s);
    const net::wire::Rendezvous rendezvous(directory->path());
    // Processes that live; nobody answers there.
    std::array<QProcess, 3> processes;
    for (QProcess &process : processes) {
        process.start(u"sleep"_s, {u"60"_s});
        QVERIFY(process.waitForStarted());
    }
    const auto publish = [&](const QProcess &process, qint64 parent) {
        const qint64 pid = process.processId();
        QCOMPARE(rendezvous.publish({.pid = pid,
                                     .name = u"worker"_s,
                                     .startTime = net::wire::processStartTime(pid),
                                     .protocol = net::wire::newestVersion,
                                     .socket = rendezvous.socketPath(pid),
                                     .parent = parent}),
                 QString());
    };
    publish(processes[0], primary.card().pid);
    publish(processes[1], processes[0].processId()); // a worker's child
    publish(processes[2], 1);                        // a stranger's
    Session session({.directory = directory->path(), .pids = {primary.card().pid}});
    session.start();
    QTRY_VERIFY(session.isAttached(primary.card().pid) && session.isAttached(processes[0].processId()) &&
                session.isAttached(processes[1].processId()));
    QVERIFY(!session.isAttached(processes[2].processId()));
    // One of the family may be left alone.
    session.setAttached(processes[0].processId(), false);
    QVERIFY(!session.isAttached(processes[0].processId()));
    for (QProcess &process : processes) {
        process.kill();
        process.waitForFinished();
    }
}

QTEST_MAIN(tst_Family)
#include "tst_family.moc"
