// Who called, as printed text: from what an agent says, by way of the records, into the model, the facts and a file.
#include "fakeagent.h"
#include "inspector/models/factmodel.h"
#include "inspector/models/stackmodel.h"
#include "inspector/session/monotonic.h"
#include "inspector/session/sessionloader.h"
#include "inspector/session/sessionrecorder.h"
#include "inspector/session/sessionsaver.h"
#include "samplemodule.h"
#include "scene.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace net::wire;
using namespace std::chrono_literals;

namespace {

/// A process with a server, a connection that it has accepted, and a client whose stacks are known.
class Told
{
public:
    Told() : sample(QStringLiteral(SAMPLE))
    {
        quiet.addProcess(1, u"demo"_s, 4711);
        quiet.add(1, Scene::server(1, u"echo"_s, 8124));
        quiet.add(1, Scene::accepted(2, 1, 1002));
        quiet.add(1, Scene::client(4, u"fetcher"_s, 80));
    }
    CallStacks &stacks() { return quiet.session.records().stacks; }
    void call(quint64 subject, Call call, quint32 stack)
    {
        stacks().take(1, Batch<StackRecord>{0, {{.subject = subject, .time = 5, .stack = stack, .call = call}}},
                      quiet.objects());
    }
    /// Stack 1: libnet, the sample, something that nobody knows.
    void tell()
    {
        Module own = sample.module;
        own.record.module = 7;
        const Module libnet{.record = {.base = 0x1000, .begin = 0x1000, .end = 0x2000, .module = 3},
                            .path = u"/usr/lib/libLibNet.so.0"_s};
        stacks().take(1, Batch<Module>{0, {libnet, own}});
        stacks().take(1, Batch<StackFrameRecord>{0,
                                                 {{.address = 0x1234, .stack = 1, .module = 3, .position = 0},
                                                  {.address = sample.address, .stack = 1, .module = 7, .position = 1},
                                                  {.address = 0x10, .stack = 1, .position = 2}}});
        call(4, Call::Created, 1);
    }
    bool hasLooked(Symbolizer &symbolizer)
    {
        return QTest::qWaitFor([&] { return symbolizer.isIdle(); });
    }

    SampleModule sample;
    QuietSession quiet;
};

QStringList lines(const StackModel &model)
{
    QStringList trimmed = printed(model, {StackModel::Function, StackModel::Source, StackModel::Program});
    for (QString &line : trimmed)
        line.replace(QRegularExpression(u"\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d"_s), u"TIME"_s);
    return trimmed;
}

bool canRead(const SampleModule &sample)
{
    return DebugFile(sample.module.path, sample.module.buildId).problem() != DebugFile::Problem::Unable;
}

} // namespace

class tst_StackModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesHaveFunctionsAndTheFirstOwnIsMarked();
    void whatIsNotKnownIsAnAddress();
    void callsStandInTheirOrder();
    void anAcceptedConnectionSaysByWhom();
    void whyThereIsNothingIsSaid();
    void theFactsSayByWhomItWasCreated();
    void aStackIsCopiedAsText();
    void aSavedSessionKeepsThem();
    void aRecordingBeginsWithThem();
    void hostileNumbersAreIgnored();
};

void tst_StackModel::framesHaveFunctionsAndTheFirstOwnIsMarked()
{
    Told told;
    if (!canRead(told.sample))
        QSKIP("built without libdw");
    told.tell();
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    const QAbstractItemModelTester tester(&model);
    model.setActive(true);
    model.setSubject({1, 4});
    QVERIFY(told.hasLooked(symbolizer));
    const int call = SampleModule::lineOf("the line of the call");
    const int inlined = SampleModule::lineOf("the line that it was inlined into");
    QTRY_COMPARE(lines(model),
                 (QStringList{
                     u"Created TIME"_s,
                     u"    libLibNet.so.0 + 0x234  libLibNet.so.0"_s.sliced(2),
                     u"  ▶ sample::Fetcher::begin (inlined) stacksample.cpp:%1 libstacksample.so"_s.arg(call),
                     u"    sample::Fetcher::start stacksample.cpp:%1 libstacksample.so"_s.arg(inlined).sliced(2),
                     u"    0x10"_s.sliced(2),
                 }));
    const QModelIndex own = model.firstOwn();
    QCOMPARE(own.row(), 1);
    QCOMPARE(model.frame(own)->file, QStringLiteral(SAMPLE_SOURCE));
    const auto tone = [&](int row) {
        return static_cast<Tone>(model.index(row, 0, own.parent()).data(ToneRole).toInt());
    };
    QCOMPARE(tone(0), Tone::Dim);
    QCOMPARE(tone(1), Tone::Plain);
    QCOMPARE(tone(3), Tone::Dim);
    QVERIFY(model.index(0, 0, own.parent()).data(Qt::ToolTipRole).toString().contains(u"not there any more"_s));
}

