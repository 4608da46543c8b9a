#include "fakeagent.h"
#include "inspector/window/agentlist.h"
#include "inspector/window/commandline.h"

#include <QTest>

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

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_commandline.moc"
