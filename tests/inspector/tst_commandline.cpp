#include "fakeagent.h"
#include "inspector/session/sessionsaver.h"
#include "inspector/window/agentlist.h"
#include "inspector/window/commandline.h"
#include "scene.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_CommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsAskedFor();
    void refusesInWords_data();
    void refusesInWords();
    void readsLengths_data();
    void readsLengths();
    void listsAgentsAsATable();
    void failsIfItCannotPrint_data();
    void failsIfItCannotPrint();
    void whatIsExportedToTheOutputStandsThereAlone();
    void theFilterIsForAllThatIsWritten();
    void aTableOfNothingHasItsHeading();
    void aFileThatMayNotGrowIsNamed();
    void aSignalEndsTheWindowInOrder_data();
    void aSignalEndsTheWindowInOrder();
};

static CommandLine parse(const QStringList &arguments)
{
    return CommandLine::parse(QStringList{u"net-inspector"_s} + arguments);
}

void tst_CommandLine::readsWhatIsAskedFor()
{
    const CommandLine window = parse({});
    QCOMPARE(window.request, CommandLine::Request::Window);
    QVERIFY(window.needsWindow());
    QVERIFY(!window.hasVerdict());
    QVERIFY(!window.length);

    const CommandLine run = parse({u"--attach"_s, u"12"_s, u"--attach"_s, u"34"_s, u"--for"_s, u"2m"_s, u"--print"_s,
                                   u"--require-data"_s, u"--theme"_s, u"dark"_s, u"--filter"_s, u"port>80"_s});
    QCOMPARE(run.request, CommandLine::Request::Window);
    QCOMPARE(run.pids, (QList<qint64>{12, 34}));
    QCOMPARE(run.length, std::optional<std::chrono::milliseconds>(120s));
    QVERIFY(run.print && run.requireData);
    QCOMPARE(run.theme, std::optional(Theme::Dark));
    QCOMPARE(run.filter, u"port>80"_s);
    QVERIFY(!run.needsWindow());
    QVERIFY(run.hasVerdict());

    QCOMPARE(parse({u"--print"_s}).length, std::optional<std::chrono::milliseconds>(5s));
    const CommandLine picture = parse({u"--print"_s, u"--screenshot"_s, u"a.png"_s});
    QVERIFY(picture.needsWindow());
    QVERIFY(!picture.length); // until the window is closed
    const CommandLine record = parse({u"--record"_s, u"a.netsession"_s});
    QVERIFY(!record.needsWindow() && record.hasVerdict());
    QCOMPARE(record.length, std::optional<std::chrono::milliseconds>(5s));
    QVERIFY(parse({u"/dev/null"_s}).needsWindow());
    const CommandLine reopened = parse({u"/dev/null"_s, u"--print"_s});
    QCOMPARE(reopened.open, u"/dev/null"_s);
    QCOMPARE(reopened.length, std::optional<std::chrono::milliseconds>(0s));
    const CommandLine measure =
        parse({u"--measure"_s, u"--keep"_s, u"5000"_s, u"--sort"_s, u"in"_s, u"--print"_s, u"--for"_s, u"1s"_s});
    QVERIFY(measure.measure && measure.needsWindow() && measure.hasVerdict());
    QCOMPARE(measure.keep, std::optional<quint64>(5000));
    QCOMPARE(measure.sort, std::optional(Column::RateIn));
    QVERIFY(!parse({u"--measure"_s}).length); // until the window is closed
    QCOMPARE(parse({u"--list"_s}).request, CommandLine::Request::List);
    QCOMPARE(parse({u"--version"_s}).request, CommandLine::Request::Version);
    QCOMPARE(parse({u"-h"_s}).request, CommandLine::Request::Help);
    QVERIFY(parse({u"--help"_s}).text.contains(u"--screenshot"_s));
}

