// Functions and lines of a library that is known to the line, and what is said where nothing can be known.
#include "inspector/symbols/functionname.h"
#include "inspector/symbols/symbolizer.h"
#include "samplemodule.h"

#include <QCoreApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace inspector;
using namespace Qt::StringLiterals;
using Problem = DebugFile::Problem;

class tst_Symbols : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreShortened_data();
    void namesAreShortened();
    void anAddressHasItsFunctionsAndLines();
    void withoutDebugInformationTheSymbolTableSpeaks();
    void anotherFileIsNotTakenForIt();
    void aReplacedProgramIsFoundByItsProcess();
    void nobodyElseIsAsked();
    void answersComeOnceAndAreKept();
    void mayEndWhileItLooks();
};

void tst_Symbols::namesAreShortened_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"main"_s << u"main"_s;
    QTest::newRow("parameters") << u"net::Socket::connectTo(int, QString const&)"_s << u"net::Socket::connectTo"_s;
    QTest::newRow("const") << u"Fetcher::size(std::pair<int, char>) const"_s << u"Fetcher::size"_s;
    QTest::newRow("anonymous") << u"(anonymous namespace)::run(int)"_s << u"(anonymous namespace)::run"_s;
    QTest::newRow("lambda") << u"Fetcher::start()::{lambda(int)#1}::operator()(int) const"_s
                            << u"Fetcher::start()::{lambda(int)#1}::operator()"_s;
    QTest::newRow("template") << u"void call<Fetcher, int (*)(char)>(Fetcher&, int)"_s
                              << u"call<Fetcher, int (*)(char)>"_s;
    QTest::newRow("lambda as an argument")
        << u"listen<Talk::Talk(int, char)::<lambda()> >"_s << u"listen<Talk::Talk(int, char)::<lambda()> >"_s;
    QTest::newRow("operator") << u"operator()"_s << u"operator()"_s;
    QTest::newRow("new") << u"operator new(unsigned long)"_s << u"operator new"_s;
    QTest::newRow("clone") << u"run(int) [clone .isra.0]"_s << u"run"_s;
    QTest::newRow("unbalanced") << u"a)b("_s << u"a)b("_s;
    QTest::newRow("empty") << u""_s << u""_s;
}

void tst_Symbols::namesAreShortened()
{
    QFETCH(QString, name);
    QTEST(shortName(name), "expected");
}

void tst_Symbols::anAddressHasItsFunctionsAndLines()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    QVERIFY(!sample.module.buildId.isEmpty());
    const DebugFile file(sample.module.path, sample.module.buildId);
    if (file.problem() == Problem::Unable)
        QSKIP("built without libdw");
    QCOMPARE(file.problem(), Problem::None);
    const QList<SourcePlace> places = file.placesOf(sample.inFile());
    QCOMPARE(places.size(), 2);
    QCOMPARE(places.at(0), (SourcePlace{.function = u"sample::Fetcher::begin(int)"_s,
                                        .file = QStringLiteral(SAMPLE_SOURCE),
                                        .line = SampleModule::lineOf("the line of the call"),
                                        .isInlined = true}));
    QCOMPARE(places.at(1), (SourcePlace{.function = u"sample::Fetcher::start(int)"_s,
                                        .file = QStringLiteral(SAMPLE_SOURCE),
                                        .line = SampleModule::lineOf("the line that it was inlined into"),
                                        .isInlined = false}));
    QCOMPARE(file.placesOf(~quint64(0) / 2), QList<SourcePlace>());
}

void tst_Symbols::withoutDebugInformationTheSymbolTableSpeaks()
{
    const SampleModule sample(QStringLiteral(SAMPLE_WITHOUT));
    const DebugFile file(sample.module.path, sample.module.buildId);
    if (file.problem() == Problem::Unable)
        QSKIP("built without libdw");
    QCOMPARE(file.placesOf(sample.inFile()), QList{SourcePlace{.function = u"sample::Fetcher::start(int)"_s}});
}

