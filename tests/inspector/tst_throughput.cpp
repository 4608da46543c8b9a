#include "inspector/models/throughputmodel.h"
#include "inspector/models/units.h"
#include "inspector/session/monotonic.h"
#include "scene.h"

#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

class tst_Throughput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSpikeSurvivesEveryReduction();
    void emptyTimeStaysEmpty();
    void oldSamplesLeave();
    void theChosenOnesPastComesFromTheLog();
    void numbersReadWell_data();
    void numbersReadWell();
    void spansReadWell_data();
    void spansReadWell();
};

void tst_Throughput::aSpikeSurvivesEveryReduction()
{
    ThroughputSeries series;
    for (int i = 0; i < 10'000; ++i)
        series.append({.time = i, .in = i == 7777 ? 1e6f : 10.f, .out = i == 1234 ? 0.f : 5.f});
    for (const int count : {1, 7, 100, 640}) {
        const auto pixels = series.pixels(0, 10'000, count);
        QCOMPARE(pixels.size(), static_cast<std::size_t>(count));
        float most = 0;
        float least = 5;
        for (const auto &pixel : pixels) {
            QVERIFY(!pixel.empty);
            most = std::max(most, pixel.in.greatest);
            least = std::min(least, pixel.out.least);
        }
        QCOMPARE(most, 1e6f);
        QCOMPARE(least, 0.f);
    }
    QCOMPARE(series.peak(0, 10'000), 1e6f);
    QCOMPARE(series.peak(0, 7777), 10.f);
}

void tst_Throughput::emptyTimeStaysEmpty()
{
    ThroughputSeries series;
    series.append({.time = 50, .in = 1, .out = 1});
    const auto pixels = series.pixels(0, 100, 10);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        QCOMPARE(pixels[i].empty, i != 5);
    QVERIFY(series.pixels(100, 100, 10)[0].empty);
    QVERIFY(series.pixels(0, 100, 0).empty());
    QCOMPARE(series.peak(60, 100), 0.f);
}

void tst_Throughput::oldSamplesLeave()
{
    ThroughputSeries series(100);
    for (int i = 0; i < 1000; ++i)
        series.append({.time = i});
    QCOMPARE(series.size(), 100u);
    QVERIFY(series.pixels(0, 900, 1)[0].empty);
}

void tst_Throughput::theChosenOnesPastComesFromTheLog()
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 80));
    quiet.add(1, Scene::accepted(2, 1, 1000));
    quiet.add(1, Scene::client(3, u"c"_s, 80));
    quiet.session.endFrame();
    LiveView view(quiet.session);
    ThroughputModel model(view);
    EventRecord past = Scene::event(2, EventKind::Received, 1000, 1000);
    past.time -= 3'050'000'000;
    EventRecord other = Scene::event(3, EventKind::Sent, 9999, 9999);
    quiet.happen(1, {past, past, other});
    const qint64 now = monotonicNow();
    model.setSubject({1, 2});
    QCOMPARE(model.title(), u"accepted #2"_s);
    QCOMPARE(model.series().peak(now - 5'000'000'000, now), 20'000.f); // 2000 B in a tenth of a second
    model.setSubject({1, 1});                                          // a server's is that of its connections
    QCOMPARE(model.series().peak(now - 5'000'000'000, now), 20'000.f);
    model.setSubject({});
    QCOMPARE(model.title(), u"All processes"_s);
}

void tst_Throughput::numbersReadWell_data()
{
    QTest::addColumn<double>("number");
    QTest::addColumn<QString>("bytes");
    QTest::addColumn<QString>("rate");
    QTest::newRow("none") << 0.0 << u"0 B"_s << QString();
    QTest::newRow("few") << 1023.0 << u"1023 B"_s << u"1023 B/s"_s;
    QTest::newRow("KiB") << 1536.0 << u"1.5 KiB"_s << u"1.5 KiB/s"_s;
    QTest::newRow("no fifth digit") << 102'400.0 - 1 << u"100 KiB"_s << u"100 KiB/s"_s;
    QTest::newRow("GiB") << 5.0 * (1 << 30) << u"5.0 GiB"_s << u"5.0 GiB/s"_s;
}

void tst_Throughput::numbersReadWell()
{
    QFETCH(double, number);
    QTEST(bytesText(static_cast<quint64>(number)), "bytes");
    QTEST(rateText(number), "rate");
}

void tst_Throughput::spansReadWell_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("ms") << 340LL << u"340 ms"_s;
    QTest::newRow("s") << 12'450LL << u"12.4 s"_s;
    QTest::newRow("min") << 200'000LL << u"3 min 20 s"_s;
    QTest::newRow("h") << 7'500'000LL << u"2 h 5 min"_s;
    QTest::newRow("d") << 273'600'000LL << u"3 d 4 h"_s;
    QTest::newRow("the clocks differ a little") << -5LL << u"0 ms"_s;
}

void tst_Throughput::spansReadWell()
{
    QFETCH(qint64, milliseconds);
    QTEST(spanText(milliseconds * 1'000'000), "text");
}

QTEST_GUILESS_MAIN(tst_Throughput)
#include "tst_throughput.moc"
