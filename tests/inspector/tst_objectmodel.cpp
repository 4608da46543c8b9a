#include "inspector/models/objectmodel.h"
#include "scene.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

const QList<int> nameOnly = {static_cast<int>(Column::Name)};
const QList<int> nameAndState = {static_cast<int>(Column::Name), static_cast<int>(Column::State)};

/// Two processes, one with a server and three sockets.
class Stage : public QuietSession
{
public:
    Stage()
    {
        addProcess(1, u"demo"_s, 4711);
        add(1, Scene::server(1, u"echo"_s, 8124));
        add(1, Scene::accepted(2, 1, 1002));
        add(1, Scene::accepted(3, 1, 1003));
        add(1, Scene::client(4, u"fetcher"_s, 80, State::Connecting));
        addProcess(2, u"other"_s, 4712);
        session.endFrame();
    }
    LiveView view{session};
    FilterState filter;
    ObjectModel model{view, filter};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

class tst_ObjectModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standsAsATree();
    void standsAsATable();
    void rowsComeAndGoFrameByFrame();
    void theFilterKeepsAncestors();
    void theFilterFollowsChanges();
    void sortsByAnyColumn();
    void keepsTheCurrentRowWhileSorting();
    void orphansMoveToTheProcess();
    void workersStandUnderWhoForkedThem();
    void nobodyIsTheirOwnAncestor();
    void marksWhatIsNewChangedAndClosed();
    void aPausedViewStandsStill();
    void showsEveryColumn();
    void survivesAStorm_data();
    void survivesAStorm();
};

void tst_ObjectModel::standsAsATree()
{
    Stage stage;
    QCOMPARE(printed(stage.model, nameAndState),
             (QStringList{u"demo (4711) detached"_s, u"  echo listening"_s, u"    #2 open"_s, u"    #3 open"_s,
                          u"  fetcher connecting"_s, u"other (4712) detached"_s}));
    QCOMPARE(stage.model.shownCount(), 4);
    QCOMPARE(stage.model.totalCount(), 4);
}

void tst_ObjectModel::standsAsATable()
{
    Stage stage;
    stage.model.setShape(ObjectModel::Shape::Table);
    QCOMPARE(printed(stage.model, {static_cast<int>(Column::Process), static_cast<int>(Column::Name)}),
             (QStringList{u"demo echo"_s, u"demo fetcher"_s, u"demo #2"_s, u"demo #3"_s}));
}

void tst_ObjectModel::rowsComeAndGoFrameByFrame()
{
    Stage stage;
    QSignalSpy updated(&stage.model, &ObjectModel::updated);
    stage.add(1, Scene::accepted(7, 1, 1007));
    stage.add(2, Scene::client(1, u"probe"_s, 443));
    QCOMPARE(stage.model.shownCount(), 4); // nothing before the frame ends
    stage.session.endFrame();
    QCOMPARE(updated.count(), 1);
    QCOMPARE(printed(stage.model, nameOnly),
             (QStringList{u"demo (4711)"_s, u"  echo"_s, u"    #2"_s, u"    #3"_s, u"    #7"_s, u"  fetcher"_s,
                          u"other (4712)"_s, u"  probe"_s}));

    stage.session.setLinger(std::chrono::milliseconds(0));
    stage.objects().close(stage.objects().find({1, 3}), 1, 1);
    stage.objects().close(stage.objects().find({2, 1}), 1, 1);
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, nameOnly),
             (QStringList{u"demo (4711)"_s, u"  echo"_s, u"    #2"_s, u"    #7"_s, u"  fetcher"_s, u"other (4712)"_s}));
}

