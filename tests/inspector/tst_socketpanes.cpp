// Half-open connections and latency in a whole window, what all such panes share, and the search in the stream.
#include "desk.h"
#include "inspector/models/bytetext.h"
#include "inspector/models/latencyhistogram.h"
#include "inspector/models/rowtext.h"
#include "inspector/session/monotonic.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/latencyplot.h"
#include "inspector/views/queueplot.h"
#include "inspector/views/socketpane.h"
#include "inspector/views/streamview.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QMenu>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

QStringList lines(const QTableView &table, const QList<int> &columns)
{
    return printed(*table.model(), columns);
}

EventRecord at(qint64 time, EventRecord event)
{
    event.time = time;
    return event;
}

} // namespace

class tst_SocketPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHistogramKnowsItsQuantiles();
    void halfOpenSaysWhoEndedAndWhatIsMissing();
    void latencyComesFromTheEvents();
    void slotsAreTimedWhileSomebodyLooks();
    void theOneFilterAndTheOneSelectionRuleThem();
    void everyPaneHasANameAnEmptyStateAndAMenu();
    void theStreamIsSearchedByKeys();
    void aMatchMayBeBrokenOverLines();
    void theStreamIsCopiedInFourForms();
    void rowsAreTextCsvAndJson();
};

void tst_SocketPanes::aHistogramKnowsItsQuantiles()
{
    LatencyHistogram histogram;
    QCOMPARE(histogram.quantile(0.5), 0);
    for (int i = 1; i <= 1000; ++i)
        histogram.add(i * 1'000'000LL);
    QCOMPARE(histogram.count(), 1000U);
    QCOMPARE(histogram.least(), 1'000'000);
    QCOMPARE(histogram.greatest(), 1'000'000'000);
    const auto near = [&](double share, double value) {
        const auto found = static_cast<double>(histogram.quantile(share));
        return found >= value && found <= value * 1.2; // a step is a fifth of its beginning
    };
    QVERIFY(near(0.5, 500e6));
    QVERIFY(near(0.99, 990e6));
    QCOMPARE(histogram.quantile(1), 1'000'000'000);
    for (int step = 0; step < 150; ++step)
        QVERIFY(qAbs(LatencyHistogram::stepOf(LatencyHistogram::begin(step) + 1) - step) <= 1);
    LatencyHistogram sum;
    sum.add(5);
    sum.add(histogram);
    QCOMPARE(sum.count(), 1001U);
    QCOMPARE(sum.least(), 5);
}

void tst_SocketPanes::halfOpenSaysWhoEndedAndWhatIsMissing()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTableView *const table = desk.pane(u"halfOpen"_s);
    QVERIFY(table);
    Description byPeer = Scene::accepted(2, 1, 1002, State::ReadEnded);
    byPeer.counters.queued = 77;
    desk.agent.say(Scene::snapshot({Scene::server(1, u"echo"_s, 8124), byPeer, Scene::accepted(3, 1, 1003),
                                    Scene::client(4, u"fetcher"_s, 80, State::WriteEnded)},
                                   2));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QStringList ended = lines(*table, {0, 2, 4});
    ended.sort();
    QCOMPARE(ended, (QStringList{u"accepted #2 ▼ the peer 77 B"_s, u"fetcher (client) ▲ this side"_s}));
    QStringList why = lines(*table, {5});
    why.sort();
    QCOMPARE(why, (QStringList{u"the peer has not ended its side yet"_s, u"what is queued has to go out first"_s}));
    // Since the event says so, not since it was seen.
    const qint64 hour = 3'600'000'000'000;
    desk.happen({at(monotonicNow() - hour, Scene::event(4, EventKind::Ended))});
    QTRY_COMPARE(lines(*table, {0, 3}).first(), u"fetcher (client) 1 h 0 min"_s);
    QCOMPARE(desk.label(u"halfOpenSummary"_s), u"1 ended by the peer · 1 ended here"_s);
}

void tst_SocketPanes::latencyComesFromTheEvents()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTableView *const table = desk.pane(u"latency"_s);
    QVERIFY(table);
    const qint64 ms = 1'000'000;
    const qint64 start = monotonicNow() - 1000 * ms;
    desk.happen({at(start, Scene::event(4, EventKind::Attempt)),
                 at(start + 5 * ms, Scene::event(4, EventKind::Connected)),
                 at(start + 6 * ms, Scene::event(4, EventKind::Sent, 10, 10)),
                 at(start + 8 * ms, Scene::event(4, EventKind::Sent, 10, 20)),
                 at(start + 18 * ms, Scene::event(4, EventKind::Received, 10, 10)),
                 at(start + 19 * ms, Scene::event(4, EventKind::Received, 10, 20)),
                 at(start + 20 * ms, Scene::event(4, EventKind::Sent, 10, 30)),
                 at(start + 60 * ms, Scene::event(4, EventKind::Received, 10, 30))});
    QTRY_COMPARE(table->model()->rowCount(), 1);
    const auto cell = [&](LatencyModel::LatencyColumn column) {
        return table->model()->index(0, static_cast<int>(column)).data().toString();
    };
    using LatencyColumn = LatencyModel::LatencyColumn;
    QCOMPARE(cell(LatencyColumn::Connect), u"5.0 ms"_s);
    QCOMPARE(cell(LatencyColumn::FirstByte), u"13.0 ms"_s);
    QCOMPARE(cell(LatencyColumn::Answers), u"2"_s);
    QCOMPARE(cell(LatencyColumn::Greatest), u"40.0 ms"_s);
    QCOMPARE(desk.window.workspace().latency.histogram(LatencyModel::Measure::Connect).count(), 1U);
    QVERIFY(desk.label(u"latencySummary"_s).startsWith(u"2 answers · p50 "_s));
    // The histogram is of what one chooses.
    auto *const plot = desk.window.findChild<LatencyPlot *>();
    auto *const measure = desk.window.findChild<QComboBox *>(u"latencyMeasure"_s);
    measure->setFocus();
    QTest::keyClick(measure, Qt::Key_End);
    QCOMPARE(plot->measure(), LatencyModel::Measure::Connect);
}