void tst_StackModel::whatIsNotKnownIsAnAddress()
{
    Told told;
    told.tell();
    Module changed = told.sample.module;
    changed.record.module = 7;
    changed.buildId = QByteArray(20, 'x');
    told.stacks().take(1, Batch<Module>{0, {changed}});
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    model.setActive(true);
    model.setSubject({1, 4});
    QVERIFY(told.hasLooked(symbolizer));
    const QString place = u"libstacksample.so + 0x%1"_s.arg(QString::number(told.sample.inFile(), 16));
    QTRY_COMPARE(lines(model).at(2), u"  ▶ %1  libstacksample.so"_s.arg(place));
    const QModelIndex frame = model.index(1, 0, model.index(0, 0));
    if (canRead(told.sample))
        QTRY_VERIFY(frame.data(Qt::ToolTipRole).toString().contains(u"was changed"_s));
    QVERIFY(model.frame(frame)->file.isEmpty());
}

void tst_StackModel::callsStandInTheirOrder()
{
    Told told;
    told.tell();
    told.call(4, Call::Destroy, 0);
    told.call(4, Call::Connect, 1);
    told.call(1, Call::Destroy, 0);
    told.call(1, Call::Listen, 0);
    told.call(4, static_cast<Call>(9), 0); // of a newer agent
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    model.setActive(true);
    model.setSubject({1, 4});
    const auto titles = [&] {
        QStringList titles;
        for (int row = 0; row < model.rowCount(); ++row)
            titles += model.index(row, 0).data().toString();
        return titles;
    };
    QCOMPARE(titles(), (QStringList{u"Created"_s, u"connect()"_s, u"Destroyed"_s, u"Call 9"_s}));
    QVERIFY(model.index(2, 0).data(Qt::ToolTipRole).toString().contains(u"found no place"_s));
    model.setSubject({1, 1});
    QCOMPARE(titles(), (QStringList{u"listen()"_s, u"close()"_s}));
    // The last one of each kind counts.
    told.call(1, Call::Listen, 1);
    view.session().endFrame();
    QCOMPARE(model.rowCount(model.index(0, 0)) > 0, true);
}

void tst_StackModel::anAcceptedConnectionSaysByWhom()
{
    Told told;
    told.tell();
    told.call(1, Call::Listen, 1);
    told.call(2, Call::End, 0);
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    model.setActive(true);
    model.setSubject({1, 2});
    // And below it who had the server listen.
    QCOMPARE(lines(model).first(), u"Accepted by echo (server) TIME"_s);
    QVERIFY(model.rowCount(model.index(0, 0)) >= 3);
    QCOMPARE(lines(model).last(), u"end() TIME"_s);
    QCOMPARE(model.firstOwn().parent(), model.index(0, 0));
}

void tst_StackModel::whyThereIsNothingIsSaid()
{
    Told told;
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    model.setActive(true);
    QCOMPARE(model.absence().first, u"Nothing is chosen"_s);
    model.setSubject({1, 0});
    QCOMPARE(model.absence().first, u"A process is called by nobody"_s);
    model.setSubject({1, 4});
    QCOMPARE(model.absence().first, u"Call stacks are not recorded"_s);
    QVERIFY(model.absence().second.contains(u"LIBNET_INSPECT_STACKS=1"_s));
    told.quiet.session.setTakesStacks(true);
    QCOMPARE(model.absence().first, u"Nobody has called since call stacks are recorded"_s);
    told.call(4, Call::End, 0);
    view.session().endFrame();
    QCOMPARE(model.absence(), (std::pair<QString, QString>()));
    told.quiet.session.become({.file = u"x"_s});
    model.setSubject({1, 1});
    QCOMPARE(model.absence().first, u"No call stacks of this object are in the recording"_s);
}

void tst_StackModel::theFactsSayByWhomItWasCreated()
{
    Told told;
    if (!canRead(told.sample))
        QSKIP("built without libdw");
    told.tell();
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    FactModel facts(view, &symbolizer);
    facts.setSubject({1, 4});
    const QString expected =
        u"Created by sample::Fetcher::begin (stacksample.cpp:%1)"_s.arg(SampleModule::lineOf("the line of the call"));
    QTRY_VERIFY2(printed(facts, {0, 1}).contains(expected), qPrintable(printed(facts, {0, 1}).join(u'\n')));
    facts.setSubject({1, 1});
    QVERIFY(printed(facts, {0, 1}).filter(u"Created by"_s).isEmpty());
}

void tst_StackModel::aStackIsCopiedAsText()
{
    Told told;
    if (!canRead(told.sample))
        QSKIP("built without libdw");
    told.tell();
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    model.setActive(true);
    model.setSubject({1, 4});
    QVERIFY(told.hasLooked(symbolizer));
    QTRY_COMPARE(model.text(model.firstOwn()).section(u'\n', 1),
                 u"#0  libLibNet.so.0 + 0x234 (libLibNet.so.0)\n"
                 "#1  sample::Fetcher::begin at %1:%2 (libstacksample.so)\n"
                 "#2  sample::Fetcher::start at %1:%3 (libstacksample.so)\n"
                 "#3  0x10\n"_s.arg(QStringLiteral(SAMPLE_SOURCE))
                     .arg(SampleModule::lineOf("the line of the call"))
                     .arg(SampleModule::lineOf("the line that it was inlined into")));
    QCOMPARE(model.text(model.index(0, 0)), model.text(model.firstOwn()));
    QCOMPARE(model.text({}), QString());
}

