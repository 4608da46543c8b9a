#include "fakeagent.h"
#include "inspector/models/eventmodel.h"
#include "inspector/models/filteredit.h"
#include "inspector/models/timelinemodel.h"
#include "inspector/models/timewindow.h"
#include "inspector/session/monotonic.h"
#include "scene.h"

#include <QSignalSpy>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

QString drawn(const std::vector<Phases> &pixels)
{
    static constexpr char16_t letters[] = u".?-iOCHPDF";
    QString text;
    for (const Phases &phases : pixels)
        text += phases.isMixed() ? u'~' : QChar(letters[static_cast<int>(phases.worst)]);
    return text;
}

EventRecord stateEvent(quint64 subject, qint64 time, EventKind kind, State state, quint32 flags = 0)
{
    return {.time = time, .subject = subject, .flags = flags, .kind = kind, .state = state};
}

} // namespace

class tst_Timeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShortTroubleIsSeenInItsPixel();
    void anEventCorrectsWhatACounterGuessed();
    void aHistoryIsBoundedAndForgetsNothing();
    void whatLastedLongIsKeptAsItWas();
    void whatIsNotKnownIsNotShownAsKnown();
    void aConnectionOlderThanTheLogIsUnknownBefore();
    void rowsTellTheirStory();
    void bytesTellOfThePhaseToo();
    void whatIsLostLeavesAGap();
    void theSpanOfTimeFiltersEventsAndRows();
    void aSpanOfTimeReplacesTheFormerOne();
    void aWindowOfTimeFollowsUntilOneGoesBack();
    void tenThousandRowsAreListed();
};

