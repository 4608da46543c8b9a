#include "inspector/models/eventmodel.h"
#include "scene.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

const QList<int> columns = {static_cast<int>(EventModel::EventColumn::Object),
                            static_cast<int>(EventModel::EventColumn::Event),
                            static_cast<int>(EventModel::EventColumn::Detail)};

class Stage : public QuietSession
{
public:
    Stage()
    {
        addProcess(1, u"demo"_s, 4711);
        add(1, Scene::server(1, u"echo"_s, 8124));
        add(1, Scene::accepted(2, 1, 1002));
        add(1, Scene::client(4, u"fetcher"_s, 80));
        session.endFrame();
    }
    LiveView view{session};
    FilterState filter;
    EventModel model{view, filter};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

} // namespace

class tst_EventModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatHappened();
    void keepsABoundedWindow();
    void obeysTheFilter();
    void showsOneObjectAndItsConnections();
    void hidesBytesOnRequest();
    void standsStillWhilePaused();
    void isEmptyAfterClearing();
    void namesTheUnknown();
    void tellsTimesAsSpans();
};

void tst_EventModel::tellsWhatHappened()
{
    Stage stage;
    stage.happen(1, {Scene::event(1, EventKind::Listening), Scene::event(1, EventKind::Accepted, 2),
                     Scene::event(2, EventKind::Received, 64, 4096), Scene::event(2, EventKind::Sent, 10, 20),
                     Scene::event(2, EventKind::Queued, 32768, 16384), Scene::event(4, EventKind::Failed, 111),
                     Scene::event(4, EventKind::Closed, 1), Scene::event(2, EventKind::DataLost, 7),
                     Scene::event(2, EventKind::SlotReturned,
                                  static_cast<quint64>(EventKind::Drain) << slotSignalShift | 4000, 5000)});
    QCOMPARE(stage.model.rowCount(), 0);
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, columns),
             (QStringList{u"echo listening 127.0.0.1:8124"_s, u"echo accepted #2 10.0.0.7:1002"_s,
                          u"#2 ▼ received 64 B, 4.0 KiB in all"_s, u"#2 ▲ sent 10 B, 20 B in all"_s,
                          u"#2 queued 32.0 KiB of 16.0 KiB"_s, u"fetcher failed Connection refused"_s,
                          u"fetcher closed after an error"_s, u"#2 data lost 7 B with nobody listening"_s,
                          u"#2 slot returned drain took 5 µs, waited 4 µs"_s}));
}

void tst_EventModel::keepsABoundedWindow()
{
    Stage stage;
    stage.model.setWindow(100);
    QSignalSpy advanced(&stage.model, &EventModel::advanced);
    QList<EventRecord> events;
    for (quint64 i = 0; i < 70; ++i)
        events += Scene::event(2, EventKind::Sent, i, i);
    stage.happen(1, events);
    stage.session.endFrame();
    QCOMPARE(advanced.takeFirst(), (QVariantList{70, 0}));
    stage.happen(1, events);
    stage.session.endFrame();
    QCOMPARE(advanced.takeFirst(), (QVariantList{70, 40}));
    QCOMPARE(stage.model.rowCount(), 100);
    // More than a window in one frame, and more than the log itself can hold.
    events.resize(150'000, Scene::event(4, EventKind::Drain));
    stage.happen(1, events);
    stage.happen(1, events);
    stage.session.endFrame();
    QCOMPARE(stage.model.rowCount(), 100);
    QCOMPARE(printed(stage.model, columns).constFirst(), u"fetcher drained"_s);
    // All are counted as new, the newest are shown.
    advanced.clear();
    events.clear();
    for (quint64 i = 0; i < 250; ++i)
        events += Scene::event(2, EventKind::Sent, i, i);
    stage.happen(1, events);
    stage.session.endFrame();
    QCOMPARE(advanced.takeFirst(), (QVariantList{250, 100}));
    QCOMPARE(stage.model.rowCount(), 100);
    QCOMPARE(printed(stage.model, columns).constFirst(), u"#2 ▲ sent 150 B, 150 B in all"_s);
    QCOMPARE(printed(stage.model, columns).constLast(), u"#2 ▲ sent 249 B, 249 B in all"_s);
}

void tst_EventModel::obeysTheFilter()
{
    Stage stage;
    stage.happen(1, {Scene::event(2, EventKind::Drain), Scene::event(4, EventKind::Paused)});
    stage.session.endFrame();
    stage.filter.setText(u"kind:client"_s);
    QCOMPARE(printed(stage.model, columns), QStringList{u"fetcher paused"_s});
    stage.happen(1, {Scene::event(2, EventKind::Drain), Scene::event(4, EventKind::Resumed)});
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, columns), (QStringList{u"fetcher paused"_s, u"fetcher resumed"_s}));
    stage.filter.setText({});
    QCOMPARE(stage.model.rowCount(), 4);
}

