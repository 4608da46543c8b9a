#include "inspector/models/report.h"
#include "inspector/session/monotonic.h"
#include "inspector/session/ratemeter.h"
#include "scene.h"

#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

class tst_Records : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serversAndProcessesCarryTheSums();
    void aReconnectingSocketCountsOn();
    void closedRowsStayAndDepartAndAreForgotten();
    void aRowThatWasOverBeforeLeavesAtOnce();
    void aClosedSocketMayLiveAgain();
    void theLastThatEndedStayWithWhatTheyHad();
    void aServerThatIsItsOwnServerHarmsNobody();
    void ratesFollowTheAgentsClock();
    void theLogOverwritesItsOldest();
    void payloadIsBoundedAndKeepsTheNewest();
    void payloadKnowsItsHoles();
    void theReportListsWhatWasSeen();
};

void tst_Records::serversAndProcessesCarryTheSums()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    const Description server = Scene::server(1, u"echo"_s, 8124);
    const Description one = Scene::accepted(2, 1, 1000);
    const Description two = Scene::accepted(3, 1, 1001);
    for (const Description &description : {server, one, two})
        quiet.add(1, description);
    quiet.count(1, Scene::counters(one, 100, 10));
    quiet.count(1, Scene::counters(two, 50, 5));
    quiet.count(1, Scene::counters(one, 150, 10)); // totals: applying one again adds only what is new
    quiet.count(1, Scene::counters(one, 150, 10));
    quiet.count(1, Scene::counters(server, 0, 0)); // a server's own zeros do not wipe the sum

    const ObjectTable &objects = quiet.objects();
    for (const SubjectKey key : {SubjectKey{1, 1}, SubjectKey{1, 0}}) {
        QCOMPARE(objects.counters(objects.find(key)).received, 200u);
        QCOMPARE(objects.counters(objects.find(key)).sent, 15u);
    }
    QCOMPARE(objects.counters(objects.find({1, 0})).connections, 2u);
    QCOMPARE(objects.parent(objects.find({1, 2})), objects.find({1, 1}));
    QCOMPARE(objects.parent(objects.find({1, 1})), objects.find({1, 0}));
}

void tst_Records::aReconnectingSocketCountsOn()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    const Description client = Scene::client(2, u"c"_s, 80);
    quiet.add(1, client);
    quiet.count(1, Scene::counters(client, 100, 0));
    quiet.count(1, Scene::counters(client, 30, 0));
    QCOMPARE(quiet.objects().counters(quiet.objects().find({1, 0})).received, 130u);
    QCOMPARE(quiet.objects().counters(quiet.objects().find({1, 2})).received, 30u);
}

void tst_Records::closedRowsStayAndDepartAndAreForgotten()
{
    ObjectTable table;
    table.addProcess(1, 4711, u"demo"_s, 0, 10);
    const Description a = Scene::accepted(2, 0, 1000);
    const Description b = Scene::accepted(3, 0, 1001);
    table.describe(1, a.record, {}, 10);
    table.describe(1, b.record, {}, 10);
    QCOMPARE(table.takeChanges().added.size(), 3u);

    const int row = table.find({1, 2});
    table.close(row, 100, 100);
    table.expire(99, 0, 10);
    QVERIFY(table.isShown(row));
    QCOMPARE(table.identity(row).life, RowLife::Closed);
    QCOMPARE(table.takeChanges().changed, (std::vector<int>{row, table.find({1, 0})}));

    table.expire(100, 0, 10);
    QVERIFY(!table.isShown(row));
    QCOMPARE(table.find({1, 2}), row); // still known to the log
    QCOMPARE(table.takeChanges().removed, std::vector<int>{row});

    table.expire(100, 0, 0);
    QCOMPARE(table.find({1, 2}), -1);
    const Description c = Scene::accepted(4, 0, 1002);
    QCOMPARE(table.describe(1, c.record, {}, 200), row); // the slot is used again
    QCOMPARE(table.takeChanges().added, std::vector<int>{row});
}

void tst_Records::aRowThatWasOverBeforeLeavesAtOnce()
{
    ObjectTable table;
    table.addProcess(1, 4711, u"demo"_s, 0, 1000);
    Description live = Scene::accepted(2, 0, 1000);
    Description old = Scene::accepted(3, 0, 1001);
    old.record.goneAt = 50;
    table.describe(1, live.record, {}, 1000);
    table.close(table.find({1, 2}), 0, 1000);
    table.describe(1, old.record, {}, 1000);
    table.expire(500, 0, 10);
    QVERIFY(table.isShown(table.find({1, 2})));
    QVERIFY(!table.isShown(table.find({1, 3})));
}