void tst_ObjectModel::theFilterKeepsAncestors()
{
    Stage stage;
    QVERIFY(stage.filter.setText(u"rport:1003"_s));
    QCOMPARE(printed(stage.model, nameOnly), (QStringList{u"demo (4711)"_s, u"  echo"_s, u"    #3"_s}));
    QVERIFY(stage.filter.setText(u"fetcher"_s));
    QCOMPARE(printed(stage.model, nameOnly), (QStringList{u"demo (4711)"_s, u"  fetcher"_s}));
    QVERIFY(stage.filter.setText(u"nothing-like-it"_s));
    QCOMPARE(printed(stage.model, nameOnly), QStringList());
    QVERIFY(!stage.filter.setText(u"port>"_s)); // nonsense leaves the rows alone
    QCOMPARE(stage.model.rowCount(), 0);
    QVERIFY(stage.filter.setText({}));
    QCOMPARE(stage.model.shownCount(), 4);
    QCOMPARE(stage.model.rowCount(), 2);
}

void tst_ObjectModel::theFilterFollowsChanges()
{
    Stage stage;
    stage.filter.setText(u"state:open bytes>1k"_s);
    QCOMPARE(stage.model.rowCount(), 0);
    const Description two = Scene::accepted(2, 1, 1002);
    stage.count(1, Scene::counters(two, 5000, 0));
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, nameOnly), (QStringList{u"demo (4711)"_s, u"  echo"_s, u"    #2"_s}));
    CounterRecord closed = Scene::counters(two, 5000, 0);
    closed.state = State::Closed;
    stage.count(1, closed);
    stage.session.endFrame();
    QCOMPARE(stage.model.rowCount(), 0);
}

void tst_ObjectModel::sortsByAnyColumn()
{
    Stage stage;
    stage.count(1, Scene::counters(Scene::accepted(2, 1, 1002), 10, 0));
    stage.count(1, Scene::counters(Scene::accepted(3, 1, 1003), 20, 0));
    stage.session.endFrame();
    stage.model.setShape(ObjectModel::Shape::Table);
    stage.model.sort(static_cast<int>(Column::Received), Qt::DescendingOrder);
    QCOMPARE(printed(stage.model, nameOnly), (QStringList{u"echo"_s, u"#3"_s, u"#2"_s, u"fetcher"_s}));
    stage.count(1, Scene::counters(Scene::accepted(2, 1, 1002), 500, 0));
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, nameOnly), (QStringList{u"echo"_s, u"#2"_s, u"#3"_s, u"fetcher"_s}));
    for (int column = 0; column < columnCount; ++column) {
        stage.model.sort(column, Qt::AscendingOrder);
        const QStringList up = printed(stage.model, nameOnly);
        stage.model.sort(column, Qt::DescendingOrder);
        QCOMPARE(up.size(), 4);
        QCOMPARE(printed(stage.model, nameOnly).size(), 4);
    }
}

void tst_ObjectModel::keepsTheCurrentRowWhileSorting()
{
    Stage stage;
    stage.model.sort(static_cast<int>(Column::Remote), Qt::AscendingOrder);
    const QPersistentModelIndex three(stage.model.indexOf({1, 3}));
    QCOMPARE(three.row(), 1);
    stage.model.sort(static_cast<int>(Column::Remote), Qt::DescendingOrder);
    QCOMPARE(three.row(), 0);
    QCOMPARE(stage.model.keyOf(three), (SubjectKey{1, 3}));
    stage.add(1, Scene::accepted(9, 1, 1009));
    stage.session.endFrame();
    QCOMPARE(three.row(), 1);
    QCOMPARE(three.data().toString(), u"#3"_s);
}

void tst_ObjectModel::orphansMoveToTheProcess()
{
    Stage stage;
    stage.session.setLinger(std::chrono::milliseconds(0));
    stage.objects().close(stage.objects().find({1, 1}), 1, 1);
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, nameOnly),
             (QStringList{u"demo (4711)"_s, u"  fetcher"_s, u"  #2"_s, u"  #3"_s, u"other (4712)"_s}));
}