void tst_SocketPanes::slotsAreTimedWhileSomebodyLooks()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTableView *const table = desk.pane(u"latency"_s);
    QVERIFY(table);
    const WatchRecord wanted{.subject = everySocket, .what = WatchedSlots};
    QTRY_COMPARE(desk.agent.watches, QList{wanted});
    const auto returned = [](quint64 subject, EventKind why, qint64 waited, qint64 took) {
        return Scene::event(subject, EventKind::SlotReturned,
                            static_cast<quint64>(waited) | static_cast<quint64>(why) << slotSignalShift,
                            static_cast<quint64>(took));
    };
    const qint64 ms = 1'000'000;
    const qint64 now = monotonicNow();
    desk.happen({at(now, returned(2, EventKind::Accepted, 0, 70 * ms)),
                 at(now, returned(2, EventKind::Received, 2 * ms, 3 * ms)),
                 at(now, returned(4, EventKind::Received, 20'000, 60'000))});
    QTRY_COMPARE(table->model()->rowCount(), 2);
    using Columns = LatencyModel::LatencyColumn;
    const QList<int> columns{static_cast<int>(Columns::Object), static_cast<int>(Columns::Wait),
                             static_cast<int>(Columns::Slot), static_cast<int>(Columns::SlowestSlot)};
    QCOMPARE(lines(*table, columns), (QStringList{u"accepted #2 2.0 ms 70.0 ms 70.0 ms connection"_s,
                                                  u"fetcher (client) 20 µs 60 µs 60 µs data"_s}));
    QVERIFY2(desk.label(u"latencySummary"_s).contains(u"slots p99 70.0 ms, at most 70.0 ms"_s),
             qPrintable(desk.label(u"latencySummary"_s)));
    // Whoever connects anew is asked anew; nobody is when nobody looks.
    desk.agent.hangUp();
    QTRY_COMPARE(desk.agent.watches, (QList{wanted, wanted}));
    desk.window.workspace().latency.setActive(false);
    QTRY_COMPARE(desk.agent.watches, (QList{wanted, wanted, WatchRecord{.subject = everySocket}}));
}

