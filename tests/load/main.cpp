#include "tests/load/stand.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace load;

namespace {

// A thread keeps the pipe that it has once carried bytes through.
constexpr int KeptDescriptors = 2;

void checkLeftovers(Stand &stand)
{
    const Usage after = Usage::now();
    stand.claim(after.descriptors <= stand.before.descriptors + KeptDescriptors,
                u"%1 descriptors before, %2 after"_s.arg(stand.before.descriptors).arg(after.descriptors));
    stand.claim(stand.tally.failed == 0, u"%1 clients failed: %2"_s.arg(stand.tally.failed).arg(stand.tally.failure));
}

void manyConnections(Stand &stand, bool full)
{
    const int count = full ? 10000 : 1000;
    stand.echo();
    stand.listen();
    stand.invite({.count = count, .window = 200, .bytes = 1024, .habit = Habit::Stay});
    QElapsedTimer timer;
    timer.start();
    stand.goOn();
    stand.claim(stand.waitAnswered(full ? 120 : 60), u"all %1 are answered"_s.arg(count));
    stand.claim(stand.server().connectionCount() == count, u"%1 are open at a time"_s.arg(count));
    const Usage crowded = Usage::now();
    const double each = double(crowded.memory - stand.before.memory) / count;
    stand.claimMemory(each < 64, u"a connection takes %1 KiB, 64 are the most"_s.arg(each));
    stand.goOn();
    stand.claim(stand.waitRound(60), u"all have gone"_s);
    stand.claim(stand.tally.whole == count, u"%1 of %2 have heard all"_s.arg(stand.tally.whole).arg(count));
    std::printf("  %d connections at a time, %.1f KiB each, in %.1f s\n", stand.most, each, timer.elapsed() / 1e3);
}

// How often the system has found the queue of some listener full.
qint64 listenOverflows()
{
    QFile file(u"/proc/net/netstat"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (qsizetype i = 0; i + 1 < lines.size(); i += 2) {
        const auto at = lines.at(i).split(' ').indexOf("ListenOverflows");
        if (at >= 0)
            return lines.at(i + 1).split(' ').value(at).toLongLong();
    }
    return 0;
}

void connectStorm(Stand &stand, bool full)
{
    const int count = full ? 5000 : 300;
    const int backlog = full ? 128 : 8;
    stand.echo();
    stand.listen(backlog);
    stand.invite({.count = count, .window = count, .bytes = 64, .habit = Habit::Stay});
    const qint64 before = listenOverflows();
    stand.goOn();
    // This thread accepts nobody before the queue has overflown.
    QElapsedTimer timer;
    timer.start();
    QCoreApplication::processEvents();
    while (listenOverflows() == before && timer.elapsed() < 20000)
        QThread::msleep(1);
    const qint64 refused = listenOverflows() - before;
    stand.claim(refused > 0, u"the queue has overflown"_s);
    stand.claim(stand.waitAnswered(120), u"all %1 are answered in the end"_s.arg(count));
    stand.goOn();
    stand.claim(stand.waitRound(60), u"all have gone"_s);
    stand.claim(stand.tally.whole == count, u"%1 of %2 have heard all"_s.arg(stand.tally.whole).arg(count));
    std::printf("  %d at once on a queue of %d, which overflowed %lld times before the first was accepted; %d served, "
                "%d asked twice\n",
                count, backlog, static_cast<long long>(refused), stand.tally.whole, stand.tally.left);
}

void slowReaders(Stand &stand, bool full)
{
    const int count = full ? 1000 : 100;
    const qint64 bytes = full ? 8 << 20 : 4 << 20;
    constexpr qsizetype Piece = 16 * 1024;
    qint64 queued = 0;
    QObject::connect(&stand.server(), &net::Server::connection, &stand, [&](net::Socket *socket) {
        const auto number = std::make_shared<int>(-1);
        const auto sent = std::make_shared<qint64>(0);
        const auto feed = [&, socket, number, sent] {
            bool more = *number >= 0;
            while (more && *sent < bytes) {
                more = socket->write(pattern(*number, *sent, Piece));
                *sent += Piece;
                queued = std::max(queued, socket->writableLength());
            }
            if (*sent == bytes && !socket->writableEnded())
                socket->end();
        };
        QObject::connect(socket, &net::Socket::drain, &stand, feed);
        QObject::connect(socket, &net::Socket::data, &stand, [number, feed](const QByteArray &line) {
            *number = line.trimmed().toInt();
            feed();
        });
    });
    stand.listen();
    stand.invite({.count = count, .window = count, .bytes = bytes, .habit = Habit::Slow});
    Usage peak;
    QTimer sample;
    QObject::connect(&sample, &QTimer::timeout, &stand, [&peak] {
        if (const Usage now = Usage::now(); now.memory > peak.memory)
            peak = now;
    });
    sample.start(50);
    stand.goOn();
    stand.claim(stand.waitRound(full ? 500 : 100), u"all have read all"_s);
    stand.claim(stand.most == count, u"%1 read at a time"_s.arg(stand.most));
    stand.claim(stand.tally.whole == count, u"%1 of %2 have all bytes in order"_s.arg(stand.tally.whole).arg(count));
    stand.claim(queued <= net::DefaultHighWaterMark + Piece, u"no queue is longer than its mark: %1"_s.arg(queued));
    const qint64 grown = (peak.memory - stand.before.memory) / 1024;
    const qint64 bound = 32 + 2 * count * (net::DefaultHighWaterMark + Piece) / (1 << 20);
    stand.claimMemory(grown < bound, u"%1 MiB more memory, %2 are the most"_s.arg(grown).arg(bound));
    std::printf("  %d readers of %lld MiB each; the longest queue had %lld bytes, memory grew by %lld MiB\n", count,
                static_cast<long long>(bytes >> 20), static_cast<long long>(queued), static_cast<long long>(grown));
}

// Half of them are silent, which a time without activity ends; the others drip, and only a time for the whole line ends
// them.
void slowloris(Stand &stand, bool full)
{
    const int count = full ? 2000 : 200;
    const int limit = full ? 100 : 20;
    int dropped = 0;
    int timedOut = 0;
    int overdue = 0;
    int served = 0;
    stand.server().setMaxConnections(limit);
    QObject::connect(&stand.server(), &net::Server::drop, &stand, [&dropped] { ++dropped; });
    QObject::connect(&stand.server(), &net::Server::connection, &stand, [&](net::Socket *socket) {
        QObject::connect(socket, &net::Socket::errorOccurred, socket, [] {});
        QObject::connect(socket, &net::Socket::timedOut, socket, [&timedOut, socket] {
            ++timedOut;
            socket->destroy();
        });
        QObject::connect(socket, &net::Socket::data, socket, [&served, socket](const QByteArray &bytes) {
            if (bytes.contains('\n')) {
                ++served;
                socket->end(bytes);
            }
        });
        socket->setTimeout(200);
        QTimer::singleShot(1000, socket, [&overdue, socket] {
            ++overdue;
            socket->destroy();
        });
    });
    stand.listen();
    stand.invite({.count = count, .window = count, .habit = Habit::Drip});
    stand.goOn();
    stand.claim(stand.waitRound(120), u"all are sent away"_s);
    stand.claim(stand.most <= limit, u"%1 at a time, %2 are allowed"_s.arg(stand.most).arg(limit));
    stand.claim(stand.accepted + dropped == count,
                u"%1 accepted and %2 dropped are all %3"_s.arg(stand.accepted).arg(dropped).arg(count));
    stand.claim(stand.tally.closed == count, u"%1 of %2 saw their end"_s.arg(stand.tally.closed).arg(count));
    stand.claim(timedOut > 0 && overdue > 0 && dropped > 0, u"each way to be sent away was gone"_s);

    net::Socket guest;
    QByteArray answer;
    QEventLoop loop;
    QObject::connect(&guest, &net::Socket::data, &guest, [&answer](const QByteArray &bytes) { answer += bytes; });
    QObject::connect(&guest, &net::Socket::closed, &loop, &QEventLoop::quit);
    guest.connectTo(stand.server().address().port, u"127.0.0.1"_s);
    guest.write("hello\n");
    loop.exec();
    stand.claim(answer == "hello\n" && served == 1, u"a guest is served afterwards"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    std::printf("  %d attackers on %d places: %d dropped, %d timed out, %d overdue\n", count, limit, dropped, timedOut,
                overdue);
}

void soak(Stand &stand, int seconds)
{
    constexpr int Count = 1000;
    stand.echo();
    stand.listen();
    stand.invite({.count = Count, .window = 50, .bytes = 20000, .habit = Habit::Cycle});
    std::printf("  %8s %12s %12s %14s %14s\n", "seconds", "connections", "descriptors", "server KiB", "clients KiB");
    QElapsedTimer timer;
    timer.start();
    Usage warm;
    Usage warmCrowd;
    const int rows = 20;
    for (int row = 0, round = 1; timer.elapsed() < seconds * 1000; ++round) {
        stand.goOn();
        stand.claim(stand.waitRound(120), u"a round is over"_s);
        const Usage now = Usage::now();
        // What the allocators keep has been taken once all has happened a few times.
        if (round == 1) {
            warm = now;
            warmCrowd = stand.crowd;
        } else if (timer.elapsed() < seconds * 1000 / 4) {
            warm.memory = now.memory;
            warmCrowd.memory = stand.crowd.memory;
        }
        stand.claim(now.descriptors == warm.descriptors,
                    u"%1 descriptors before, %2 now"_s.arg(warm.descriptors).arg(now.descriptors));
        stand.claim(stand.crowd.descriptors <= warmCrowd.descriptors, u"the clients' descriptors stay"_s);
        stand.claim(stand.tally.failed == 0 && stand.tally.whole + stand.tally.left == Count,
                    u"%1 failed: %2"_s.arg(stand.tally.failed).arg(stand.tally.failure));
        if (timer.elapsed() * rows >= qint64(seconds) * 1000 * row) {
            row = int(timer.elapsed() * rows / (qint64(seconds) * 1000)) + 1;
            std::printf("  %8lld %12d %12d %14lld %14lld\n", timer.elapsed() / 1000, stand.accepted, now.descriptors,
                        static_cast<long long>(now.memory), static_cast<long long>(stand.crowd.memory));
            std::fflush(stdout);
        }
        if (!stand.isFine())
            return;
    }
    const Usage end = Usage::now();
    constexpr qint64 Slack = 4096; // KiB
    stand.claimMemory(end.memory <= warm.memory + Slack, u"the server's memory stays flat"_s);
    stand.claimMemory(stand.crowd.memory <= warmCrowd.memory + Slack, u"the clients' memory stays flat"_s);
}

} // namespace

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    QCoreApplication::setQuitLockEnabled(false); // rounds follow when the last socket has gone
    QCommandLineParser parser;
    const QCommandLineOption full(u"full"_s, u"The long form."_s);
    const QCommandLineOption seconds(u"for"_s, u"Of soak: how long."_s, u"seconds"_s, u"1200"_s);
    parser.addOptions({full, seconds});
    parser.addHelpOption();
    parser.addPositionalArgument(u"what"_s,
                                 u"connections, storm, slowreaders, slowloris, soak; all but soak if none"_s);
    parser.process(application);
    QStringList names = parser.positionalArguments();
    if (names.isEmpty())
        names = {u"connections"_s, u"storm"_s, u"slowreaders"_s, u"slowloris"_s};
    bool fine = true;
    for (const QString &name : std::as_const(names)) {
        std::printf("%s\n", qPrintable(name));
        std::fflush(stdout);
        Stand stand;
        if (name == "connections"_L1)
            manyConnections(stand, parser.isSet(full));
        else if (name == "storm"_L1)
            connectStorm(stand, parser.isSet(full));
        else if (name == "slowreaders"_L1)
            slowReaders(stand, parser.isSet(full));
        else if (name == "slowloris"_L1)
            slowloris(stand, parser.isSet(full));
        else if (name == "soak"_L1)
            soak(stand, parser.value(seconds).toInt());
        else
            parser.showHelp(2);
        checkLeftovers(stand);
        fine = fine && stand.isFine();
    }
    return fine ? 0 : 1;
}