void tst_ObjectModel::workersStandUnderWhoForkedThem()
{
    Stage stage;
    stage.addProcess(3, u"demo"_s, 4713);
    stage.add(3, Scene::server(1, u"shared"_s, 80));
    stage.add(3, Scene::accepted(2, 1, 1010));
    stage.objects().relate(3, 4714, 1); // who forked it is met later
    stage.session.endFrame();
    stage.addProcess(4, u"primary"_s, 4714);
    stage.session.endFrame();
    stage.objects().relate(4, 0, 0);
    stage.session.endFrame();
    const QStringList family = {u"primary (4714)"_s, u"  worker 1 (4713): demo"_s, u"    shared"_s, u"      #2"_s};
    QCOMPARE(printed(stage.model, nameOnly).mid(6), family);
    QVERIFY(stage.filter.setText(u"rport:1010"_s));
    QCOMPARE(printed(stage.model, nameOnly), family);
    stage.session.setLinger(std::chrono::milliseconds(0));
    stage.objects().close(stage.objects().find({3, 2}), 1, 1);
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, nameOnly), QStringList());
    QVERIFY(stage.filter.setText({}));
    QCOMPARE(printed(stage.model, nameOnly).mid(6), family.first(3));
}

void tst_ObjectModel::nobodyIsTheirOwnAncestor()
{
    Stage stage;
    stage.objects().relate(1, 4711, 1);
    stage.objects().relate(1, 4712, 1);
    stage.objects().relate(2, 4711, 2);
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, nameOnly).first(2),
             (QStringList{u"worker 2 (4712): other"_s, u"  worker 1 (4711): demo"_s}));
}

void tst_ObjectModel::marksWhatIsNewChangedAndClosed()
{
    Stage stage;
    const auto mark = [&](quint64 subject) {
        return static_cast<RowMark>(stage.model.indexOf({1, subject}).data(MarkRole).toInt());
    };
    // What came with its process is no news.
    QCOMPARE(mark(2), RowMark::None);
    CounterRecord paused = Scene::accepted(2, 1, 1002).counters;
    paused.flags = Paused;
    stage.count(1, paused);
    CounterRecord closed = Scene::accepted(3, 1, 1003).counters;
    closed.state = State::Closed;
    stage.count(1, closed);
    stage.session.endFrame();
    QCOMPARE(mark(2), RowMark::Changed);
    QVERIFY(stage.model.indexOf({1, 2}).data(MarkStrengthRole).toDouble() > 0);
    QCOMPARE(mark(3), RowMark::Closed);
    QCOMPARE(mark(4), RowMark::None);
}

void tst_ObjectModel::aPausedViewStandsStill()
{
    Stage stage;
    stage.view.setPaused(true);
    stage.add(1, Scene::accepted(7, 1, 1007));
    stage.count(1, Scene::counters(Scene::accepted(2, 1, 1002), 4096, 0));
    stage.session.setLinger(std::chrono::milliseconds(0));
    stage.objects().close(stage.objects().find({1, 3}), 1, 1);
    stage.session.endFrame();
    // The slot of #3 is given away while the view still shows it.
    stage.objects().expire(2, 0, 0);
    stage.add(1, Scene::accepted(8, 1, 1008));
    stage.session.endFrame();
    const QList<int> columns = {static_cast<int>(Column::Name), static_cast<int>(Column::Received)};
    QCOMPARE(printed(stage.model, columns).mid(2, 2), (QStringList{u"    #2 0 B"_s, u"    #3 0 B"_s}));
    stage.model.sort(static_cast<int>(Column::Received), Qt::DescendingOrder);
    stage.filter.setText(u"#3"_s);
    QCOMPARE(printed(stage.model, nameOnly).last(), u"    #3"_s);
    stage.filter.setText({});
    stage.model.sort(static_cast<int>(Column::Name), Qt::AscendingOrder);

    stage.view.setPaused(false);
    QCOMPARE(printed(stage.model, columns).mid(2, 3),
             (QStringList{u"    #2 4.0 KiB"_s, u"    #7 0 B"_s, u"    #8 0 B"_s}));
}

