#include "inspector/models/lintmodel.h"
#include "inspector/models/objectcolumns.h"
#include "inspector/models/objectmodel.h"
#include "inspector/session/monotonic.h"
#include "scene.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;

namespace {

constexpr qint64 second = 1'000'000'000;

/// The lints of a socket that was made ten minutes ago and is as \a counters say, quiet for two minutes.
QString lintsWith(const std::function<void(Description &)> &arrange, bool accepted = false,
                  const QList<EventRecord> &events = {})
{
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 11);
    quiet.add(1, Scene::server(1, u"echo"_s, 80));
    Description socket = accepted ? Scene::accepted(2, 1, 1002) : Scene::client(2, u"caller"_s, 99);
    const qint64 now = monotonicNow();
    socket.record.createdAt = now - 600 * second;
    socket.counters.lastActivity = now - 120 * second;
    socket.counters.received = 10;
    socket.counters.flags = HasTimeout;
    arrange(socket);
    quiet.add(1, socket);
    quiet.objects().notice(1, events);
    return lintWords(lintsOf(quiet.objects(), quiet.objects().find({1, 2}), now));
}

} // namespace

class tst_Lints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTidySocketHasNone();
    void eachMistakeIsFound();
    void whatIsInUseIsLeftInPeace();
    void everyLintSaysWhatToDo();
    void thoseOfOneServerShareARow();
    void theFilterKnowsThem();
};

void tst_Lints::aTidySocketHasNone()
{
    QCOMPARE(lintsWith([](Description &) {}), QString());
}

void tst_Lints::eachMistakeIsFound()
{
    const auto flags = [](quint32 set) {
        return [set](Description &socket) {
            socket.counters.flags = set;
        };
    };
    QCOMPARE(lintsWith([](Description &socket) { socket.counters.state = State::ReadEnded; }), u"never-closed"_s);
    QCOMPARE(lintsWith(flags(HasTimeout | NoErrorHandler)), u"no-error-handler"_s);
    QCOMPARE(lintsWith(flags(HasTimeout | Paused)), u"paused"_s);
    QCOMPARE(lintsWith(flags(0)), u"no-timeout"_s);
    QCOMPARE(lintsWith(flags(HasTimeout | NoParent)), u"no-parent"_s);
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags |= NeedsDrain | WritesOn;
                 socket.counters.queued = 100'000;
             }),
             u"drain-ignored"_s);
    QCOMPARE(lintsWith(
                 [](Description &socket) {
                     socket.counters.flags |= NoReceiver;
                     socket.counters.received = 0;
                 },
                 true),
             u"never-read"_s);
    QCOMPARE(lintsWith([](Description &) {}, false, {Scene::event(2, EventKind::DataLost, 5)}), u"data-lost"_s);
    QCOMPARE(lintsWith([](Description &) {}, false, {Scene::event(2, EventKind::WriteAfterEnd)}), u"write-after-end"_s);
    QCOMPARE(lintsWith([](Description &) {}, false, {Scene::event(2, EventKind::SlotReturned, 0, 51'000'000)}),
             u"slow-slot"_s);
    // What was lost is lost also when the connection is over.
    QCOMPARE(lintsWith([](Description &socket) { socket.counters.state = State::Closed; }, false,
                       {Scene::event(2, EventKind::DataLost, 5)}),
             u"data-lost"_s);
}

void tst_Lints::whatIsInUseIsLeftInPeace()
{
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.state = State::ReadEnded; // still answers
                 socket.counters.lastActivity = monotonicNow();
             }),
             QString());
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags |= Paused; // rests now and then
                 socket.counters.lastActivity = monotonicNow();
             }),
             QString());
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags |= NeedsDrain; // waits for drain, as it should
                 socket.counters.queued = 20'000;
             }),
             QString());
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags |= NeedsDrain; // all of it was written at once
                 socket.counters.queued = 100'000;
             }),
             QString());
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags |= Paused | NeedsDrain; // as an echo waits that its peer does not read
                 socket.counters.queued = 20'000;
             }),
             QString());
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags |= Paused | Piped; // the pipe's destination is slow, and the pipe goes on
             }),
             QString());
    QCOMPARE(lintsWith([](Description &) {}, false, {Scene::event(2, EventKind::SlotReturned, 0, 49'000'000)}),
             QString());
    QCOMPARE(lintsWith([](Description &socket) {
                 socket.counters.flags = 0;
                 socket.remoteAddress = u"127.0.0.1"_s; // nobody vanishes from one's own machine without a word
             }),
             QString());
}

void tst_Lints::everyLintSaysWhatToDo()
{
    int number = 0;
    for (const LintInfo &info : allLints()) {
        QCOMPARE(static_cast<int>(info.lint), number++);
        QVERIFY(!info.titleText().isEmpty());
        QVERIFY(info.adviceText().size() > 40);
        FilterState filter;
        QVERIFY2(filter.setText(u"lint:"_s + QString::fromLatin1(info.word)), info.word);
    }
}

void tst_Lints::thoseOfOneServerShareARow()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    LintModel model(view, filter);
    const QAbstractItemModelTester tester(&model);
    quiet.addProcess(1, u"demo"_s, 11);
    quiet.add(1, Scene::server(1, u"echo"_s, 80));
    for (quint64 id = 2; id < 5; ++id) {
        Description socket = Scene::accepted(id, 1, 1002);
        socket.counters.flags = NoErrorHandler;
        quiet.add(1, socket);
    }
    Description caller = Scene::client(9, u"caller"_s, 99);
    caller.counters.state = State::ReadEnded;
    caller.counters.flags = HasTimeout;
    caller.counters.lastActivity = caller.record.createdAt = monotonicNow() - 60 * second;
    quiet.add(1, caller);
    quiet.session.endFrame();
    model.look();
    QCOMPARE(printed(model, {0, 1}), (QStringList{u"✗ never closed caller (client)"_s,
                                                  u"⚠ no error handler 3 connections of echo (server)"_s}));
    QVERIFY(model.worst());
    QCOMPARE(model.worst()->example, (SubjectKey{1, 9}));
    QCOMPARE(model.condition(model.at(1)), u"lint:no-error-handler server=\"echo\""_s);
    filter.setText(model.condition(model.at(1)));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.worst()->lint, Lint::NeverClosed); // the status strip knows no filter
    filter.setText(u"id:77"_s);
    QCOMPARE(model.rowCount(), 0);
}

void tst_Lints::theFilterKnowsThem()
{
    QuietSession quiet;
    LiveView view(quiet.session);
    FilterState filter;
    ObjectModel objects(view, filter);
    quiet.addProcess(1, u"demo"_s, 11);
    Description bad = Scene::client(2, u"bad"_s, 99);
    bad.counters.flags = NoErrorHandler;
    quiet.add(1, bad);
    quiet.add(1, Scene::client(3, u"good"_s, 99));
    quiet.session.endFrame();
    QVERIFY(filter.setText(u"lint:*"_s));
    QCOMPARE(printed(objects, {static_cast<int>(Column::Name)}), (QStringList{u"demo (11)"_s, u"  bad"_s}));
    QVERIFY(filter.setText(u"-lint:*"_s));
    QCOMPARE(printed(objects, {static_cast<int>(Column::Name)}).last(), u"  good"_s);
    QVERIFY(!filter.setText(u"lint:nonsense"_s));
}

QTEST_GUILESS_MAIN(tst_Lints)
#include "tst_lints.moc"
