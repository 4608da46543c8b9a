// "inspectorbench": what the inspector's window takes in and shows, and what the application under inspection pays for
// it, as a table with goals and verdicts. Fails if events are lost uncounted or something can't be measured; a goal
// that a slow or busy machine misses is said and no failure.
#include "tests/benchmarks/inspector/costfigures.h"
#include "tests/benchmarks/inspector/figuretable.h"
#include "tests/benchmarks/inspector/machinefigures.h"
#include "tests/benchmarks/inspector/windowfigures.h"
#include "tests/benchmarks/netbench/machine.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

using namespace bench;
using namespace Qt::StringLiterals;

namespace {

/// A number above zero, or the end of the program.
double number(const QCommandLineParser &parser, const QString &name, double otherwise)
{
    if (!parser.isSet(name))
        return otherwise;
    bool good = false;
    const double value = parser.value(name).toDouble(&good);
    if (good && value > 0)
        return value;
    std::fprintf(stderr, "inspectorbench: --%s needs a number above 0\n", qPrintable(name));
    std::exit(2);
}

void say(FILE *out, const QString &text)
{
    std::fputs(text.toUtf8().constData(), out);
    std::fflush(out);
}

void describe(FILE *out, const QString &when)
{
    say(out, u"load %1 %2\n"_s.arg(when.leftJustified(6)).arg(loadAverage(), 0, 'f', 2));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures net-inspector's window, and what it costs the application. Takes five "
                                     "minutes, and the machine should have nothing else to do."_s);
    parser.addHelpOption();
    parser.addOptions({{u"quick"_s, u"11 s of the firehose and 3 s of all else, instead of 60 and 10; two minutes."_s},
                       {u"seconds"_s, u"Length of the firehose; the others take a sixth of it."_s, u"number"_s},
                       {u"rate"_s, u"Events a second of the firehose (1000000)."_s, u"number"_s},
                       {u"connections"_s, u"How many are watched at once (10000)."_s, u"number"_s},
                       {u"only"_s, u"\"window\" or \"cost\": one half of the table."_s, u"half"_s},
                       {u"display"_s, u"Shows the window on the display; else it is drawn without one."_s},
                       {u"json"_s, u"Prints JSON; the table goes to the standard error output."_s}});
    parser.process(application);
    const QString only = parser.value(u"only"_s);
    if (!parser.positionalArguments().isEmpty() || !(only.isEmpty() || only == "window"_L1 || only == "cost"_L1)) {
        std::fprintf(stderr, "inspectorbench: see --help\n");
        return 2;
    }
    const bool quick = parser.isSet(u"quick"_s);
    WindowPlan plan = quick ? WindowPlan::quick() : WindowPlan();
    if (parser.isSet(u"seconds"_s)) {
        plan.firehoseSeconds = number(parser, u"seconds"_s, 0);
        plan.seconds = plan.firehoseSeconds / 6;
    }
    plan.rate = number(parser, u"rate"_s, plan.rate);
    plan.connections = static_cast<int>(number(parser, u"connections"_s, plan.connections));
    plan.onDisplay = parser.isSet(u"display"_s);

    const bool json = parser.isSet(u"json"_s);
    FILE *const out = json ? stderr : stdout;
    const auto machine = describeMachine();
    for (const auto &[name, value] : machine)
        say(out, name.leftJustified(12) + value + u'\n');
    describe(out, u"before"_s);
    QList<FigureGroup> groups;
    bool failed = false;
    const auto add = [&](const FigureGroup &group) {
        say(out, toText(group));
        failed = failed || hasFailed(group);
        groups.append(group);
    };
    // Before and after: a busy host comes and goes.
    add(measureMachine(plan.firehoseSeconds / 2));
    if (only != "cost"_L1) {
        const QList<WindowCase> cases = windowCases(plan);
        for (const WindowCase &each : cases)
            add(measure(each, plan.onDisplay));
    }
    if (only != "window"_L1)
        add(measureCost(quick, lastCore()));
    add(measureMachine(plan.firehoseSeconds / 2));
    say(out, u"\n"_s);
    describe(out, u"after"_s);
    if (json)
        std::printf("%s", QJsonDocument(toJson(groups)).toJson().constData());
    return failed ? 1 : 0;
}
