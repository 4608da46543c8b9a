#include "inspector/window/commandline.h"

#include "inspector/exports/exportfile.h"
#include "inspector/models/filterparser.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>

namespace inspector {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::CommandLine)
};

CommandLine error(const QString &text)
{
    return {.request = CommandLine::Request::Error, .text = text};
}

// 40 GB: more is a slip of the finger.
constexpr quint64 mostEvents = 1'000'000'000;

// Empty, or what is wrong with the picture's name.
QString checkPicture(const QString &file)
{
    const QFileInfo info(file);
    if (!QImageWriter::supportedImageFormats().contains(info.suffix().toLower().toLatin1()))
        return Texts::tr("--screenshot: \"%1\" is no picture that can be written; end its name in .png").arg(file);
    if (!info.absoluteDir().exists())
        return Texts::tr("--screenshot: there is no directory %1").arg(info.absolutePath());
    return {};
}

// Empty, or what is wrong with the name of the recording to make.
QString checkRecord(const QString &file)
{
    const QFileInfo info(file);
    if (file.isEmpty() || info.isDir())
        return Texts::tr("--record: \"%1\" is no name of a file").arg(file);
    if (!info.absoluteDir().exists())
        return Texts::tr("--record: there is no directory %1").arg(info.absolutePath());
    return {};
}

// Empty, or what is wrong with the recording to open and what was asked for beside it.
QString checkOpen(const CommandLine &line)
{
    if (!QFileInfo::exists(line.open))
        return Texts::tr("There is no file \"%1\".").arg(line.open);
    if (!line.record.isEmpty())
        return Texts::tr("--record: a recording is no running application.");
    if (!line.pids.isEmpty())
        return Texts::tr("--attach: a recording is no running application.");
    return {};
}

// Empty, or what is wrong with the name of a file to export to.
QString checkExport(const QString &file)
{
    if (!canExport(file))
        return Texts::tr("--export: \"%1\" does not end in any of %2").arg(file, exportEndings().join(u", "_s));
    const QFileInfo info(file);
    if (!info.absoluteDir().exists())
        return Texts::tr("--export: there is no directory %1").arg(info.absolutePath());
    return {};
}

} // namespace

