// Plays the scenario once for each system call that it makes, and each errno that the call may fail with.
#include <QCoreApplication>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

constexpr int Short = -1;
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
    {u"read"_s, {EINTR, Short}},
    {u"write"_s, {EINTR, Short}},
    {u"shutdown"_s, {ENOBUFS}}, // ENOTCONN: only of a connection that is lost already
    {u"setsockopt"_s, {ENOMEM, ENOBUFS}},
    {u"getsockopt"_s, {ENOBUFS}},
    {u"getsockname"_s, {ENOBUFS}},
    {u"getpeername"_s, {ENOTCONN, ENOBUFS}},
    {u"epoll_ctl"_s, {ENOMEM, ENOSPC}},
    {u"epoll_wait"_s, {EINTR}},
    {u"epoll_create1"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"fcntl"_s, {EMFILE}},
    {u"ioctl"_s, {ENOMEM}},
    {u"pipe2"_s, {EMFILE, ENFILE}},
    {u"splice"_s, {EINVAL, ENOMEM, EINTR, EAGAIN, Short}},
    {u"sendfile"_s, {EINVAL, ENOMEM, EIO, EINTR, EAGAIN, Short}},
    {u"sendfile64"_s, {EINVAL, ENOMEM, EIO, EINTR, EAGAIN, Short}},
    {u"close"_s, {EINTR, EIO}},
};

/// How one play has ended: 0, 1 or -1 (killed), and what it said.
struct Outcome
{
    int code;
    QString said;
};

Outcome play(const QString &scenario, const QString &fault, const QString &counts)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(FAULT_LIBRARY));
    environment.insert(u"LIBNET_FAULT"_s, fault);
    environment.insert(u"LIBNET_FAULT_COUNTS"_s, counts);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(scenario, QStringList());
    if (!process.waitForFinished(30'000))
        process.kill();
    process.waitForFinished();
    const bool exited = process.exitStatus() == QProcess::NormalExit;
    return {exited ? process.exitCode() : -1, QString::fromLocal8Bit(process.readAll()).trimmed()};
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

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const int most = arguments.contains(u"--all"_s) ? 0 : 3;
    const QString scenario = QStringLiteral(FAULT_SCENARIO);
    const QTemporaryDir folder;
    const QString counts = folder.filePath(u"counts"_s);
    const Outcome calm = play(scenario, QString(), counts);
    if (calm.code != 0 || calm.said != u"done"_s) {
        std::printf("without a fault: %s\n", qPrintable(calm.said));
        return 1;
    }
    const QMap<QString, int> made = countsIn(counts);
    int bad = 0;
    int plays = 0;
    std::printf("%-14s %6s %6s %6s %6s %6s\n", "call", "made", "plays", "done", "told", "bad");
    for (auto call = made.cbegin(); call != made.cend(); ++call) {
        int done = 0;
        int told = 0;
        int wrong = 0;
        for (const int number : numbers(call.value(), most)) {
            for (const int error : failures.value(call.key())) {
                const QString fault =
                    u"%1:%2:%3"_s.arg(call.key()).arg(number).arg(error == Short ? u"short"_s : QString::number(error));
                const Outcome outcome = play(scenario, fault, counts);
                ++(outcome.code != 0 ? wrong : outcome.said.endsWith(u"told"_s) ? told : done);
                if (outcome.code != 0)
                    std::printf("LIBNET_FAULT=%s (%s): %s\n", qPrintable(fault),
                                error == Short ? "one byte" : std::strerror(error), qPrintable(outcome.said));
            }
        }
        std::printf("%-14s %6d %6d %6d %6d %6d\n", qPrintable(call.key()), call.value(), done + told + wrong, done,
                    told, wrong);
        std::fflush(stdout);
        plays += done + told + wrong;
        bad += wrong;
    }
    std::printf("%d plays, %d bad\n", plays, bad);
    return bad ? 1 : 0;
}
