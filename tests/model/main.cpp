// Random calls on sockets and servers, each checked against a model of what the documentation promises.
#include "tests/model/stage.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <cstdio>

using namespace Qt::StringLiterals;

// Steps of one episode: short enough to be read when it fails.
static constexpr int EpisodeSteps = 500;

// What later ones may add: a resolver's threads, the kernel's pipe.
static constexpr int KeptDescriptors = 6;

static qsizetype openDescriptors()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::Files | QDir::System).size();
}

static QString describeDescriptors()
{
    QStringList targets;
    for (const QFileInfo &entry : QDir(u"/proc/self/fd"_s).entryInfoList(QDir::Files | QDir::System))
        targets.append(entry.symLinkTarget());
    return targets.join(u", "_s);
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    app.setQuitLockEnabled(false);
    QCommandLineParser options;
    options.setApplicationDescription(
        u"Random calls on sockets and servers, checked against a model.\n\n"
        "A complaint prints the seed and the episode that play it again. The dice fall the same then, but the system "
        "may\n"
        "tell of an event earlier or later: what depends on that comes again only now and then, so add --times 100."_s);
    options.addHelpOption();
    options.addOption({u"steps"_s, u"Calls altogether."_s, u"number"_s, u"100000"_s});
    options.addOption({u"seed"_s, u"Where the dice begin; otherwise chosen."_s, u"number"_s});
    options.addOption({u"episode"_s, u"Only this one, as a complaint names it."_s, u"number"_s});
    options.addOption({u"times"_s, u"How often that episode is played."_s, u"number"_s, u"1"_s});
    options.addOption(
        {u"for"_s, u"Seconds after which no new episode begins, however many steps are left."_s, u"seconds"_s});
    options.process(app);
    const bool alone = options.isSet(u"episode"_s);
    const qint64 steps =
        alone ? options.value(u"times"_s).toLongLong() * EpisodeSteps : options.value(u"steps"_s).toLongLong();
    if (steps <= 0) {
        std::fprintf(stderr, "no steps to make: --steps and --times take numbers above 0\n");
        return 2;
    }
    const quint64 seed =
        options.isSet(u"seed"_s) ? options.value(u"seed"_s).toULongLong() : QRandomGenerator::global()->generate();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);

    model::Journal journal(seed);
    QElapsedTimer clock;
    clock.start();
    qint64 done = 0;
    qsizetype descriptors = 0;
    for (int played = 0; done < steps; ++played) {
        journal.beginEpisode(alone ? options.value(u"episode"_s).toInt() : played);
        {
            model::Stage stage(journal);
            for (int i = 0; i < EpisodeSteps; ++i)
                stage.step(i);
            stage.close();
        }
        QCoreApplication::processEvents();
        done += EpisodeSteps;
        // The first one makes most of what a thread keeps: its epoll, pipe and spare descriptors.
        if (played == 0)
            descriptors = openDescriptors() + KeptDescriptors;
        else if (openDescriptors() > descriptors)
            journal.complain(u"process"_s, u"descriptors leak: "_s + describeDescriptors());
        if (options.isSet(u"for"_s) && clock.elapsed() > options.value(u"for"_s).toLongLong() * 1000)
            break;
    }
    std::printf("%lld of %lld steps in %.1f s, no promise broken\n", static_cast<long long>(done),
                static_cast<long long>(steps), double(clock.elapsed()) / 1000);
    return 0;
}
