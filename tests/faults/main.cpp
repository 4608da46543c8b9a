// Plays each scenario once for each system call that it makes, and each errno that the call may fail with:
// everyfault [--all] [SCENARIO...]
// everyfault --made
#include "tests/faults/failures.h"
#include "tests/faults/outcome.h"

#include <QCoreApplication>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace faults;

namespace {

/// A program, and whose calls are meant.
struct Scenario
{
    QString name;
    QString program;
    QStringList arguments = {};
    QString fault = u"LIBNET_FAULT"_s;
    QString counts = u"LIBNET_FAULT_COUNTS"_s;
    QString library = u"libLibNet.so"_s;
};

const QList<Scenario> scenarios = {
    {.name = u"sockets"_s, .program = u"sockets"_s},
    {.name = u"dispatcher"_s, .program = u"sockets"_s, .arguments = {u"dispatcher"_s}},
    {.name = u"primary"_s, .program = u"workers"_s},
    {.name = u"worker"_s,
     .program = u"workers"_s,
     .fault = u"LIBNET_WORKER_FAULT"_s,
     .counts = u"LIBNET_WORKER_COUNTS"_s},
    {.name = u"sharing"_s, .program = u"workers"_s, .arguments = {u"shared"_s}},
    {.name = u"sharer"_s,
     .program = u"workers"_s,
     .arguments = {u"shared"_s},
     .fault = u"LIBNET_WORKER_FAULT"_s,
     .counts = u"LIBNET_WORKER_COUNTS"_s},
    {.name = u"agent"_s, .program = u"agent"_s, .library = u"libLibNetAgent.so"_s},
};

Outcome play(const Scenario &scenario, const QString &fault, const QString &counts, int plays = 1)
{
    QFile::remove(counts);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(FAULT_LIBRARY));
    environment.insert(u"LIBNET_FAULT_LIBRARY"_s, scenario.library);
    environment.insert(scenario.fault, fault);
    environment.insert(scenario.counts, counts);
    environment.insert(u"LIBNET_FAULT_PLAYS"_s, QString::number(plays));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(FAULT_SCENARIOS) + scenario.program, scenario.arguments);
    if (!process.waitForFinished(30'000))
        process.kill();
    process.waitForFinished();
    const bool exited = process.exitStatus() == QProcess::NormalExit;
    const QString said = QString::fromLocal8Bit(process.readAll()).trimmed();
    // A dispatcher that has no descriptors to wait with is the end of the program, and says so.
    static const QRegularExpression lastWord(u"\\Alibnet: (eventfd|epoll_create1) failed: [^\n]+\\z"_s);
    if (!exited && lastWord.match(said).hasMatch() && scenario.arguments.contains(u"dispatcher"_s))
        return Outcome(0, said + u"\ntold fatal"_s);
    return Outcome(exited ? process.exitCode() : -1, said);
}

QMap<QString, int> countsIn(const QString &name)
{
    QMap<QString, int> counts;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return counts;
    while (!file.atEnd()) {
        const QStringList parts = QString::fromLatin1(file.readLine()).trimmed().split(u' ');
        counts.insert(parts.first(), parts.last().toInt());
    }
    return counts;
}

/// All of them, or the first ones and the last.
QList<int> numbers(int count, int most)
{
    QList<int> chosen;
    for (int i = 1; i <= count; ++i) {
        if (i < most || i == count || most == 0)
            chosen.append(i);
    }
    return chosen;
}

/// What is wrong with it; empty if nothing is. Nothing may be left open that is not without a fault.
QString judge(const Scenario &scenario, const QString &call, int error, const Outcome &outcome, const Outcome &calm)
{
    if (!outcome.isSound())
        return outcome.said();
    // A worker that has lost its primary leaves at once, whatever is open.
    const bool losesChannel = (call == u"sendmsg"_s || call == u"recvmsg"_s) && !mustBeDone(call, error);
    const QMap<QString, int> kept = outcome.kept();
    for (auto it = kept.cbegin(); it != kept.cend(); ++it) {
        const int allowed = calm.kept().value(it.key());
        if (it.value() > allowed && !(losesChannel && !it.key().isEmpty()))
            return u"%1%2 descriptors are left over, %3 without a fault"_s.arg(it.key()).arg(it.value()).arg(allowed);
    }
    if (outcome.hasLost() && outcome.told().isEmpty())
        return u"a client was sent away, and nothing was told"_s;
    // An inspector that has gone hears nothing of what failed with its connection.
    const bool isInspectors = scenario.name == u"agent"_s && (call == u"recv"_s || call == u"send"_s);
    if (isInspectors && outcome.told().isEmpty())
        return {};
    return faults::judge(call, error, outcome.told());
}

/// Without a fault, once and twice: nothing may fail, and a second time keep nothing that the first has not.
QString judgeCalm(const Outcome &once, const Outcome &twice)
{
    for (const Outcome &calm : {once, twice}) {
        if (!calm.isSound() || !calm.told().isEmpty() || calm.hasLost() || calm.kept().isEmpty())
            return calm.said();
    }
    return once.kept() == twice.kept() ? QString() : u"once: "_s + once.said() + u"; twice: "_s + twice.said();
}

struct Total
{
    int plays = 0;
    int bad = 0;
};

Total playAll(const Scenario &scenario, int most, const QString &counts)
{
    const Outcome twice = play(scenario, QString(), counts, 2);
    const Outcome calm = play(scenario, QString(), counts);
    if (const QString problem = judgeCalm(calm, twice); !problem.isEmpty()) {
        std::printf("%s, without a fault: %s\n", qPrintable(scenario.name), qPrintable(problem));
        return {.plays = 2, .bad = 1};
    }
    const QMap<QString, int> made = countsIn(counts);
    Total total;
    std::printf("%-14s %6s %6s %6s %6s %6s\n", qPrintable(scenario.name), "made", "plays", "done", "told", "bad");
    for (auto call = made.cbegin(); call != made.cend(); ++call) {
        int done = 0;
        int told = 0;
        int wrong = 0;
        for (const int number : numbers(call.value(), most)) {
            for (const int error : failuresOf(call.key())) {
                const QString fault = u"%1:%2:%3"_s.arg(call.key()).arg(number).arg(numberOf(error));
                const Outcome outcome = play(scenario, fault, counts);
                // Some plays make fewer calls than the first: then nothing has failed.
                const QMap<QString, int> now = countsIn(counts);
                const bool isMet = now.isEmpty() || now.value(call.key()) >= number;
                const QString problem = judge(scenario, call.key(), isMet ? error : Short, outcome, calm);
                ++(!problem.isEmpty() ? wrong : outcome.told().isEmpty() ? done : told);
                if (!problem.isEmpty())
                    std::printf("%s=%s (%s): %s\n", qPrintable(scenario.fault), qPrintable(fault),
                                qPrintable(textOf(error)), qPrintable(problem));
            }
        }
        std::printf("  %-12s %6d %6d %6d %6d %6d\n", qPrintable(call.key()), call.value(), done + told + wrong, done,
                    told, wrong);
        std::fflush(stdout);
        total.plays += done + told + wrong;
        total.bad += wrong;
    }
    return total;
}

/// For complete.cmake: how often each library makes each call, all scenarios taken together, and with how many errors
/// it is made to fail.
int sayMade(const QString &counts)
{
    QMap<QString, int> made;
    for (const Scenario &scenario : scenarios) {
        if (!play(scenario, QString(), counts).isSound())
            return 1;
        const QMap<QString, int> now = countsIn(counts);
        for (auto it = now.cbegin(); it != now.cend(); ++it)
            made[scenario.library + u' ' + it.key()] += it.value();
    }
    for (auto it = made.cbegin(); it != made.cend(); ++it)
        std::printf("%s %d %d\n", qPrintable(it.key()), it.value(), int(failuresOf(it.key().section(u' ', 1)).size()));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList wanted = app.arguments().mid(1);
    const int most = wanted.contains(u"--all"_s) ? 0 : 3;
    const bool named = wanted.size() > wanted.count(u"--all"_s);
    const QTemporaryDir folder;
    if (wanted.contains(u"--made"_s))
        return sayMade(folder.filePath(u"counts"_s));
    Total all;
    for (const Scenario &scenario : scenarios) {
        if (named && !wanted.contains(scenario.name))
            continue;
        const Total total = playAll(scenario, most, folder.filePath(u"counts"_s));
        all = {.plays = all.plays + total.plays, .bad = all.bad + total.bad};
    }
    std::printf("%d plays, %d bad\n", all.plays, all.bad);
    return all.plays == 0 || all.bad ? 1 : 0;
}