void tst_CommandLine::refusesInWords_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << QStringList{u"--bogus"_s} << u"Unknown option 'bogus'."_s;
    QTest::newRow("stray") << QStringList{u"a.netsession"_s, u"b"_s} << u"Unexpected argument \"b\"."_s;
    QTest::newRow("no file") << QStringList{u"/nonexistent/a"_s} << u"There is no file \"/nonexistent/a\"."_s;
    QTest::newRow("record a recording") << QStringList{u"/dev/null"_s, u"--record"_s, u"b"_s}
                                        << u"--record: a recording is no running application."_s;
    QTest::newRow("attach to a recording")
        << QStringList{u"/dev/null"_s, u"--attach"_s, u"7"_s} << u"--attach: a recording is no running application."_s;
    QTest::newRow("compare with nothing") << QStringList{u"--compare"_s, u"/dev/null"_s}
                                          << u"--compare: name two recordings, net-inspector ONE --compare OTHER."_s;
    QTest::newRow("compare with no file") << QStringList{u"/dev/null"_s, u"--compare"_s, u"/nonexistent/a"_s}
                                          << u"--compare: there is no file \"/nonexistent/a\"."_s;
    QTest::newRow("record nowhere") << QStringList{u"--record"_s, u"/nonexistent/a"_s}
                                    << u"--record: there is no directory /nonexistent"_s;
    QTest::newRow("record a folder") << QStringList{u"--record"_s, u"/"_s} << u"--record: \"/\" is no name of a file"_s;
    QTest::newRow("record twice") << QStringList{u"--record"_s, u"a"_s, u"--record"_s, u"b"_s}
                                  << u"--record is given more than once."_s;
    QTest::newRow("list and more") << QStringList{u"--list"_s, u"--print"_s}
                                   << u"--list: nothing else can be asked for with it."_s;
    QTest::newRow("list of a recording") << QStringList{u"/dev/null"_s, u"--list"_s}
                                         << u"--list: nothing else can be asked for with it."_s;
    QTest::newRow("pid") << QStringList{u"--attach"_s, u"demo"_s} << u"--attach: \"demo\" is no process id."_s;
    QTest::newRow("negative pid") << QStringList{u"--attach=-4"_s} << u"--attach: \"-4\" is no process id."_s;
    QTest::newRow("no value") << QStringList{u"--for"_s} << u"Missing value after '--for'."_s;
    QTest::newRow("length") << QStringList{u"--for"_s, u"ten"_s}
                            << u"--for: \"ten\" is no time; write 500ms, 10s or 2m."_s;
    QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s}
                           << u"--theme: \"pink\" is none of light, dark, system."_s;
    QTest::newRow("keep") << QStringList{u"--keep"_s, u"-1"_s}
                          << u"--keep: \"-1\" is no number of events up to 1000000000."_s;
    QTest::newRow("keep too many") << QStringList{u"--keep"_s, u"9999999999"_s}
                                   << u"--keep: \"9999999999\" is no number of events up to 1000000000."_s;
    QTest::newRow("sort") << QStringList{u"--sort"_s, u"colour"_s}
                          << u"--sort: \"colour\" is none of name, process, kind, state, local, remote, received, "
                             "sent, in, out, queue, age, idle, error."_s;
    QTest::newRow("measure a recording") << QStringList{u"/dev/null"_s, u"--measure"_s}
                                         << u"--measure: a recording is no running application."_s;
    QTest::newRow("filter") << QStringList{u"--filter"_s, u"a ("_s} << u"--filter: something is missing at the end"_s;
    QTest::newRow("picture") << QStringList{u"--screenshot"_s, u"a.txt"_s}
                             << u"--screenshot: \"a.txt\" is no picture that can be written; end its name in .png"_s;
    QTest::newRow("directory") << QStringList{u"--screenshot"_s, u"/nonexistent/a.png"_s}
                               << u"--screenshot: there is no directory /nonexistent"_s;
}

void tst_CommandLine::refusesInWords()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, text);
    const CommandLine line = parse(arguments);
    QCOMPARE(line.request, CommandLine::Request::Error);
    QCOMPARE(line.text, text);
}

void tst_CommandLine::readsLengths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds"); // 0: none
    QTest::newRow("ms") << u"500ms"_s << 500LL;
    QTest::newRow("s") << u"10s"_s << 10'000LL;
    QTest::newRow("m") << u"2m"_s << 120'000LL;
    QTest::newRow("no unit") << u"10"_s << 0LL;
    QTest::newRow("nothing") << QString() << 0LL;
    QTest::newRow("zero") << u"0s"_s << 0LL;
    QTest::newRow("negative") << u"-5s"_s << 0LL;
    QTest::newRow("too long") << u"999999999999m"_s << 0LL;
    QTest::newRow("fraction") << u"1.5s"_s << 0LL;
}

void tst_CommandLine::readsLengths()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    QCOMPARE(parseLength(text).value_or(0ms).count(), milliseconds);
}