void tst_Records::aClosedSocketMayLiveAgain()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    Description client = Scene::client(2, u"c"_s, 80);
    quiet.add(1, client);
    const int row = quiet.objects().find({1, 2});
    client.counters.state = State::Closed;
    quiet.count(1, client.counters);
    QCOMPARE(quiet.objects().identity(row).life, RowLife::Closed);
    quiet.objects().expire(monotonicNow(), 0, 10);
    quiet.objects().takeChanges();
    QVERIFY(!quiet.objects().isShown(row));
    client.counters.state = State::Connecting;
    quiet.count(1, client.counters);
    QVERIFY(quiet.objects().isShown(row));
    QCOMPARE(quiet.objects().takeChanges().added, std::vector<int>{row});
}

void tst_Records::theLastThatEndedStayWithWhatTheyHad()
{
    ObjectTable table;
    for (const quint32 process : {1u, 2u, 3u}) {
        table.addProcess(process, process, u"demo"_s, 0, 100);
        table.describe(process, Scene::client(2, {}, 80).record, {}, 100);
        table.describe(process, Scene::client(3, {}, 80).record, {}, 100);
        table.close(table.find({process, 3}), 0, 150); // of its own will
    }
    for (const quint32 process : {1u, 2u, 3u})
        table.closeProcess(process, 200 + process);
    const auto shown = [&] {
        QStringList rows;
        for (int row = 0; row < table.size(); ++row) {
            const SubjectKey key = table.identity(row).key;
            if (table.isShown(row))
                rows += u"%1.%2"_s.arg(key.process).arg(key.subject);
        }
        return rows.join(u' ');
    };
    table.expire(160, 0, 100, 2);
    QCOMPARE(shown(), u"1.0 1.2 2.0 2.2 3.0 3.2"_s);
    table.expire(1000, 1000, 100, 2);
    QCOMPARE(shown(), u"2.0 2.2 3.0 3.2"_s);
    table.expire(1000, 1000, 100, 2);
    QCOMPARE(shown(), u"2.0 2.2 3.0 3.2"_s);
    table.expire(1000, 1000, 100, 1);
    QCOMPARE(shown(), u"3.0 3.2"_s);
    table.expire(1000, 1000, 100);
    QCOMPARE(shown(), QString());
    table.expire(1000, 1000, 0);
    QCOMPARE(table.find({2, 2}), -1); // and nothing is kept for ever
}

void tst_Records::aServerThatIsItsOwnServerHarmsNobody()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    Description server = Scene::server(1, u"echo"_s, 8124);
    server.record.server = 1;
    quiet.add(1, server);
    Description socket = Scene::accepted(2, 2, 1000); // accepted by itself
    quiet.add(1, socket);
    quiet.count(1, Scene::counters(socket, 10, 0));
    const ObjectTable &objects = quiet.objects();
    QCOMPARE(objects.parent(objects.find({1, 1})), objects.find({1, 0}));
    QCOMPARE(objects.parent(objects.find({1, 2})), objects.find({1, 0}));
}

