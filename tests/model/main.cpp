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
    options.setApplicationDescription(u"Random calls on sockets and servers, checked against a model"_s);
    options.addHelpOption();
    options.addOption({u"steps"_s, u"Calls altogether."_s, u"number"_s, u"100000"_s});
    options.addOption({u"seed"_s, u"Where the dice begin; otherwise chosen."_s, u"number"_s});
    options.addOption({u"episode"_s, u"Only this one, as a complaint names it."_s, u"number"_s});
    options.addOption({u"for"_s, u"Seconds after which no new episode begins."_s, u"seconds"_s, u"60"_s});
    options.process(app);
    const qint64 steps = options.value(u"steps"_s).toLongLong();
    const quint64 seed =
        options.isSet(u"seed"_s) ? options.value(u"seed"_s).toULongLong() : QRandomGenerator::global()->generate();
    const bool alone = options.isSet(u"episode"_s);
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);

    model::Journal journal(seed);
    QElapsedTimer clock;
    clock.start();
    qint64 done = 0;
    qsizetype descriptors = 0;
    for (int episode = alone ? options.value(u"episode"_s).toInt() : 0; done < steps; ++episode) {
        journal.beginEpisode(episode);
        {
            model::Stage stage(journal);
            for (int i = 0; i < EpisodeSteps; ++i)
                stage.step();
            stage.close();
        }
        QCoreApplication::processEvents();
        done += EpisodeSteps;
        // The first one makes most of what a thread keeps: its epoll, pipe and spare descriptors.
        if (episode == 0 || alone)
            descriptors = openDescriptors() + KeptDescriptors;
        else if (openDescriptors() > descriptors)
            journal.complain(u"process"_s, u"descriptors leak: "_s + describeDescriptors());
        if (alone || clock.elapsed() > options.value(u"for"_s).toLongLong() * 1000)
            break;
    }
    std::printf("%lld steps in %.1f s, no promise broken\n", static_cast<long long>(done),
                double(clock.elapsed()) / 1000);
    return 0;
}
