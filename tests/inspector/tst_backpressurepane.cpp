// Who has more to send than they should hold, and why.
#include "desk.h"
#include "inspector/session/monotonic.h"

#include <QTableView>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

class tst_BackpressurePane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhoIsAboveTheMark();
    void tellsASlowPeerFromASlowNetwork_data();
    void tellsASlowPeerFromASlowNetwork();
    void waitsAreCountedFromTheEvents();
    void theKernelIsAskedWhileSomebodyLooks();
};

void tst_BackpressurePane::saysWhoIsAboveTheMark()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTableView *const table = desk.pane(u"backpressure"_s);
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 0);
    Description full = Scene::accepted(2, 1, 1002);
    full.counters.queued = 20'000;
    full.counters.flags = NeedsDrain;
    Description some = Scene::accepted(3, 1, 1003);
    some.counters.queued = 100;
    desk.agent.say(
        Scene::snapshot({Scene::server(1, u"echo"_s, 8124), full, some, Scene::client(4, u"fetcher"_s, 80)}, 2));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(printed(*table->model(), {0}), (QStringList{u"accepted #2"_s, u"accepted #3"_s})); // the worst first
    QVERIFY(!table->model()->index(0, 4).data().toString().isEmpty());                          // since
    QCOMPARE(table->model()->index(1, 4).data().toString(), QString());
    QCOMPARE(desk.label(u"backpressureSummary"_s), u"1 above the mark · 2 waiting · 19.6 KiB queued"_s);
    QTRY_VERIFY(desk.window.workspace().backpressure.series().size() >= 2);
    QCOMPARE(desk.window.workspace().backpressure.series().pixels(0, monotonicNow(), 1).front().out.greatest, 20'100.f);
}