std::optional<std::chrono::milliseconds> parseLength(const QString &text)
{
    static constexpr std::pair<QLatin1StringView, qint64> units[] = {{"ms"_L1, 1}, {"s"_L1, 1000}, {"m"_L1, 60'000}};
    for (const auto &[unit, factor] : units) {
        if (!text.endsWith(unit))
            continue;
        bool ok = false;
        const qint64 number = QStringView(text).chopped(unit.size()).toLongLong(&ok);
        static constexpr qint64 longest = 7 * 86'400'000LL;
        if (ok && number > 0 && number <= longest / factor)
            return std::chrono::milliseconds(number * factor);
        return std::nullopt;
    }
    return std::nullopt;
}

QStringList CommandLine::views()
{
    return {u"details"_s, u"timeline"_s, u"topology"_s, u"backpressure"_s, u"halfOpen"_s,
            u"latency"_s, u"stacks"_s,   u"lints"_s,    u"throughput"_s,   u"events"_s};
}

CommandLine CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Texts::tr(
        "Shows the servers, connections and data flow of running applications that use libnet, live.\n"
        "Without options it opens a window and attaches to every inspectable process of yours, now and later.\n"
        "With the name of a recording it shows that."));
    parser.addPositionalArgument(u"recording"_s, Texts::tr("A recording to open."), u"[recording]"_s);
    const QCommandLineOption help({u"h"_s, u"help"_s}, Texts::tr("Shows this help."));
    const QCommandLineOption version({u"v"_s, u"version"_s}, Texts::tr("Shows the version."));
    const QCommandLineOption list(u"list"_s, Texts::tr("Prints the inspectable processes and ends."));
    const QCommandLineOption attach(
        u"attach"_s, Texts::tr("Attaches only to this process and the workers it forks. May be given again."),
        u"PID"_s);
    const QCommandLineOption length(u"for"_s,
                                    Texts::tr("Ends after this time: 500ms, 10s or 2m. Otherwise when the window is "
                                              "closed; --print without one takes 5s."),
                                    u"TIME"_s);
    const QCommandLineOption screenshot(u"screenshot"_s, Texts::tr("Leaves a picture of the window at the end."),
                                        u"FILE"_s);
    const QCommandLineOption exporting(u"export"_s,
                                       Texts::tr("Writes what was seen at the end, without a window: packets for "
                                                 "Wireshark if the name ends in .pcapng, the table if it ends in .csv "
                                                 "or .json, events if it ends in .events.csv or .events.json. May be "
                                                 "given again. Takes 5s unless --for says otherwise."),
                                       u"FILE"_s);
    const QCommandLineOption record(u"record"_s,
                                    Texts::tr("Records everything to this file, without a window, and payload where "
                                              "the application grants it. Takes 5s unless --for says otherwise."),
                                    u"FILE"_s);
    const QCommandLineOption compare(u"compare"_s,
                                     Texts::tr("Prints the counts of the recording that is opened beside those of this "
                                               "one."),
                                     u"RECORDING"_s);
    const QCommandLineOption metrics(u"metrics"_s,
                                     Texts::tr("Serves the counters as OpenMetrics text, for Prometheus, without a "
                                               "window: at http://localhost:PORT/metrics."),
                                     u"PORT"_s);
    const QCommandLineOption print(u"print"_s, Texts::tr("Prints all servers and connections seen, at the end."));
    const QCommandLineOption requireData(u"require-data"_s,
                                         Texts::tr("Fails at the end if no bytes were seen to move."));
    const QCommandLineOption measure(u"measure"_s,
                                     Texts::tr("Prints as JSON what the window costs: time for a frame, time from an "
                                               "event to the screen, memory, events received and lost."));
    const QCommandLineOption keep(u"keep"_s, Texts::tr("Keeps so many events, 40 bytes each (2000000)."), u"NUMBER"_s);
    const QCommandLineOption sort(
        u"sort"_s, Texts::tr("Sorts the table, numbers from the greatest on: %1.").arg(columnWords().join(u", "_s)),
        u"COLUMN"_s);
    const QCommandLineOption theme(u"theme"_s, Texts::tr("light, dark or system."), u"THEME"_s);
    const QCommandLineOption filter(
        u"filter"_s, Texts::tr("Starts with this filter; --print and --export have what passes it."), u"FILTER"_s);
    const QCommandLineOption view(u"view"_s, Texts::tr("Brings a view to the front: %1.").arg(views().join(u", "_s)),
                                  u"VIEW"_s);
    parser.addOptions({help, version, list, attach, length, screenshot, exporting, record, compare, metrics, print,
                       requireData, measure, keep, sort, theme, filter, view});

    if (!parser.parse(arguments))
        return error(parser.errorText());
    if (parser.isSet(help))
        return {.request = Request::Help, .text = parser.helpText()};
    if (parser.isSet(version))
        return {.request = Request::Version};
    if (parser.isSet(list) && (!parser.positionalArguments().isEmpty() || parser.optionNames().size() > 1))
        return error(Texts::tr("--list: nothing else can be asked for with it."));
    // The last one would win without a word.
    for (const QCommandLineOption &one :
         {length, screenshot, record, compare, metrics, keep, sort, theme, filter, view}) {
        if (parser.values(one).size() > 1)
            return error(Texts::tr("--%1 is given more than once.").arg(one.names().constFirst()));
    }
    if (parser.positionalArguments().size() > 1)
        return error(Texts::tr("Unexpected argument \"%1\".").arg(parser.positionalArguments().at(1)));

    CommandLine line{.request = parser.isSet(list) ? Request::List : Request::Window,
                     .compare = parser.value(compare),
                     .screenshot = parser.value(screenshot),
                     .exports = parser.values(exporting),
                     .record = parser.value(record),
                     .print = parser.isSet(print),
                     .requireData = parser.isSet(requireData),
                     .measure = parser.isSet(measure),
                     .filter = parser.value(filter),
                     .view = parser.value(view)};
    for (const QString &text : parser.values(attach)) {
        bool ok = false;
        const qint64 pid = text.toLongLong(&ok);
        if (!ok || pid <= 0)
            return error(Texts::tr("--attach: \"%1\" is no process id.").arg(text));
        line.pids += pid;
    }
    if (parser.isSet(length)) {
        line.length = parseLength(parser.value(length));
        if (!line.length)
            return error(Texts::tr("--for: \"%1\" is no time; write 500ms, 10s or 2m.").arg(parser.value(length)));
    }
    if (parser.isSet(screenshot)) {
        if (const QString problem = checkPicture(line.screenshot); !problem.isEmpty())
            return error(problem);
    }
    if (parser.isSet(record)) {
        if (const QString problem = checkRecord(line.record); !problem.isEmpty())
            return error(problem);
    }
    if (parser.isSet(measure) && !parser.positionalArguments().isEmpty())
        return error(Texts::tr("--measure: a recording is no running application."));
    if (!parser.positionalArguments().isEmpty()) {
        line.open = parser.positionalArguments().constFirst();
        if (const QString problem = checkOpen(line); !problem.isEmpty())
            return error(problem);
    }
    if (parser.isSet(compare) && line.open.isEmpty())
        return error(Texts::tr("--compare: name two recordings, net-inspector ONE --compare OTHER."));
    if (parser.isSet(compare) && !QFileInfo::exists(line.compare))
        return error(Texts::tr("--compare: there is no file \"%1\".").arg(line.compare));
    for (const QString &file : std::as_const(line.exports)) {
        if (const QString problem = checkExport(file); !problem.isEmpty())
            return error(problem);
    }
    if (parser.isSet(metrics)) {
        bool ok = false;
        line.metrics = parser.value(metrics).toUShort(&ok);
        if (!ok)
            return error(Texts::tr("--metrics: \"%1\" is no port.").arg(parser.value(metrics)));
        if (!line.open.isEmpty())
            return error(Texts::tr("--metrics: a recording is no running application."));
    }
    if (parser.isSet(keep)) {
        bool ok = false;
        line.keep = parser.value(keep).toULongLong(&ok);
        if (!ok || *line.keep > mostEvents)
            return error(
                Texts::tr("--keep: \"%1\" is no number of events up to %2.").arg(parser.value(keep)).arg(mostEvents));
    }
    if (parser.isSet(sort)) {
        const qsizetype column = columnWords().indexOf(parser.value(sort));
        if (column < 0)
            return error(
                Texts::tr("--sort: \"%1\" is none of %2.").arg(parser.value(sort), columnWords().join(u", "_s)));
        line.sort = static_cast<Column>(column);
    }
    if (parser.isSet(theme)) {
        line.theme = themeNamed(parser.value(theme));
        if (!line.theme)
            return error(Texts::tr("--theme: \"%1\" is none of light, dark, system.").arg(parser.value(theme)));
    }
    if (parser.isSet(view) && !views().contains(line.view))
        return error(Texts::tr("--view: \"%1\" is none of %2.").arg(line.view, views().join(u", "_s)));
    if (FilterParser language; !language.parse(line.filter))
        return error(Texts::tr("--filter: %1").arg(language.error().message));
    // A window is closed by its user, and who is asked for counters by a signal; else something has to end the run.
    if (!line.length && !line.needsWindow() && !line.metrics)
        line.length = line.open.isEmpty() ? std::chrono::seconds(5) : std::chrono::seconds(0);
    return line;
}

} // namespace inspector