void tst_CommandLine::listsAgentsAsATable()
{
    const auto directory = FakeAgent::makeDirectory();
    QCOMPARE(agentList(directory->path()),
             u"No inspectable process is running (looked in %1).\n"_s.arg(directory->path()));
    FakeAgent agent(directory->path(), u"weather"_s);
    const QStringList lines = agentList(directory->path()).split(u'\n');
    QVERIFY(lines[0].trimmed().startsWith(u"PID  NAME"_s));
    QVERIFY(lines[1].contains(QString::number(agent.card().pid)) && lines[1].contains(u"weather"_s));
}

/// How the real program has ended and what it has said about itself.
struct Ended
{
    int code = -1;
    QByteArray output;
    QByteArray errors;
};

static Ended run(const QStringList &arguments, const QString &directory, const QString &output = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, directory);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    process.setProcessEnvironment(environment);
    if (!output.isEmpty())
        process.setStandardOutputFile(output);
    process.start(QStringLiteral(INSPECTOR), arguments);
    const bool isDone = process.waitForFinished();
    return {isDone ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

static bool save(const QString &file, QuietSession &quiet)
{
    SessionSaver saver(quiet.session.records());
    if (!saver.open(file).isEmpty())
        return false;
    while (saver.writeOn(std::chrono::hours(1)))
        ;
    return saver.problem().isEmpty();
}

/// A recording of a session in which \a name was running.
static bool record(const QString &file, const QString &name)
{
    QuietSession quiet;
    quiet.addProcess(1, name, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    return save(file, quiet);
}

void tst_CommandLine::failsIfItCannotPrint_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("list") << QStringList{u"--list"_s};
    QTest::newRow("help") << QStringList{u"--help"_s};
    QTest::newRow("table") << QStringList{u"a.netsession"_s, u"--print"_s};
}

void tst_CommandLine::failsIfItCannotPrint()
{
    QFETCH(QStringList, arguments);
    const QTemporaryDir place;
    const QString recording = place.filePath(u"a.netsession"_s);
    QVERIFY(record(recording, u"demo"_s));
    arguments.replaceInStrings(u"a.netsession"_s, recording);
    const Ended ended = run(arguments, place.path(), u"/dev/full"_s);
    QCOMPARE(ended.errors, "net-inspector: what was asked for could not be printed: No space left on device\n");
    QCOMPARE(ended.code, 1);
    QCOMPARE(run(arguments, place.path()).code, 0);
}

void tst_CommandLine::whatIsExportedToTheOutputStandsThereAlone()
{
    const QTemporaryDir place;
    const QString recording = place.filePath(u"a.netsession"_s);
    const QString output = place.filePath(u"output.json"_s);
    QVERIFY(record(recording, u"demo"_s));
    QVERIFY(QFile::link(u"/dev/stdout"_s, output));
    const Ended ended = run({recording, u"--export"_s, output}, place.path());
    QCOMPARE(ended.code, 0);
    QCOMPARE(QJsonDocument::fromJson(ended.output).array().size(), 2);
    QVERIFY2(ended.errors.startsWith("net-inspector: exported: "), ended.errors.constData());
    QCOMPARE(QFileInfo(output).symLinkTarget(), u"/dev/stdout"_s);
    // The same into a file, which is not to be replaced either.
    QFile file(place.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QCOMPARE(run({recording, u"--export"_s, output}, place.path(), file.fileName()).code, 0);
    QCOMPARE(file.readAll(), ended.output);
}

// The first words of the lines, without the table's head and the sums below it.
static QStringList namesIn(const QByteArray &table)
{
    QStringList names;
    for (const QByteArray &line : table.split('\n').mid(1)) {
        if (line.isEmpty())
            break;
        names += QString::fromUtf8(line.trimmed().split(' ').constFirst());
    }
    return names;
}

void tst_CommandLine::theFilterIsForAllThatIsWritten()
{
    const QTemporaryDir place;
    const QString recording = place.filePath(u"a.netsession"_s);
    const QString events = place.filePath(u"a.events.json"_s);
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::server(1, u"echo"_s, 8124));
    quiet.add(1, Scene::accepted(2, 1, 1002));
    quiet.add(1, Scene::accepted(3, 1, 1003));
    quiet.add(1, Scene::client(4, u"fetcher"_s, 80));
    using net::wire::EventKind;
    quiet.happen(1, {Scene::event(2, EventKind::Received, 5, 5), Scene::event(3, EventKind::Received, 6, 6),
                     Scene::event(99, EventKind::Received, 7, 7), Scene::event(3, EventKind::Sent, 8, 8)});
    QVERIFY(save(recording, quiet));
    const auto exported = [&](const QString &filter) {
        QStringList lines;
        const Ended ended = run({recording, u"--filter"_s, filter, u"--export"_s, events}, place.path());
        QFile file(events);
        if (ended.code != 0 || !file.open(QIODevice::ReadOnly))
            return QStringList{QString::fromUtf8(ended.errors)};
        for (const QJsonValue event : QJsonDocument::fromJson(file.readAll()).array())
            lines += u"%1 %2"_s.arg(event[u"id"_s].toInt()).arg(event[u"event"_s].toString());
        return lines;
    };
    QCOMPARE(exported({}), (QStringList{u"2 received"_s, u"3 received"_s, u"99 received"_s, u"3 sent"_s}));
    QCOMPARE(exported(u"rport:1003"_s), (QStringList{u"3 received"_s, u"3 sent"_s}));
    // Of what has no row nobody knows whether it would pass.
    QCOMPARE(exported(u"-rport:1003"_s), QStringList{u"2 received"_s});
    QCOMPARE(exported(u"port=65535"_s), QStringList());

    const auto printed = [&](const QString &filter) {
        return run({recording, u"--filter"_s, filter, u"--print"_s}, place.path());
    };
    QCOMPARE(namesIn(printed({}).output), (QStringList{u"demo"_s, u"echo"_s, u"#2"_s, u"#3"_s, u"fetcher"_s}));
    // What they belong to stays above them, as in the window.
    QCOMPARE(namesIn(printed(u"rport:1003"_s).output), (QStringList{u"demo"_s, u"echo"_s, u"#3"_s}));
    QVERIFY2(printed(u"rport:1003"_s).output.contains("servers: 1, sockets: 1;"),
             printed(u"rport:1003"_s).output.constData());
    QCOMPARE(namesIn(printed(u"port=65535"_s).output), QStringList());
    QCOMPARE(printed(u"port=65535"_s).code, 0);
}

void tst_CommandLine::aTableOfNothingHasItsHeading()
{
    const QTemporaryDir place;
    const QString recording = place.filePath(u"a.netsession"_s);
    QVERIFY(record(recording, u"demo"_s));
    for (const QString &ending : {u".csv"_s, u".events.csv"_s}) {
        const QString name = place.filePath(u"a"_s + ending);
        QCOMPARE(run({recording, u"--filter"_s, u"port=65535"_s, u"--export"_s, name}, place.path()).code, 0);
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains("process,") && text.count("\r\n") == 1 && text.endsWith("\r\n"), text.constData());
    }
}