void tst_SocketPanes::theOneFilterAndTheOneSelectionRuleThem()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTableView *const table = desk.pane(u"halfOpen"_s);
    QVERIFY(table);
    desk.agent.say(Scene::snapshot({Scene::server(1, u"echo"_s, 8124), Scene::accepted(2, 1, 1002, State::ReadEnded),
                                    Scene::accepted(3, 1, 1003), Scene::client(4, u"fetcher"_s, 80, State::WriteEnded)},
                                   2));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    desk.filter()->setText(u"kind:client"_s);
    QCOMPARE(lines(*table, {0}), QStringList{u"fetcher (client)"_s});
    desk.filter()->clear();
    QCOMPARE(table->model()->rowCount(), 2);
    // The row that is chosen in the pane is chosen everywhere, and the other way round.
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
    const SubjectKey first = desk.window.workspace().halfOpen.keyOf(table->model()->index(0, 0));
    QTRY_COMPARE(desk.window.workspace().selection.key(), first);
    QCOMPARE(desk.connections()->current(), first);
    const SubjectKey second = desk.window.workspace().halfOpen.keyOf(table->model()->index(1, 0));
    desk.click(second);
    QTRY_COMPARE(table->currentIndex().row(), 1);
    QTest::keyClick(table, Qt::Key_Space); // left to the window
    QTRY_VERIFY(desk.window.workspace().view.isPaused());
}

void tst_SocketPanes::everyPaneHasANameAnEmptyStateAndAMenu()
{
    Desk desk;
    QVERIFY(desk.isReady());
    for (const QString &name : {u"backpressure"_s, u"halfOpen"_s, u"latency"_s}) {
        QTableView *const table = desk.pane(name);
        QVERIFY2(table, qPrintable(name));
        QVERIFY(!table->accessibleName().isEmpty());
        auto *const empty = table->viewport()->findChild<EmptyState *>();
        QVERIFY(!empty->title().isEmpty());
        QVERIFY(!empty->hint().isEmpty());
    }
    QTableView *const table = desk.pane(u"halfOpen"_s);
    desk.agent.say(Scene::snapshot({Scene::server(1, u"echo"_s, 8124), Scene::accepted(2, 1, 1002, State::ReadEnded),
                                    Scene::accepted(3, 1, 1003), Scene::client(4, u"fetcher"_s, 80)},
                                   2));
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->setCurrentIndex(table->model()->index(0, 1));
    Q_EMIT table->customContextMenuRequested(table->visualRect(table->currentIndex()).center());
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *const menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu->actions().constFirst()->text().contains(u"remote=\"10.0.0.7:1002\""_s));
    menu->actions().at(1)->trigger();
    QCOMPARE(desk.filter()->text(), u"-remote=\"10.0.0.7:1002\""_s);
    menu->close();
    QTRY_COMPARE(table->model()->rowCount(), 0);
}

void tst_SocketPanes::theStreamIsSearchedByKeys()
{
    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 2});
    QTRY_VERIFY(!desk.agent.captures.isEmpty());
    QByteArray text;
    for (int i = 0; i < 200; ++i)
        text += "line " + QByteArray::number(i) + (i % 50 == 7 ? " Needle\n" : "\n");
    desk.say(Scene::payload(2, Direction::Received, 0, text));
    auto *const stream = desk.window.findChild<StreamView *>();
    QTRY_COMPARE(desk.window.workspace().stream.lines().size(), 200);
    auto *const find = desk.window.findChild<QLineEdit *>(u"streamFind"_s);
    stream->setFocus();
    QTest::keyClick(stream, Qt::Key_F3);
    QTRY_COMPARE(QApplication::focusWidget(), find); // nothing to look for yet
    QTest::keyClicks(find, u"needle"_s);
    QTest::keyClick(stream, Qt::Key_Home);
    QTest::keyClick(find, Qt::Key_Return);
    QCOMPARE(stream->chosenBytes(), "line 7 Needle\n");
    QTest::keyClick(stream, Qt::Key_F3);
    QCOMPARE(stream->chosenBytes(), "line 57 Needle\n");
    QVERIFY(stream->visibleText().contains(u"line 57 Needle"_s));
    QTest::keyClick(stream, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(stream->chosenBytes(), "line 7 Needle\n");
    QTest::keyClick(stream, Qt::Key_F3, Qt::ShiftModifier); // round to the last
    QCOMPARE(stream->chosenBytes(), "line 157 Needle\n");
    find->setText(u"haystack"_s);
    QTest::keyClick(find, Qt::Key_Return);
    QCOMPARE(desk.label(u"streamFound"_s), u"✗ not found"_s);
    QCOMPARE(stream->chosenBytes(), "line 157 Needle\n");
}

