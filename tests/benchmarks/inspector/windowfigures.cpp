#include "tests/benchmarks/inspector/windowfigures.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace bench {
namespace {

using Verdict = Figure::Verdict;

constexpr double longestFrame = 20;   // ms, p99
constexpr double oldestEvent = 100;   // ms, p99
constexpr double longestAttach = 100; // ms
constexpr double mostMemory = 600e6;  // bytes, with ten million events
constexpr double manyEvents = 10e6;

QString count(double number)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(static_cast<qlonglong>(number));
}

QString milliseconds(double value)
{
    return QString::number(value, 'f', 1) + u" ms"_s;
}

Verdict most(double value, double goal)
{
    return value <= goal ? Verdict::Met : Verdict::Missed;
}

/// Nothing may be lost without being counted: by what the agent says at the end, and by what came.
Figure identity(const Sitting &sitting)
{
    const QJsonObject events = sitting.window[u"events"_s].toObject();
    const auto number = [&](const QString &name) {
        return events[name].toDouble();
    };
    const double dropped = number(u"droppedInRings"_s) + number(u"droppedOnTheWay"_s);
    const double delivered = number(u"delivered"_s);
    const bool holds = number(u"emitted"_s) > 0 && number(u"pending"_s) == 0 && number(u"beforeAttach"_s) == 0 &&
                       number(u"emitted"_s) == delivered + dropped && number(u"received"_s) == delivered;
    QString measured = u"%1 = %2 + %3"_s.arg(count(number(u"emitted"_s)), count(delivered), count(dropped));
    if (!holds)
        measured += u" (pending %1, before attaching %2, received %3)"_s.arg(
            count(number(u"pending"_s)), count(number(u"beforeAttach"_s)), count(number(u"received"_s)));
    return {u"emitted = delivered + dropped"_s, u"on every machine"_s, measured,
            holds ? Verdict::Met : Verdict::Broken};
}

Figure dropped(const Sitting &sitting)
{
    const QJsonObject events = sitting.window[u"events"_s].toObject();
    const double rings = events[u"droppedInRings"_s].toDouble();
    const double way = events[u"droppedOnTheWay"_s].toDouble();
    return {u"dropped"_s, u"0 on an idle machine"_s,
            u"%1 (%2 in the application's rings, %3 on the way)"_s.arg(count(rings + way), count(rings), count(way)),
            most(rings + way, 0)};
}

Figure frames(const Sitting &sitting)
{
    const QJsonObject frame = sitting.window[u"frame"_s].toObject();
    const QJsonObject cpu = sitting.window[u"frameCpu"_s].toObject();
    const double p99 = frame[u"p99"_s].toDouble();
    return {u"thread busy for a frame, p99"_s, u"≤ 20 ms"_s,
            u"%1 (half of them %2, worst %3; CPU %4; %5 frames)"_s.arg(
                milliseconds(p99), milliseconds(frame[u"p50"_s].toDouble()), milliseconds(frame[u"worst"_s].toDouble()),
                milliseconds(cpu[u"p99"_s].toDouble()), count(sitting.window[u"frames"_s].toDouble())),
            most(p99, longestFrame)};
}

Figure ages(const Sitting &sitting)
{
    const QJsonObject age = sitting.window[u"eventToScreen"_s].toObject();
    const double p99 = age[u"p99"_s].toDouble();
    return {u"event to screen, p99"_s, u"≤ 100 ms"_s,
            u"%1 (half of them %2, worst %3)"_s.arg(milliseconds(p99), milliseconds(age[u"p50"_s].toDouble()),
                                                    milliseconds(age[u"worst"_s].toDouble())),
            most(p99, oldestEvent)};
}

Figure memory(const Sitting &sitting)
{
    const double kept = sitting.window[u"kept"_s].toDouble();
    const double resident = sitting.window[u"residentBytes"_s].toDouble();
    return {u"memory of the whole process"_s, u"≤ 600 MB with 10 M events"_s,
            u"%1 MB with %2 events"_s.arg(resident / 1e6, 0, 'f', 0).arg(count(kept)),
            kept < manyEvents ? Verdict::None : most(resident, mostMemory)};
}

Figure attachment(const Sitting &sitting)
{
    const QJsonObject &told = sitting.attachment;
    const double modelled = told[u"inModelsAfter"_s].toDouble();
    return {u"attach, until all is in the models"_s, u"≤ 100 ms"_s,
            u"%1 (told by the agent after %2, on the screen after %3; %4 rows)"_s.arg(
                milliseconds(modelled), milliseconds(told[u"toldAfter"_s].toDouble()),
                milliseconds(told[u"onScreenAfter"_s].toDouble()), count(told[u"rows"_s].toDouble())),
            most(modelled, longestAttach)};
}

} // namespace

QList<WindowCase> windowCases(const WindowPlan &plan)
{
    QList<WindowCase> cases;
    cases.append(
        {.title =
             u"%1 events a second for %2 s, over 100 connections"_s.arg(count(plan.rate)).arg(plan.firehoseSeconds),
         .scene = {.rate = plan.rate, .seconds = plan.firehoseSeconds, .keep = static_cast<quint64>(manyEvents)},
         .judge = [](const Sitting &sitting) -> QList<Figure> {
             return {identity(sitting), dropped(sitting), frames(sitting), ages(sitting), memory(sitting)};
         }});
    const Scene many{.sockets = plan.connections,
                     .rate = 10.0 * plan.connections,
                     .churn = plan.connections / 100.0,
                     .seconds = plan.seconds};
    cases.append({.title = u"%1 connections, each changes 10 times a second, 1 in 100 is replaced every second"_s.arg(
                      count(plan.connections)),
                  .scene = many,
                  .judge = [](const Sitting &sitting) -> QList<Figure> {
                      return {attachment(sitting), identity(sitting), dropped(sitting), frames(sitting), ages(sitting)};
                  }});
    const auto add = [&](const QString &title, const QStringList &arguments) {
        Scene scene = many;
        scene.arguments = arguments;
        cases.append({.title = title, .scene = scene, .judge = [](const Sitting &sitting) -> QList<Figure> {
                          return {identity(sitting), frames(sitting), ages(sitting)};
                      }});
    };
    add(u"the same, sorted by the rate, which changes all the time"_s, {u"--sort"_s, u"in"_s});
    add(u"the same, with a filter that rows come and go through"_s,
        {u"--filter"_s, u"state:open in>6k -server:echo"_s});
    for (const char *view : {"timeline", "topology", "backpressure", "halfOpen", "latency", "lints"})
        add(u"the same, %1 in front"_s.arg(QLatin1StringView(view)), {u"--view"_s, QString::fromLatin1(view)});
    cases.append({.title = u"a quiet application: 20 events a second over 100 connections"_s,
                  .scene = {.rate = 20, .seconds = plan.seconds},
                  .judge = [](const Sitting &sitting) -> QList<Figure> {
                      return {identity(sitting), frames(sitting), ages(sitting)};
                  }});
    return cases;
}

FigureGroup measure(const WindowCase &windowCase, bool onDisplay)
{
    const Sitting sitting = sit(windowCase.scene, onDisplay);
    if (!sitting.error.isEmpty())
        return {windowCase.title, {{u"failed"_s, {}, sitting.error, Verdict::Failed}}};
    return {windowCase.title, windowCase.judge(sitting)};
}

} // namespace bench