void tst_EventModel::showsOneObjectAndItsConnections()
{
    Stage stage;
    stage.happen(1, {Scene::event(1, EventKind::Accepted, 2), Scene::event(2, EventKind::Drain),
                     Scene::event(4, EventKind::Paused)});
    stage.session.endFrame();
    stage.model.setSubject({1, 2});
    QCOMPARE(stage.model.rowCount(), 1);
    stage.model.setSubject({1, 1});
    QCOMPARE(stage.model.rowCount(), 2);
    stage.model.setSubject({1, 0});
    QCOMPARE(stage.model.rowCount(), 3);
    stage.model.setSubject({2, 0});
    QCOMPARE(stage.model.rowCount(), 0);
}

void tst_EventModel::hidesBytesOnRequest()
{
    Stage stage;
    stage.happen(1, {Scene::event(2, EventKind::Received, 1, 1), Scene::event(2, EventKind::PeerEnded)});
    stage.session.endFrame();
    stage.model.setDataShown(false);
    QCOMPARE(printed(stage.model, columns), QStringList{u"#2 peer ended"_s});
    stage.model.setDataShown(true);
    QCOMPARE(stage.model.rowCount(), 2);
}

void tst_EventModel::standsStillWhilePaused()
{
    Stage stage;
    stage.happen(1, {Scene::event(2, EventKind::Drain)});
    stage.session.endFrame();
    stage.view.setPaused(true);
    QList<EventRecord> events(10, Scene::event(2, EventKind::Sent));
    stage.happen(1, events);
    stage.session.endFrame();
    stage.filter.setText(u"#2"_s); // also when it has to look again
    QCOMPARE(stage.model.rowCount(), 1);
    // The ring goes on: what it overwrote is said to be gone, and nothing crashes.
    events.resize(250'000, Scene::event(2, EventKind::Sent));
    stage.happen(1, events);
    QCOMPARE(printed(stage.model, columns), QStringList{u"(overwritten)"_s});
    stage.view.setPaused(false);
    QVERIFY(stage.model.rowCount() > 1);
}

void tst_EventModel::isEmptyAfterClearing()
{
    Stage stage;
    stage.happen(1, {Scene::event(2, EventKind::Drain)});
    stage.session.endFrame();
    stage.session.records().events.clear();
    stage.session.endFrame();
    QCOMPARE(stage.model.rowCount(), 0);
    stage.happen(1, {Scene::event(2, EventKind::Paused)});
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, columns), QStringList{u"#2 paused"_s});
}

void tst_EventModel::namesTheUnknown()
{
    Stage stage;
    stage.happen(1, {Scene::event(99, static_cast<EventKind>(61), 1, 2), Scene::event(98, static_cast<EventKind>(0))});
    stage.session.endFrame();
    QCOMPARE(printed(stage.model, columns), (QStringList{u"#99 event 61"_s, u"#98 event 0"_s}));
}

void tst_EventModel::tellsTimesAsSpans()
{
    Stage stage;
    const qint64 start = stage.objects().identity(stage.objects().find({1, 0})).createdAt;
    const auto at = [&](qint64 nanoseconds) {
        EventRecord event = Scene::event(2, EventKind::Sent, 1, 1);
        event.time = start + nanoseconds;
        return event;
    };
    stage.happen(1, {at(1'500'000'000), at(1'500'250'000), at(4'000'000'000)});
    stage.session.endFrame();
    TimeScale &times = stage.view.times();
    const auto told = [&](TimeScale::Mode mode) {
        times.setMode(mode);
        return printed(stage.model, {static_cast<int>(EventModel::EventColumn::Time)});
    };
    const QStringList ofDay = told(TimeScale::Mode::OfDay);
    QCOMPARE(ofDay.first(), stage.view.clockText(start + 1'500'000'000));
    QCOMPARE(told(TimeScale::Mode::SinceStart), (QStringList{u"+1.500000"_s, u"+1.500250"_s, u"+4.000000"_s}));
    QCOMPARE(told(TimeScale::Mode::SincePrevious), (QStringList{QString(), u"+0.000250"_s, u"+2.499750"_s}));
    // Nothing has been chosen.
    QCOMPARE(told(TimeScale::Mode::SinceChosen), ofDay);
    QSignalSpy changed(&stage.model, &QAbstractItemModel::dataChanged);
    stage.model.choose(stage.model.index(1, 0));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(told(TimeScale::Mode::SinceChosen), (QStringList{u"-0.000250"_s, u"+0.000000"_s, u"+2.499750"_s}));
    QCOMPARE(stage.model.index(0, 0).data(Qt::ToolTipRole).toString(), ofDay.first());
    for (const TimeScale::Mode mode : TimeScale::modes)
        QCOMPARE(timeModeNamed(timeModeName(mode)), mode);
    QVERIFY(!timeModeNamed(u"nonsense"_s));
}

QTEST_GUILESS_MAIN(tst_EventModel)
#include "tst_eventmodel.moc"