void tst_SocketPanes::aMatchMayBeBrokenOverLines()
{
    StreamLines lines;
    lines.setWidth(16);
    lines.append({.direction = Direction::Received, .bytes = "0123456789abcdefNEEdle and more"});
    QCOMPARE(lines.size(), 2);
    QCOMPARE(StreamSearch(u"efnee"_s, StreamLines::Mode::Text).find(lines, -1, true), 0);
    QCOMPARE(StreamSearch(u"needle"_s, StreamLines::Mode::Text).find(lines, 0, true), 1);
    QCOMPARE(StreamSearch(u"65 66 4e"_s, StreamLines::Mode::Hex).find(lines, -1, true), 0);
    QCOMPARE(StreamSearch(u"65 66 4e"_s, StreamLines::Mode::Text).find(lines, -1, true), -1);
    QCOMPARE(StreamSearch(u"0123"_s, StreamLines::Mode::Text).find(lines, 0, true), 0); // only there
    QCOMPARE(StreamSearch(u"0123"_s, StreamLines::Mode::Text).find(StreamLines(), -1, true), -1);
}

void tst_SocketPanes::theStreamIsCopiedInFourForms()
{
    const QByteArray bytes = QByteArray::fromHex("00") + "Hello, \"world\"\r\n!";
    QCOMPARE(byteText(ByteForm::Base64, bytes), QString::fromLatin1(bytes.toBase64()));
    QCOMPARE(byteText(ByteForm::HexDump, bytes),
             u"00000000  00 48 65 6c 6c 6f 2c 20 22 77 6f 72 6c 64 22 0d  .Hello, \"world\".\n"
             "00000010  0a 21                                            .!"_s);
    QCOMPARE(byteText(ByteForm::CArray, "\x01\xff"), u"const unsigned char data[2] = {\n    0x01, 0xff\n};\n"_s);

    Desk desk;
    QVERIFY(desk.isReady());
    desk.click({1, 2});
    QTRY_VERIFY(!desk.agent.captures.isEmpty());
    desk.say(Scene::payload(2, Direction::Received, 0, "one\ntwo\nthree\n"));
    QTRY_COMPARE(desk.window.workspace().stream.lines().size(), 3);
    auto *const stream = desk.window.findChild<StreamView *>();
    stream->setFocus();
    QTest::keyClick(stream, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(stream, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(stream->chosenBytes(), "one\ntwo\n");
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(stream->viewport(), &asked);
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto *const menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    menu->actions().at(3)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"b25lCnR3bwo="_s);
    menu->actions().at(0)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), u"one\ntwo\n"_s);
    menu->close();
}

void tst_SocketPanes::rowsAreTextCsvAndJson()
{
    QStandardItemModel model(2, 2);
    model.setHorizontalHeaderLabels({u"A"_s, u"B, b"_s});
    model.setItem(0, 0, new QStandardItem(u"x\"y"_s));
    model.setItem(0, 1, new QStandardItem(u"=1+1"_s));
    model.setItem(1, 0, new QStandardItem(u"ä"_s));
    model.setItem(1, 1, new QStandardItem(u"2"_s));
    const QModelIndexList rows = {model.index(0, 0), model.index(1, 0)};
    QCOMPARE(rowText(RowForm::Text, rows, {0, 1}), u"x\"y\t=1+1\nä\t2"_s);
    QCOMPARE(rowText(RowForm::Csv, rows, {0, 1}), u"A,\"B, b\"\r\n\"x\"\"y\",'=1+1\r\nä,2\r\n"_s);
    QCOMPARE(rowText(RowForm::Json, {rows.last()}, {1}), u"[\n    {\n        \"B, b\": \"2\"\n    }\n]\n"_s);
}

QTEST_MAIN(tst_SocketPanes)
#include "tst_socketpanes.moc"