void tst_BackpressurePane::tellsASlowPeerFromASlowNetwork_data()
{
    QTest::addColumn<quint64>("queued");
    QTest::addColumn<bool>("isLocal");
    QTest::addColumn<QList<KernelRecord>>("told"); // a second apart
    QTest::addColumn<quint32>("flags");
    QTest::addColumn<QString>("text");
    const KernelRecord sending{.subject = 2,
                               .unsent = 90'000,
                               .notSent = 50'000,
                               .busy = 1'000'000'000,
                               .peerWindow = 60'000,
                               .roundTrip = 40'000};
    KernelRecord later = sending;
    later.busy += 1'000'000'000;
    KernelRecord limited = later;
    limited.peerLimited = 600'000'000;
    KernelRecord resent = later;
    resent.resent = 3;
    KernelRecord closed = sending;
    closed.peerWindow = 0;
    KernelRecord idle = sending;
    idle.unsent = idle.notSent = 0;
    const auto row = [](const char *name, quint64 queued, const QList<KernelRecord> &told, const QString &text,
                        bool isLocal = false, quint32 flags = 0) {
        QTest::newRow(name) << queued << isLocal << told << flags << text;
    };
    row("below", 100, {sending}, u"below its mark: all is well"_s);
    row("nobody was asked", 20'000, {}, u"the peer takes nothing"_s);
    row("writer", 100'000, {sending}, u"goes on writing: write() returned false and nobody waits for drain"_s, false,
        NeedsDrain | WritesOn);
    row("one large write", 100'000, {sending, later},
        u"the network is slow: 39.1 KiB on their way, round trip 40.0 ms"_s, false, NeedsDrain);
    row("application", 20'000, {idle}, u"the kernel has sent all that it got: this application's event loop is slow"_s);
    row("peer's window is closed", 20'000, {closed}, u"the peer is slow: it has room for 0 B"_s);
    row("peer's window was full for most of the time", 20'000, {sending, limited},
        u"the peer is slow: it has room for 58.6 KiB"_s);
    row("network", 20'000, {sending, later}, u"the network is slow: 39.1 KiB on their way, round trip 40.0 ms"_s);
    row("network that loses", 20'000, {sending, resent},
        u"the network is slow: 39.1 KiB on their way, round trip 40.0 ms, 3 segments sent again"_s);
    row("local peer", 20'000, {sending}, u"the peer is slow: 87.9 KiB wait for it to read"_s, true);
}

void tst_BackpressurePane::tellsASlowPeerFromASlowNetwork()
{
    QFETCH(quint64, queued);
    QFETCH(bool, isLocal);
    QFETCH(QList<KernelRecord>, told);
    QFETCH(quint32, flags);
    QFETCH(QString, text);
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 1);
    Description socket = Scene::accepted(2, 1, 1002);
    socket.counters.queued = queued;
    socket.counters.flags = flags;
    socket.counters.highWaterMark = 16'384;
    if (isLocal)
        socket.record.localFamily = socket.record.remoteFamily = Family::Local;
    quiet.add(1, socket);
    qint64 now = monotonicNow() - 2'000'000'000;
    for (const KernelRecord &record : std::as_const(told))
        quiet.session.records().kernel.take(1, {static_cast<quint64>(now += 900'000'000), {record}},
                                            quiet.session.records().objects);
    const int row = quiet.objects().find({1, 2});
    QCOMPARE(slownessText(quiet.objects(), row, quiet.session.records().kernel.find({1, 2}, now)), text);
    quiet.objects().close(row, now, now);
    QCOMPARE(slownessText(quiet.objects(), row, nullptr), u"it is over: this was never sent"_s);
    // Nothing is kept of sockets that nobody has told of.
    const KernelRecord stranger{.subject = 77};
    quiet.session.records().kernel.take(1, {static_cast<quint64>(now), {stranger}}, quiet.session.records().objects);
    QVERIFY(!quiet.session.records().kernel.find({1, 77}, now));
    // What was said long ago is not known any more.
    QVERIFY(!quiet.session.records().kernel.find({1, 2}, now + 1'500'000'000));
}

void tst_BackpressurePane::waitsAreCountedFromTheEvents()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 1);
    Description socket = Scene::accepted(2, 1, 1002);
    socket.counters.queued = 20'000;
    socket.counters.highWaterMark = 16'384;
    socket.counters.flags = NeedsDrain;
    // It waits in every sample since then, and has caught up three times between them.
    const qint64 second = 1'000'000'000;
    const qint64 now = monotonicNow();
    socket.counters.lastActivity = now - 9 * second;
    quiet.add(1, socket);
    QList<EventRecord> events;
    for (const int ago : {9, 7, 5}) {
        for (const bool full : {true, false}) {
            EventRecord event = Scene::event(2, full ? EventKind::Queued : EventKind::Drain);
            event.time = now - (full ? ago : ago - 1) * second;
            event.flags = full ? NeedsDrain : Flag();
            events += event;
        }
    }
    EventRecord last = Scene::event(2, EventKind::Queued);
    last.time = now - 2 * second;
    last.flags = NeedsDrain;
    quiet.happen(1, events + QList{last});
    LiveView view(quiet.session);
    FilterState filter;
    BackpressureModel model(view, filter);
    model.setActive(true);
    QCOMPARE(model.rowCount(), 1);
    const auto cell = [&](BackpressureModel::BackpressureColumn column) {
        return model.index(0, static_cast<int>(column)).data().toString();
    };
    QCOMPARE(cell(BackpressureModel::BackpressureColumn::Times), u"4"_s);
    QVERIFY2(cell(BackpressureModel::BackpressureColumn::Since).startsWith(u"2."_s),
             qPrintable(cell(BackpressureModel::BackpressureColumn::Since)));
    QVERIFY2(cell(BackpressureModel::BackpressureColumn::Waited).startsWith(u"5."_s),
             qPrintable(cell(BackpressureModel::BackpressureColumn::Waited)));
}

void tst_BackpressurePane::theKernelIsAskedWhileSomebodyLooks()
{
    Desk desk;
    Description full = Scene::accepted(2, 1, 1002);
    full.counters.queued = 20'000;
    desk.agent.opening =
        Scene::greeting() + Scene::snapshot({Scene::server(1, u"echo"_s, 8124), full, Scene::accepted(3, 1, 1003),
                                             Scene::client(4, u"fetcher"_s, 80)});
    QVERIFY(desk.isReady());
    QVERIFY(desk.agent.watches.isEmpty());
    QTableView *const table = desk.pane(u"backpressure"_s);
    QVERIFY(table);
    const QList<WatchRecord> asked{{.subject = 2, .what = WatchedKernel}};
    QTRY_COMPARE(desk.agent.watches, asked);
    QByteArray bytes;
    const KernelRecord record{.subject = 2, .unsent = 2048, .peerWindow = 4096, .roundTrip = 1000};
    encode(bytes, std::span(&record, 1), monotonicNow());
    desk.agent.say(bytes);
    QTRY_COMPARE(table->model()->index(0, 3).data().toString(), u"2.0 KiB"_s);
    // Whoever connects anew is asked anew.
    desk.agent.hangUp();
    QTRY_COMPARE(desk.agent.watches, asked + asked);
    // The details of another are looked at as well, and then the pane no more.
    desk.agent.watches.clear();
    desk.click({1, 3});
    QTRY_COMPARE(desk.agent.watches, (QList<WatchRecord>{{.subject = 3, .what = WatchedKernel}}));
    desk.window.workspace().backpressure.setActive(false);
    QTRY_COMPARE(desk.agent.watches.size(), 2);
    QCOMPARE(desk.agent.watches.last(), (WatchRecord{.subject = 2}));
}

QTEST_MAIN(tst_BackpressurePane)
#include "tst_backpressurepane.moc"
