#include "desk.h"
#include "inspector/session/sessionloader.h"
#include "inspector/session/sessionsaver.h"
#include "inspector/window/comparisonwindow.h"
#include "inspector/window/sessionfiles.h"
#include "inspector/window/timedrun.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QPushButton>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

/// A run of a shop: \a visitors connections to its server, one of a client, which may fail.
class Shop
{
public:
    explicit Shop(int visitors, bool fails = false)
    {
        quiet.addProcess(1, u"shop"_s, 4000 + visitors);
        Description server = Scene::server(1, u"echo"_s, 8124);
        server.counters.accepted = static_cast<quint64>(visitors);
        quiet.add(1, server);
        for (int i = 0; i < visitors; ++i) {
            const Description socket =
                Scene::accepted(static_cast<quint64>(10 + i), 1, static_cast<quint16>(40000 + visitors + i));
            quiet.add(1, socket);
            quiet.count(1, Scene::counters(socket, 1024, 10));
        }
        Description client = Scene::client(5, u"fetcher"_s, 80, fails ? State::Closed : State::Open);
        if (fails)
            client.errorMessage = u"connection refused"_s;
        quiet.add(1, client);
    }
    const Records &records() { return quiet.session.records(); }
    bool save(const QString &file)
    {
        SessionSaver saver(records());
        if (!saver.open(file).isEmpty())
            return false;
        while (saver.writeOn(std::chrono::hours(1)))
            ;
        return saver.problem().isEmpty();
    }

    QuietSession quiet;
};

QStringList words(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines)
        line = line.simplified();
    return lines;
}

} // namespace

/// Counts of two sessions, side by side.
class tst_Comparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsByProcessServerAndPeer();
    void aServerOfTheSessionIsAPeerByItsName();
    void oneSideMayHaveNothing();
    void serversThatHaveForgottenTheirSocketsStillCount();
    void theTreeShowsWhatDiffers();
    void theMenuComparesWithARecording();
    void theTerminalPrintsIt();
};

void tst_Comparison::countsByProcessServerAndPeer()
{
    Shop before(3);
    Shop after(5, true);
    const Comparison comparison(before.records(), after.records());
    QCOMPARE(words(comparison.text(u"a"_s, u"b"_s)),
             QStringList({u"1: a"_s, u"2: b"_s, QString(), u"SOCKETS 1 2 ± RECEIVED 1 2 ± SENT 1 2 ± ERRORS 1 2 ±"_s,
                          u"Everything 4 6 +2 3.0 KiB 5.0 KiB +2.0 KiB 30 B 50 B +20 B 0 1 +1"_s, u"Processes"_s,
                          u"shop 4 6 +2 3.0 KiB 5.0 KiB +2.0 KiB 30 B 50 B +20 B 0 1 +1"_s, u"Servers"_s,
                          u"shop: echo 3 5 +2 3.0 KiB 5.0 KiB +2.0 KiB 30 B 50 B +20 B 0 0"_s, u"Peers"_s,
                          u"10.0.0.7 3 5 +2 3.0 KiB 5.0 KiB +2.0 KiB 30 B 50 B +20 B 0 0"_s,
                          u"192.168.1.9:80 1 1 0 B 0 B 0 B 0 B 0 1 +1"_s, QString()}));
    // The other way round it is less.
    QVERIFY(Comparison(after.records(), before.records()).text({}, {}).contains(u"−2.0 KiB"_s));
}

void tst_Comparison::aServerOfTheSessionIsAPeerByItsName()
{
    // The same two processes, with another port in the second run.
    const auto run = [](QuietSession &quiet, quint16 port) {
        quiet.addProcess(1, u"shop"_s, 1);
        quiet.addProcess(2, u"customer"_s, 2);
        quiet.add(1, Scene::server(1, u"till"_s, port));
        Description caller = Scene::client(2, {}, port);
        caller.remoteAddress = u"127.0.0.1"_s;
        quiet.add(2, caller);
    };
    QuietSession first;
    QuietSession second;
    run(first, 8001);
    run(second, 8002);
    ComparisonModel model(Comparison(first.session.records(), second.session.records()));
    QCOMPARE(printed(model, {0, 1, 2}).last(), u"  shop: till 1 1"_s);
}