static void compareWithOriginal(const CallStacks &stacks, const Told &told)
{
    const auto calls = stacks.callsOf({1, 4});
    QCOMPARE(calls.size(), std::size_t(2));
    QCOMPARE(calls[0], (StackRecord{.subject = 4, .time = 5, .stack = 1, .call = Call::Created}));
    QCOMPARE(calls[1], (StackRecord{.subject = 4, .time = 5, .stack = 0, .call = Call::End}));
    const auto frames = stacks.framesOf(1, 1);
    QCOMPARE(frames.size(), std::size_t(3));
    QCOMPARE(frames[1].address, told.sample.address);
    const Module *const module = stacks.module(1, 7);
    QVERIFY(module);
    QCOMPARE(module->path, told.sample.module.path);
    QCOMPARE(module->buildId, told.sample.module.buildId);
}

static void read(Session &session, QIODevice &device)
{
    SessionLoader loader(session);
    QCOMPARE(loader.open(device, u"memory"_s), QString());
    while (loader.readOn(1h))
        ;
    QCOMPARE(session.origin()->problem, QString());
}

void tst_StackModel::aSavedSessionKeepsThem()
{
    Told told;
    told.tell();
    told.call(4, Call::End, 0);
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::ReadWrite));
    SessionSaver saver(told.quiet.session.records());
    QCOMPARE(saver.open(buffer), QString());
    while (saver.writeOn(1h))
        ;
    buffer.seek(0);
    Session again(SessionLoader::options());
    read(again, buffer);
    compareWithOriginal(again.records().stacks, told);
}

void tst_StackModel::aRecordingBeginsWithThem()
{
    Told told;
    told.tell();
    told.call(4, Call::End, 0);
    const QTemporaryDir place;
    SessionRecorder recorder(told.quiet.session);
    QCOMPARE(recorder.start(place.filePath(u"r"_s), false), QString());
    QCOMPARE(recorder.stop(), QString());
    QFile file(place.filePath(u"r"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    Session again(SessionLoader::options());
    read(again, file);
    compareWithOriginal(again.records().stacks, told);
}

void tst_StackModel::hostileNumbersAreIgnored()
{
    Told told;
    CallStacks &stacks = told.stacks();
    // Of nobody, of the process itself, in the middle of nowhere.
    told.call(99, Call::End, 1);
    told.call(0, Call::End, 1);
    QCOMPARE(stacks.callsOf({1, 99}).size(), std::size_t(0));
    QCOMPARE(stacks.callsOf({1, 0}).size(), std::size_t(0));
    stacks.take(1, Batch<StackFrameRecord>{0,
                                           {{.address = 1, .stack = 5, .position = 47},
                                            {.address = 1, .stack = 5, .position = 0xffff},
                                            {.address = 1, .stack = 0, .position = 0}}});
    QCOMPARE(stacks.framesOf(1, 5).size(), std::size_t(0));
    QCOMPARE(stacks.framesOf(1, 0).size(), std::size_t(0));
    QVERIFY(!stacks.module(1, 0xffffffff));
    // As many kinds of calls as it likes, as many stacks and modules.
    for (int kind = 0; kind < 256; ++kind)
        told.call(4, static_cast<Call>(kind), 1);
    QCOMPARE(stacks.callsOf({1, 4}).size(), std::size_t(16));
    for (quint32 i = 1; i <= 70'000; ++i) {
        stacks.take(1, Batch<StackFrameRecord>{0, {{.address = i, .stack = i}}});
        stacks.take(1, Batch<Module>{0, {{.record = {.module = i}}}});
    }
    QCOMPARE(stacks.framesOf(1, 65'000).size(), std::size_t(1));
    stacks.take(2, Batch<Module>{0,
                                 {{.record = {.module = 1}, .path = QString(5000, u'x')},
                                  {.record = {.module = 2}, .buildId = QByteArray(5000, 'x')}}});
    QVERIFY(stacks.modulesOf(2).empty());
    QCOMPARE(stacks.framesOf(1, 70'000).size(), std::size_t(0));
    QCOMPARE(stacks.modulesOf(1).size(), std::size_t(16'384));
    // A module that lies anywhere is no reason to fall over.
    stacks.take(1, Batch<Module>{0, {{.record = {.base = ~quint64(0), .begin = 5, .end = 1, .module = 1}}}});
    stacks.take(1, Batch<StackFrameRecord>{0, {{.address = 3, .stack = 1, .module = 1}}});
    LiveView view(told.quiet.session);
    Symbolizer symbolizer;
    StackModel model(view, symbolizer);
    model.setActive(true);
    model.setSubject({1, 4});
    QCOMPARE(model.rowCount(), 16);
    QVERIFY(told.hasLooked(symbolizer));
}

QTEST_MAIN(tst_StackModel)
#include "tst_stackmodel.moc"