void tst_ObjectModel::showsEveryColumn()
{
    Stage stage;
    CounterRecord busy = Scene::counters(Scene::accepted(2, 1, 1002), 1536, 20'000);
    busy.queued = 32768;
    busy.flags = NeedsDrain;
    stage.count(1, busy);
    stage.session.endFrame();
    const QModelIndex index = stage.model.indexOf({1, 2});
    const auto text = [&](Column column) {
        return index.siblingAtColumn(static_cast<int>(column)).data().toString();
    };
    QCOMPARE(text(Column::Kind), u"accepted"_s);
    QCOMPARE(text(Column::State), u"open · waits for drain"_s);
    QCOMPARE(text(Column::Local), u"127.0.0.1:8124"_s);
    QCOMPARE(text(Column::Remote), u"10.0.0.7:1002"_s);
    QCOMPARE(text(Column::Received), u"1.5 KiB"_s);
    QCOMPARE(text(Column::Sent), u"19.5 KiB"_s);
    QCOMPARE(text(Column::Queue), u"32.0 KiB of 16.0 KiB"_s);
    QCOMPARE(index.siblingAtColumn(static_cast<int>(Column::Queue)).data(FillRole).toDouble(), 2.0);
    for (int column = 0; column < columnCount; ++column)
        QVERIFY(!stage.model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

void tst_ObjectModel::survivesAStorm_data()
{
    QTest::addColumn<bool>("tree");
    QTest::addColumn<Column>("column");
    QTest::newRow("tree by name") << true << Column::Name;
    QTest::newRow("tree by bytes") << true << Column::Received;
    QTest::newRow("table by bytes") << false << Column::Received;
}

// Many frames of random comings and goings, each frame checked against a model built afresh.
void tst_ObjectModel::survivesAStorm()
{
    QFETCH(bool, tree);
    QFETCH(Column, column);
    const auto shape = tree ? ObjectModel::Shape::Tree : ObjectModel::Shape::Table;
    Stage stage;
    stage.session.setLinger(std::chrono::milliseconds(0));
    stage.model.setShape(shape);
    stage.model.sort(static_cast<int>(column), Qt::DescendingOrder);
    QRandomGenerator random(11);
    QList<Description> living;
    quint64 next = 100;
    for (int frame = 0; frame < 60; ++frame) {
        for (int i = random.bounded(60); i > 0; --i) {
            living += random.bounded(10) == 0
                          ? Scene::server(next, u"s%1"_s.arg(next), 1)
                          : Scene::accepted(next, living.isEmpty() ? 1 : next - random.bounded(9u), 7);
            stage.add(1, living.last());
            ++next;
        }
        for (int i = random.bounded(50); i > 0 && !living.isEmpty(); --i) {
            const Description gone = living.takeAt(random.bounded(static_cast<int>(living.size())));
            stage.objects().close(stage.objects().find({1, gone.record.subject}), 1, 1);
        }
        for (const Description &one : std::as_const(living)) {
            if (random.bounded(3) == 0)
                stage.count(1, Scene::counters(one, random.bounded(100'000u), 0));
        }
        if (frame % 10 == 4)
            stage.filter.setText(u"received>50000"_s);
        if (frame % 10 == 8)
            stage.filter.setText({});
        if (frame == 30)
            stage.view.setPaused(true);
        stage.session.endFrame();
        if (frame == 35)
            stage.view.setPaused(false);
        if (frame >= 30 && frame < 35)
            continue;
        ObjectModel fresh(stage.view, stage.filter);
        fresh.setShape(shape);
        fresh.sort(static_cast<int>(column), Qt::DescendingOrder);
        QCOMPARE(printed(stage.model, nameOnly), printed(fresh, nameOnly));
        QCOMPARE(stage.model.shownCount(), fresh.shownCount());
    }
}

QTEST_GUILESS_MAIN(tst_ObjectModel)
#include "tst_objectmodel.moc"
