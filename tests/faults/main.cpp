// Plays each scenario once for each system call that it makes, and each errno that the call may fail with:
// everyfault [--all] [SCENARIO...]
#include <QCoreApplication>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>

#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

constexpr int Short = -1;
constexpr int HandlesLost = -2;
/// What each call may fail with: what its manual page names and a peer, a full system or a signal can bring about.
const QMap<QString, QList<int>> failures = {
    {u"socket"_s, {EMFILE, ENFILE, ENOBUFS, ENOMEM}},
    {u"bind"_s, {EADDRINUSE, EACCES, ENOMEM}},
    {u"listen"_s, {EADDRINUSE}},
    {u"accept4"_s, {EMFILE, ENFILE, ENOBUFS, ENOMEM, EINTR, EAGAIN, ECONNABORTED}},
    {u"connect"_s, {ECONNREFUSED, ETIMEDOUT, EINTR, EAGAIN, ENETUNREACH}},
    {u"recv"_s, {ECONNRESET, ETIMEDOUT, ENOMEM, EINTR, EAGAIN, Short}},
    {u"send"_s, {EPIPE, ECONNRESET, ENOBUFS, ENOMEM, EINTR, EAGAIN, Short}},
    {u"sendmsg"_s, {EPIPE, ECONNRESET, ENOBUFS, ENOMEM, EINTR, EAGAIN, Short}},
    {u"read"_s, {EINTR, EAGAIN, EIO, Short}},
    {u"write"_s, {EINTR, EAGAIN, EPIPE, ENOSPC, Short}},
    {u"writev"_s, {EINTR, EAGAIN, EPIPE, ENOSPC, Short}},
    {u"shutdown"_s, {ENOBUFS}}, // ENOTCONN: only of a connection that is lost already
    {u"setsockopt"_s, {ENOMEM, ENOBUFS}},
    {u"getsockopt"_s, {ENOBUFS}},
    {u"getsockname"_s, {ENOBUFS}},
    {u"getpeername"_s, {ENOTCONN, ENOBUFS}},
    {u"epoll_ctl"_s, {ENOMEM, ENOSPC}},
    {u"epoll_wait"_s, {EINTR}},
    {u"epoll_create1"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"epoll_pwait2"_s, {EINTR, ENOSYS}},
    {u"fcntl"_s, {EMFILE}},
    {u"ioctl"_s, {ENOMEM}},
    {u"pipe2"_s, {EMFILE, ENFILE}},
    {u"socketpair"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"eventfd"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"open"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"recvmsg"_s, {ECONNRESET, ENOMEM, EINTR, EAGAIN, Short, HandlesLost}},
    {u"poll"_s, {EINTR, ENOMEM}},
    {u"ppoll"_s, {EINTR, ENOMEM}},
    {u"unlink"_s, {EACCES, EROFS}},
    {u"chmod"_s, {EACCES, EROFS}},
    {u"stat"_s, {EACCES, ENOMEM}},
    {u"lstat"_s, {EACCES, ENOMEM}},
    {u"mkdir"_s, {EACCES, ENOSPC, EROFS}},
    {u"getaddrinfo"_s, {EAGAIN, ENOMEM, EMFILE}},
    {u"splice"_s, {EINVAL, ENOMEM, EINTR, EAGAIN, Short}},
    {u"sendfile64"_s, {EINVAL, ENOMEM, EIO, EINTR, EAGAIN, Short}},
    {u"close"_s, {EINTR, EIO}},
};

/// How one play has ended: 0, 1 or -1 (killed), and what it said.
struct Outcome
{
    int code;
    QString said;
};

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

Outcome play(const Scenario &scenario, const QString &fault, const QString &counts)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(FAULT_LIBRARY));
    environment.insert(u"LIBNET_FAULT_LIBRARY"_s, scenario.library);
    environment.insert(scenario.fault, fault);
    environment.insert(scenario.counts, counts);
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
        return {0, said + u" told"_s};
    return {exited ? process.exitCode() : -1, said};
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

QString nameOf(int error)
{
    return error == Short ? u"short"_s : error == HandlesLost ? u"handles"_s : QString::number(error);
}

QString wordsOf(int error)
{
    return error == Short         ? u"one byte"_s
           : error == HandlesLost ? u"descriptors lost"_s
                                  : QString::fromLocal8Bit(std::strerror(error));
}

struct Total
{
    int plays = 0;
    int bad = 0;
};

Total playAll(const Scenario &scenario, int most, const QString &counts)
{
    const Outcome calm = play(scenario, QString(), counts);
    if (calm.code != 0 || calm.said != u"done"_s) {
        std::printf("%s, without a fault: %s\n", qPrintable(scenario.name), qPrintable(calm.said));
        return {.plays = 1, .bad = 1};
    }
    const QMap<QString, int> made = countsIn(counts);
    Total total;
    std::printf("%-14s %6s %6s %6s %6s %6s\n", qPrintable(scenario.name), "made", "plays", "done", "told", "bad");
    for (auto call = made.cbegin(); call != made.cend(); ++call) {
        int done = 0;
        int told = 0;
        int wrong = 0;
        for (const int number : numbers(call.value(), most)) {
            for (const int error : failures.value(call.key())) {
                const QString fault = u"%1:%2:%3"_s.arg(call.key()).arg(number).arg(nameOf(error));
                const Outcome outcome = play(scenario, fault, counts);
                ++(outcome.code != 0 ? wrong : outcome.said.endsWith(u"told"_s) ? told : done);
                if (outcome.code != 0)
                    std::printf("%s=%s (%s): %s\n", qPrintable(scenario.fault), qPrintable(fault),
                                qPrintable(wordsOf(error)), qPrintable(outcome.said));
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

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList wanted = app.arguments().mid(1);
    const int most = wanted.contains(u"--all"_s) ? 0 : 3;
    const bool named = wanted.size() > wanted.count(u"--all"_s);
    const QTemporaryDir folder;
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
