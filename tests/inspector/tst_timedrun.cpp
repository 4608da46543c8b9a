#include "desk.h"
#include "inspector/window/timedrun.h"

#include <QApplication>
#include <QTemporaryDir>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

/// A run that ends by itself: `--for`, `--screenshot`, `--require-data`.
class tst_TimedRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leavesPictureAndVerdict();
    void failsWithoutData();
};

void tst_TimedRun::initTestCase()
{
    QCoreApplication::setApplicationVersion(u"0"_s);
}

void tst_TimedRun::leavesPictureAndVerdict()
{
    Desk desk;
    QVERIFY(desk.isReady());
    QTemporaryDir place;
    CommandLine line;
    line.length = std::chrono::milliseconds(300);
    line.screenshot = place.filePath(u"window.png"_s);
    TimedRun run(line, desk.session, &desk.window);
    run.start();
    QCOMPARE(QApplication::exec(), 0);
    QCOMPARE(QImage(line.screenshot).size(), QSize(1280, 800));
}

void tst_TimedRun::failsWithoutData()
{
    Desk desk;
    QVERIFY(desk.isReady());
    CommandLine line;
    line.length = std::chrono::milliseconds(10);
    line.requireData = true;
    {
        TimedRun run(line, desk.session, &desk.window);
        run.start();
        QCOMPARE(QApplication::exec(), 1);
    }
    QByteArray bytes;
    const CounterRecord counters = Scene::counters(Scene::client(4, u"fetcher"_s, 80), 10, 10);
    encode(bytes, std::span(&counters, 1), 1);
    desk.agent.say(bytes);
    QTRY_COMPARE(desk.session.records().objects.counters(desk.session.records().objects.find({1, 4})).sent, 10u);
    TimedRun run(line, desk.session, &desk.window);
    run.start();
    QCOMPARE(QApplication::exec(), 0);
}

QTEST_MAIN(tst_TimedRun)
#include "tst_timedrun.moc"