// By default the system ends a program that writes more than it may.
void tst_CommandLine::aFileThatMayNotGrowIsNamed()
{
    const QTemporaryDir place;
    const QString recording = place.filePath(u"a.netsession"_s);
    const QString events = place.filePath(u"a.events.json"_s);
    QuietSession quiet;
    quiet.addProcess(1, u"demo"_s, 4711);
    quiet.add(1, Scene::client(2, u"fetcher"_s, 80));
    quiet.happen(1, QList<net::wire::EventRecord>(10'000, Scene::event(2, net::wire::EventKind::Received, 1, 1)));
    QVERIFY(save(recording, quiet));
    QProcess process;
    process.start(u"sh"_s, {u"-c"_s, u"ulimit -f 50; exec \"$@\""_s, u"sh"_s, QStringLiteral(INSPECTOR), recording,
                            u"--export"_s, events});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 1);
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(errors.contains("a.events.json could not be written: "), errors.constData());
    QVERIFY(!QFile::exists(events));
}

void tst_CommandLine::aSignalEndsTheWindowInOrder_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void tst_CommandLine::aSignalEndsTheWindowInOrder()
{
    QFETCH(int, number);
    const QTemporaryDir place;
    const QString directory = place.filePath(u"libnet-inspect"_s);
    QCOMPARE(net::wire::Rendezvous(directory).prepare(), QString());
    const FakeAgent agent(directory, u"weather"_s);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, place.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, place.path());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(INSPECTOR), {});
    QTRY_COMPARE_WITH_TIMEOUT(agent.count(), 1, 20'000); // its window is there
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), number), 0);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    const QSettings settings(place.filePath(u"libnet/net-inspector.conf"_s), QSettings::IniFormat);
    QVERIFY(!settings.value(u"window/layout"_s).toByteArray().isEmpty());
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"