void tst_Records::ratesFollowTheAgentsClock()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    const Description client = Scene::client(2, u"c"_s, 80);
    quiet.add(1, client);
    ObjectTable &objects = quiet.objects();
    const int row = objects.find({1, 2});
    RateMeter meter;
    quiet.count(1, Scene::counters(client, 5'000'000, 0));
    meter.touch(row);
    meter.advance(objects, 1'000'000'000);
    QCOMPARE(objects.rates(row).latestIn, 0.0); // what was moved before has no duration

    quiet.count(1, Scene::counters(client, 5'001'000, 0));
    meter.touch(row);
    meter.advance(objects, 1'500'000'000);
    QCOMPARE(objects.rates(row).latestIn, 2000.0);
    QVERIFY(objects.rates(row).in > 1000 && objects.rates(row).in < 2000);
    QCOMPARE(objects.rates(objects.find({1, 0})).latestIn, 2000.0);

    for (int i = 1; i < 60; ++i)
        meter.advance(objects, 1'500'000'000 + i * 100'000'000LL);
    QCOMPARE(objects.rates(row).in, 0.0);
    QCOMPARE(objects.rates(row).latestIn, 0.0);
}

void tst_Records::theLogOverwritesItsOldest()
{
    EventLog log(60'000); // rounded up to two blocks of 2 MiB
    QCOMPARE(log.capacity(), 104'856u);
    QList<EventRecord> events(50'000);
    quint64 number = 0;
    for (int round = 0; round < 3; ++round) {
        for (EventRecord &event : events)
            event = {.subject = number++, .kind = EventKind::Sent};
        log.append(3, events);
    }
    QCOMPARE(log.end(), 150'000u);
    QCOMPARE(log.begin(), 150'000u - 104'856u);
    QCOMPARE(log.overwritten(), 150'000u - 104'856u);
    QCOMPARE(log.at(log.begin() - 1).process, 0); // gone
    quint64 seen = log.begin();
    while (seen < log.end()) {
        const auto run = log.run(seen);
        QVERIFY(!run.empty());
        for (const LogRecord &event : run) {
            QCOMPARE(event.subject, seen);
            QCOMPARE(event.process, 3);
            ++seen;
        }
    }
    QCOMPARE(log.memory(), 2u * (2 << 20));
    log.clear();
    QCOMPARE(log.begin(), log.end());
    QVERIFY(log.run(log.begin()).empty());
}

void tst_Records::payloadIsBoundedAndKeepsTheNewest()
{
    PayloadStore store(100'000);
    const QByteArray piece(1000, 'x');
    store.append({1, 9}, Scene::payload(9, Direction::Sent, 0, "old"));
    for (quint64 i = 0; i < 500; ++i)
        store.append({1, 2}, Scene::payload(2, Direction::Received, i * 1000, piece));
    QVERIFY(store.bytes() <= 100'000);
    QVERIFY(!store.find({1, 9})); // silent for longest
    QVERIFY(store.hasMadeRoom({1, 9}) && !store.hasMadeRoom({1, 2}) && !store.hasMadeRoom({1, 8}));
    const PayloadLog *log = store.find({1, 2});
    QVERIFY(log);
    QVERIFY(log->begin() > 0);
    QCOMPARE(log->end(), 500u);
    QCOMPARE(log->at(499).offset, 499'000u);
    // One piece larger than everything is kept all the same, alone.
    store.append({1, 3}, Scene::payload(3, Direction::Sent, 0, QByteArray(200'000, 'y')));
    QVERIFY(!store.find({1, 2}));
    QCOMPARE(store.find({1, 3})->end(), 1u);
    store.append({1, 9}, Scene::payload(9, Direction::Sent, 3, "new"));
    QVERIFY(!store.hasMadeRoom({1, 9}) && store.hasMadeRoom({1, 3}));
}

void tst_Records::payloadKnowsItsHoles()
{
    PayloadStore store(100'000);
    store.append({1, 2}, Scene::payload(2, Direction::Received, 500, "abc")); // joined in the middle: no hole
    store.append({1, 2}, Scene::payload(2, Direction::Sent, 0, "question"));  // the other direction
    store.append({1, 2}, Scene::payload(2, Direction::Received, 503, "def"));
    store.append({1, 2}, Scene::payload(2, Direction::Received, 600, "ghi"));
    const PayloadLog *log = store.find({1, 2});
    QList<quint64> missing;
    for (quint64 i = log->begin(); i < log->end(); ++i)
        missing += log->at(i).missing;
    QCOMPARE(missing, (QList<quint64>{0, 0, 0, 94}));
}

void tst_Records::theReportListsWhatWasSeen()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::client(4, u"fetcher"_s, 80, State::Connecting));
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    for (quint64 id = 10; id < 30; ++id)
        quiet.add(1, Scene::accepted(id, 1, static_cast<quint16>(id), State::Closed));
    const Description open = Scene::accepted(30, 1, 1030);
    quiet.add(1, open);
    quiet.count(1, Scene::counters(open, 2048, 1024));

    const Report report = reportOf(quiet.session.records());
    QCOMPARE(report.processes, 1);
    QCOMPARE(report.servers, 1);
    QCOMPARE(report.connections, 22);
    QCOMPARE(report.received, 2048u);
    QStringList first;
    for (const QString &line : report.text.split(u'\n'))
        first += line.section(u"  "_s, 0, line.startsWith(u' ') ? (line.startsWith(u"    "_s) ? 2 : 1) : 0).trimmed();
    QCOMPARE(first.mid(0, 4), (QStringList{u"NAME"_s, u"demo (4711)"_s, u"echo"_s, u"#10"_s}));
    QCOMPARE(first.mid(22, 3), (QStringList{u"#29"_s, u"#30"_s, u"fetcher"_s})); // what has closed as well
    QVERIFY(report.text.contains(u"received 2.0 KiB, sent 1.0 KiB"_s));
}

QTEST_GUILESS_MAIN(tst_Records)
#include "tst_records.moc"