void tst_Timeline::aShortTroubleIsSeenInItsPixel()
{
    PhaseHistory history;
    history.enter(1000, Phase::Connecting);
    history.enter(2000, Phase::Open);
    history.enter(5000, Phase::WaitsForDrain);
    history.enter(5001, Phase::Open);
    history.enter(9000, Phase::Closed);
    QCOMPARE(drawn(history.pixels(0, 12'000, 12, 10'000)), u".COOODOOO-.."_s);
    QCOMPARE(drawn(history.pixels(0, 12'000, 3, 10'000)), u"CDO"_s);
    QCOMPARE(drawn(history.pixels(2000, 4000, 2, 10'000)), u"OO"_s);
    QVERIFY(history.pixels(0, 0, 4, 10).size() == 4);
}

void tst_Timeline::anEventCorrectsWhatACounterGuessed()
{
    PhaseHistory history;
    history.enter(1000, Phase::Open);
    history.settle(3000, Phase::Paused); // the counter came first
    history.enter(2000, Phase::Paused);  // the event knows when
    QCOMPARE(history.steps().size(), 2u);
    QCOMPARE(history.steps()[1].from, 2000);
    QVERIFY(!history.steps()[1].guessed);
    history.settle(4000, Phase::Paused);
    QCOMPARE(history.steps().size(), 2u);
    QCOMPARE(history.at(2500).worst, Phase::Paused);
    QCOMPARE(history.at(500).worst, Phase::None);
}

void tst_Timeline::aHistoryIsBoundedAndForgetsNothing()
{
    PhaseHistory history;
    for (int i = 0; i < 10'000; ++i)
        history.enter(i, i % 2 ? Phase::Open : Phase::Paused);
    QVERIFY(history.steps().size() <= PhaseHistory::limit);
    QCOMPARE(history.steps().back().from, 9999);
    QCOMPARE(history.steps().front().from, 0);
    // Joined, and said to be: long ago it was either, by turns.
    QCOMPARE(drawn(history.pixels(0, 8000, 8, 10'000)), u"~~~~~~~~"_s);
    QCOMPARE(history.at(100), (Phases{Phase::Paused, Phase::Open}));
    QCOMPARE(phaseText(history.at(100)), u"now open, now paused, in quick turns"_s);
    QCOMPARE(drawn(history.pixels(9990, 9996, 6, 10'000)), u"POPOPO"_s);
}

void tst_Timeline::whatLastedLongIsKeptAsItWas()
{
    PhaseHistory history;
    history.enter(0, Phase::Connecting);
    history.enter(100'000, Phase::Open);
    history.enter(200'000, Phase::Paused);
    for (int i = 0; i < 5000; ++i)
        history.enter(300'000 + i, i % 2 ? Phase::Open : Phase::WaitsForDrain);
    QCOMPARE(drawn(history.pixels(0, 300'000, 6, 305'000)), u"CCOOPP"_s);
}

void tst_Timeline::whatIsNotKnownIsNotShownAsKnown()
{
    PhaseHistory history;
    history.setBirth(2000);
    QCOMPARE(drawn(history.pixels(0, 8000, 8, 8000)), u"..??????"_s);
    history.settle(5000, Phase::Open);
    QCOMPARE(drawn(history.pixels(0, 8000, 8, 8000)), u"..???OOO"_s);
    QCOMPARE(phaseText(history.at(3000)), u"not known any more"_s);
    QCOMPARE(phaseText(history.at(1000)), u"not there"_s);
    history.lose(6000);
    history.enter(7000, Phase::Paused);
    QCOMPARE(drawn(history.pixels(0, 8000, 8, 8000)), u"..???O?P"_s);
}

void tst_Timeline::aConnectionOlderThanTheLogIsUnknownBefore()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    TimelineModel model(view, filter);
    quiet.addProcess(1, u"demo"_s, 11);
    Description old = Scene::client(3, u"caller"_s, 99);
    const qint64 now = monotonicNow();
    old.record.createdAt = now - 10'000;
    quiet.add(1, old);
    quiet.happen(1, {stateEvent(3, now - 4000, EventKind::Drain, State::Open)});
    quiet.session.endFrame();
    model.setActive(true);
    QCOMPARE(drawn(model.pixels(0, now - 12'000, now, 6)), u".???OO"_s);
    QVERIFY(model.describe(0, now - 5000).contains(u"not known any more"_s));
}

void tst_Timeline::rowsTellTheirStory()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    TimelineModel model(view, filter);
    quiet.addProcess(1, u"demo"_s, 11);
    quiet.add(1, Scene::server(1, u"echo"_s, 80));
    quiet.add(1, Scene::accepted(2, 1, 1002));
    quiet.add(1, Scene::client(3, u"caller"_s, 99));
    const qint64 now = monotonicNow();
    quiet.happen(1, {stateEvent(3, now - 3000, EventKind::Attempt, State::Connecting),
                     stateEvent(3, now - 2000, EventKind::Connected, State::Open),
                     stateEvent(3, now - 1000, EventKind::PeerEnded, State::ReadEnded)});
    quiet.session.endFrame();
    QCOMPARE(model.count(), 0); // nobody looks
    model.setActive(true);
    QCOMPARE(model.count(), 2);
    QCOMPARE(model.name(0), u"#2"_s);
    QCOMPARE(model.name(1), u"caller"_s);
    QVERIFY(drawn(model.pixels(1, now - 3000, now, 3)).startsWith(u"COH"));
    filter.setText(u"name:caller time:00:00..00:01"_s); // time is chosen here, and hides nothing here
    QCOMPARE(model.count(), 1);
}

void tst_Timeline::bytesTellOfThePhaseToo()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    TimelineModel model(view, filter);
    quiet.addProcess(1, u"demo"_s, 11);
    const qint64 now = monotonicNow();
    Description old = Scene::client(3, u"caller"_s, 99);
    old.record.createdAt = now - 9000;
    quiet.add(1, old);
    quiet.happen(1, {stateEvent(3, now - 6000, EventKind::Received, State::Open),
                     stateEvent(3, now - 4000, EventKind::Queued, State::Open, NeedsDrain)});
    quiet.session.endFrame();
    model.setActive(true);
    QCOMPARE(drawn(model.pixels(0, now - 10'000, now - 3000, 7)), u".???OOD"_s);
    // While one looks as well.
    const qint64 later = monotonicNow();
    quiet.happen(1, {stateEvent(3, later, EventKind::Drain, State::Open, NeedsDrain),
                     stateEvent(3, later + 1000, EventKind::Queued, State::Open, NeedsDrain)});
    quiet.session.endFrame();
    QCOMPARE(drawn(model.pixels(0, later, later + 2000, 2)), u"OD"_s);
}

void tst_Timeline::whatIsLostLeavesAGap()
{
    const auto directory = FakeAgent::makeDirectory();
    FakeAgent agent(directory->path(), u"demo"_s);
    agent.opening = Scene::greeting() + Scene::snapshot({Scene::client(3, u"caller"_s, 99)});
    Session session({.directory = directory->path()});
    LiveView view(session);
    FilterState filter;
    TimelineModel model(view, filter);
    session.start();
    QTRY_COMPARE(session.records().objects.size(), 2);
    QVERIFY(model.gaps().empty());
    QByteArray bytes;
    encode(bytes, Drops{.reason = DropReason::Ring, .total = 7});
    agent.say(bytes);
    QTRY_COMPARE(model.gaps().size(), 1u);
    QCOMPARE(model.gaps().front().count, 7u);
    QVERIFY(model.gaps().front().from <= model.gaps().front().to);
}

void tst_Timeline::theSpanOfTimeFiltersEventsAndRows()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    EventModel events(view, filter);
    TimelineModel model(view, filter);
    quiet.addProcess(1, u"demo"_s, 11);
    quiet.add(1, Scene::client(3, u"caller"_s, 99));
    const qint64 second = 1'000'000'000;
    const qint64 now = monotonicNow();
    for (const qint64 ago : {30, 20, 10})
        quiet.happen(1, {stateEvent(3, now - ago * second, EventKind::Drain, State::Open)});
    quiet.session.endFrame();
    QCOMPARE(events.rowCount(), 3);
    QVERIFY(filter.setText(model.condition(now - 25 * second, now - 15 * second)));
    QCOMPARE(events.rowCount(), 1);
    QVERIFY(filter.setText(model.condition(now - 5 * second, now - 35 * second))); // brushed to the left
    QCOMPARE(events.rowCount(), 3);
    QVERIFY(filter.setText(u'-' + model.condition(now - 25 * second, now - 15 * second)));
    QCOMPARE(events.rowCount(), 2);
}

void tst_Timeline::aSpanOfTimeReplacesTheFormerOne()
{
    const QString time = u"time"_s;
    QCOMPARE(withoutField(u"time:14:03..14:04"_s, time), QString());
    QCOMPARE(withoutField(u"state:open time:14:03..14:04 port>9"_s, time), u"state:open  port>9"_s);
    QCOMPARE(withoutField(u"state:open and -time>14:03"_s, time), u"state:open"_s);
    QCOMPARE(withoutField(u"name:time"_s, time), u"name:time"_s);
    QCOMPARE(withoutField(u"(time:14:03)"_s, time), QString()); // "()" would be no filter
    QCOMPARE(withCondition(u"a or b"_s, u"c"_s), u"(a or b) c"_s);
    QCOMPARE(withCondition(u"\"a or b\""_s, u"c"_s), u"\"a or b\" c"_s);
    QCOMPARE(withCondition({}, u"c"_s), u"c"_s);
}

void tst_Timeline::aWindowOfTimeFollowsUntilOneGoesBack()
{
    using std::chrono::nanoseconds;
    static constexpr std::array<nanoseconds, 3> lengths = {nanoseconds(10), nanoseconds(100), nanoseconds(1000)};
    TimeWindow time(lengths, lengths[1]);
    const auto shown = [&] {
        return std::tuple(time.from(), time.to(), time.isFollowing());
    };
    time.setBounds(500, 1000);
    QCOMPARE(shown(), std::tuple(900, 1000, true));
    time.setBounds(500, 1010);
    QCOMPARE(shown(), std::tuple(910, 1010, true));
    time.pan(-0.5);
    time.setBounds(500, 1020);
    QCOMPARE(shown(), std::tuple(860, 960, false));
    time.zoom(-1, 0.5); // around the middle
    QCOMPARE(shown(), std::tuple(905, 915, false));
    time.zoom(1, 0.5);
    QCOMPARE(shown(), std::tuple(860, 960, false));
    time.pan(-99); // no further than there is something
    QCOMPARE(shown(), std::tuple(500, 600, false));
    time.goToBegin();
    QCOMPARE(shown(), std::tuple(500, 600, false));
    time.pan(99);
    QCOMPARE(shown(), std::tuple(920, 1020, true));
    time.pan(-1);
    time.zoom(1, 0.5); // all of it: there is nowhere to go
    QCOMPARE(shown(), std::tuple(20, 1020, true));
    time.pan(-1);
    QVERIFY(time.isFollowing());
}

void tst_Timeline::tenThousandRowsAreListed()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    TimelineModel model(view, filter);
    model.setActive(true);
    quiet.addProcess(1, u"demo"_s, 11);
    for (quint64 id = 1; id <= 10'000; ++id)
        quiet.add(1, Scene::client(id, {}, 99));
    model.setActive(false);
    quiet.session.endFrame();
    model.setActive(true);
    QCOMPARE(model.count(), 10'000);
    QCOMPARE(model.indexOf({1, 10'000}), 9'999);
    filter.setText(u"id>9990"_s);
    QCOMPARE(model.count(), 10);
}

QTEST_GUILESS_MAIN(tst_Timeline)
#include "tst_timeline.moc"