void tst_Symbols::anotherFileIsNotTakenForIt()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    const DebugFile changed(sample.module.path, QByteArray(20, 'x'));
    if (changed.problem() == Problem::Unable)
        QSKIP("built without libdw");
    QCOMPARE(changed.problem(), Problem::Changed);
    QCOMPARE(changed.placesOf(sample.inFile()), QList<SourcePlace>());
    QCOMPARE(DebugFile(u"/nowhere/at/all"_s, sample.module.buildId).problem(), Problem::Missing);
    QCOMPARE(DebugFile(QStringLiteral(SAMPLE_SOURCE), sample.module.buildId).problem(), Problem::Missing);
    QCOMPARE(DebugFile(u"/"_s, {}).problem(), Problem::Missing);
    const QTemporaryDir place;
    const QString pipe = place.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0); // would be waited for
    QCOMPARE(DebugFile(pipe, sample.module.buildId).problem(), Problem::Missing);
}

void tst_Symbols::aReplacedProgramIsFoundByItsProcess()
{
    net::agent::ModuleList modules;
    modules.look();
    QVERIFY(modules.numberOf(quint64(reinterpret_cast<quintptr>(&tst_Symbols::staticMetaObject))));
    const QByteArray buildId = modules.numbered().front().buildId;
    if (buildId.isEmpty())
        QSKIP("the linker gives no build ids");
    const qint64 pid = QCoreApplication::applicationPid();
    const auto found = ModuleFile{.path = u"/nowhere/at/all"_s, .buildId = buildId, .pid = pid}.open();
    if (found->problem() == Problem::Unable)
        QSKIP("built without libdw");
    QCOMPARE(found->problem(), Problem::None);
    // The process is another one by now.
    const ModuleFile other{.path = u"/nowhere/at/all"_s, .buildId = QByteArray(20, 'x'), .pid = pid};
    QCOMPARE(other.open()->problem(), Problem::Missing);
}

void tst_Symbols::nobodyElseIsAsked()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTemporaryDir cache;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DEBUGINFOD_URLS"_s, u"http://127.0.0.1:%1"_s.arg(server.serverPort()));
    environment.insert(u"DEBUGINFOD_CACHE_PATH"_s, cache.path());
    environment.insert(u"DEBUGINFOD_TIMEOUT"_s, u"5"_s);
    QProcess again;
    again.setProcessEnvironment(environment);
    again.start(QCoreApplication::applicationFilePath(), {u"withoutDebugInformationTheSymbolTableSpeaks"_s});
    QVERIFY(again.waitForFinished(60'000));
    QCOMPARE(again.exitCode(), 0);
    QVERIFY(!server.waitForNewConnection(0));
}

void tst_Symbols::answersComeOnceAndAreKept()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    const ModuleFile module{.path = sample.module.path, .buildId = sample.module.buildId};
    Symbolizer symbolizer;
    QSignalSpy found(&symbolizer, &Symbolizer::found);
    QVERIFY(!symbolizer.find(module, sample.inFile()));
    QVERIFY(!symbolizer.find(module, sample.inFile()));
    QVERIFY(!symbolizer.find({.path = u"/nowhere"_s, .buildId = "x"}, 1));
    QVERIFY(!symbolizer.isIdle());
    QTRY_COMPARE(found.size(), 1);
    QVERIFY(symbolizer.isIdle());
    const Symbols *const symbols = symbolizer.find(module, sample.inFile());
    QVERIFY(symbols);
    if (symbols->problem == Problem::Unable)
        QSKIP("built without libdw");
    QCOMPARE(symbols->places.size(), 2);
    QCOMPARE(symbolizer.find({.path = u"/nowhere"_s, .buildId = "x"}, 1)->problem, Problem::Missing);
    // By its build id it is the same wherever it lies.
    QVERIFY(symbolizer.find({.path = u"/elsewhere"_s, .buildId = sample.module.buildId}, sample.inFile()));
}

void tst_Symbols::mayEndWhileItLooks()
{
    const SampleModule sample(QStringLiteral(SAMPLE));
    for (int turns = 0; turns < 5; ++turns) {
        Symbolizer symbolizer;
        for (quint64 i = 0; i < 2000; ++i)
            symbolizer.find({.path = sample.module.path, .buildId = sample.module.buildId}, i);
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
    }
}

QTEST_GUILESS_MAIN(tst_Symbols)
#include "tst_symbols.moc"
