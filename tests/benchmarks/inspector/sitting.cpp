#include "tests/benchmarks/inspector/sitting.h"

#include "tests/benchmarks/netbench/child.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QThread>

using namespace Qt::StringLiterals;

namespace bench {

// The agent counts once a second, and the window shows sixteen frames meanwhile.
static constexpr unsigned long settleTime = 3;
static constexpr int patience = 60'000;

#ifndef BENCH_INSPECTOR
#define BENCH_INSPECTOR ""
#define BENCH_FIREHOSE ""
#endif

static QStringList arguments(const Scene &scene)
{
    return {u"--hold"_s,
            u"--sockets"_s,
            QString::number(scene.sockets),
            u"--rate"_s,
            QString::number(scene.rate, 'f', 0),
            u"--churn"_s,
            QString::number(scene.churn, 'f', 0),
            u"--seconds"_s,
            QString::number(scene.seconds)};
}

Sitting sit(const Scene &scene, bool onDisplay)
{
    const QString inspectorProgram = QStringLiteral(BENCH_INSPECTOR);
    if (inspectorProgram.isEmpty())
        return {.attachment = {}, .window = {}, .error = u"the inspector was not built"_s};
    const QTemporaryDir place; // nobody else's applications, and no window that was arranged before
    QStringList environment = {u"XDG_RUNTIME_DIR="_s + place.path(), u"XDG_CONFIG_HOME="_s + place.path(),
                               u"LC_ALL=C.UTF-8"_s};
    Child application(QStringLiteral(BENCH_FIREHOSE), arguments(scene), environment, Child::AnyCore);
    for (int line = 0; line < 2; ++line) { // who it is, and what it has
        if (!application.readLine(patience))
            return {.attachment = {}, .window = {}, .error = application.error()};
    }
    if (!onDisplay)
        environment += u"QT_QPA_PLATFORM=offscreen"_s;
    const QStringList options = {u"--attach"_s, QString::number(application.processId()), u"--measure"_s, u"--keep"_s,
                                 QString::number(scene.keep)};
    Child inspector(inspectorProgram, options + scene.arguments, environment, Child::AnyCore);
    const auto attached = inspector.readLine(patience);
    if (!attached)
        return {.attachment = {}, .window = {}, .error = inspector.error()};
    Sitting sitting{.attachment = QJsonDocument::fromJson(*attached).object(), .window = {}, .error = {}};
    application.writeLine("go");
    if (!application.readLine(static_cast<int>(scene.seconds * 1000) + patience)) {
        sitting.error = application.error();
        return sitting;
    }
    QThread::sleep(settleTime);
    const QByteArray told = inspector.end(patience);
    sitting.window = QJsonDocument::fromJson(told).object();
    if (sitting.window.isEmpty())
        sitting.error = u"net-inspector did not tell what it has measured"_s;
    return sitting;
}

} // namespace bench