void tst_Comparison::oneSideMayHaveNothing()
{
    QuietSession nothing;
    Shop shop(1);
    const Comparison comparison(nothing.session.records(), shop.records());
    QCOMPARE(comparison.lines().front().first, Tally{});
    QCOMPARE(comparison.lines().front().second, (Tally{2, 1024, 10, 0}));
    QCOMPARE(Comparison(nothing.session.records(), nothing.session.records()).lines().size(), 1u);
}

void tst_Comparison::serversThatHaveForgottenTheirSocketsStillCount()
{
    Shop shop(3);
    ObjectTable &objects = shop.quiet.objects();
    for (const quint64 socket : {10, 11, 12})
        objects.close(objects.find({1, socket}), 1, 1);
    objects.expire(2, 2, 0);
    const Comparison comparison(shop.records(), shop.records());
    QCOMPARE(comparison.lines().front().first, (Tally{4, 3072, 30, 0}));
}

void tst_Comparison::theTreeShowsWhatDiffers()
{
    Shop before(3);
    Shop after(3, true);
    ComparisonModel model(Comparison(before.records(), after.records()));
    const QAbstractItemModelTester tester(&model);
    const QList<int> errors{0, 10, 11, 12};
    QCOMPARE(printed(model, errors),
             QStringList({u"Everything 0 1 +1"_s, u"Processes"_s, u"  shop 0 1 +1"_s, u"Servers"_s,
                          u"  shop: echo 0 0"_s, u"Peers"_s, u"  10.0.0.7 0 0"_s, u"  192.168.1.9:80 0 1 +1"_s}));
    model.setOnlyDifferences(true);
    QCOMPARE(printed(model, errors), QStringList({u"Everything 0 1 +1"_s, u"Processes"_s, u"  shop 0 1 +1"_s,
                                                  u"Servers"_s, u"Peers"_s, u"  192.168.1.9:80 0 1 +1"_s}));
    QCOMPARE(model.headerData(12, Qt::Horizontal).toString(), u"±"_s);
    QCOMPARE(model.headerData(10, Qt::Horizontal).toString(), u"Errors ①"_s);
}

void tst_Comparison::theMenuComparesWithARecording()
{
    QTemporaryDir place;
    const QString file = place.filePath(u"before.netsession"_s);
    Shop before(3);
    QVERIFY(before.save(file));
    Desk desk;
    QVERIFY(desk.isReady());
    QVERIFY(desk.window.findChild<QAction *>(u"compareSessions"_s)->isEnabled());
    desk.window.files().compareWith(file);
    QTRY_VERIFY(desk.window.findChild<ComparisonWindow *>(u"comparison"_s));
    auto *window = desk.window.findChild<ComparisonWindow *>(u"comparison"_s);
    QVERIFY(window->isVisible());
    const QString sessions = window->findChild<QLabel *>(u"comparedSessions"_s)->text();
    QVERIFY2(sessions.startsWith(u"① Recording of "_s) && sessions.contains(u"② What is running"_s),
             qPrintable(sessions));
    QVERIFY(printed(window->model(), {0, 1, 2, 3}).contains(u"  shop: echo 3 0 −3"_s));
    QVERIFY(printed(window->model(), {0, 1, 2}).contains(u"  10.0.0.7 3 2"_s));
    QVERIFY(printed(window->model(), {0}).contains(u"  demo: echo"_s));
    window->findChild<QCheckBox *>(u"onlyDifferences"_s)->click();
    QVERIFY(!printed(window->model(), {0, 1, 2, 3}).isEmpty());
    window->findChild<QPushButton *>(u"copyComparison"_s)->click();
    QVERIFY(QApplication::clipboard()->text().startsWith(u"1: Recording of "_s));
}

void tst_Comparison::theTerminalPrintsIt()
{
    QTemporaryDir place;
    CommandLine line;
    line.open = place.filePath(u"a.netsession"_s);
    line.compare = place.filePath(u"b.netsession"_s);
    line.length = std::chrono::milliseconds(0);
    QVERIFY(Shop(3).save(line.open));
    const auto run = [&] {
        Session session(SessionLoader::options());
        SessionLoader loader(session);
        if (!loader.open(line.open).isEmpty())
            return -1;
        while (loader.readOn(std::chrono::hours(1)))
            ;
        session.start();
        TimedRun timed(line, session, nullptr);
        timed.start();
        return QApplication::exec();
    };
    QCOMPARE(run(), 1); // there is no other one
    QVERIFY(Shop(4).save(line.compare));
    QCOMPARE(run(), 0);
}

QTEST_MAIN(tst_Comparison)
#include "tst_comparison.moc"
