#include "tests/benchmarks/netbench/settings.h"

#include "tests/benchmarks/netbench/child.h"
#include "tests/benchmarks/netbench/machine.h"

#include <QCommandLineParser>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace bench {
namespace {

[[noreturn]] void refuse(const QString &message)
{
    std::fprintf(stderr, "netbench: %s\n", qPrintable(message));
    std::exit(2);
}

int number(const QCommandLineParser &parser, const QString &name, int fallback, int least)
{
    if (!parser.isSet(name))
        return fallback;
    bool good = false;
    const int value = parser.value(name).toInt(&good);
    if (!good || value < least)
        refuse(u"--%1 needs a number from %2 on"_s.arg(name).arg(least));
    return value;
}

void choosePeers(Settings &settings, const QStringList &names, bool quick)
{
    settings.named = names;
    QStringList known;
    const QList<Peer> peers = allPeers();
    for (const Peer &peer : peers) {
        known.append(peer.id);
        const bool wanted = names.isEmpty() ? !quick || peer.quick : names.contains(peer.id, Qt::CaseInsensitive);
        settings.references.append(peer);
        if (peer.id == "raw"_L1)
            continue;
        if (wanted && peer.program.isEmpty())
            settings.remarks.append(u"%1 is left out: it was not built, or is not installed"_s.arg(peer.id));
        else if (wanted)
            settings.peers.append(peer);
    }
    for (const QString &name : names) {
        if (!known.contains(name, Qt::CaseInsensitive))
            refuse(u"no peer \"%1\"; there are %2"_s.arg(name, known.join(u", "_s)));
    }
    if (settings.references.first().program.isEmpty())
        refuse(u"bench_raw is missing: build the target \"benchmarks\""_s);
}

void chooseWorkloads(Settings &settings, const QStringList &names, int idle)
{
    const qint64 mostIdle = Child::descriptorLimit() - 200;
    if (idle > mostIdle) {
        settings.remarks.append(
            u"W5 has only %1 idle connections: the hard limit of open files is %2 (ulimit -Hn), %3 needs %4"_s
                .arg(mostIdle)
                .arg(Child::descriptorLimit())
                .arg(idle)
                .arg(idle + 200));
        idle = static_cast<int>(qMax<qint64>(0, mostIdle));
    }
    QStringList known;
    QStringList unmatched = names;
    settings.hook = names.isEmpty() || unmatched.removeAll(u"hook"_s) > 0;
    settings.scale = (names.isEmpty() && !settings.quick) || unmatched.removeAll(u"scale"_s) > 0;
    settings.window = (names.isEmpty() && !settings.quick) || unmatched.removeAll(u"window"_s) > 0;
    const QList<Workload> workloads = allWorkloads(idle);
    for (const Workload &workload : workloads) {
        known.append(workload.id);
        bool wanted = names.isEmpty();
        for (const QString &name : names) {
            if (!workload.answersTo(name))
                continue;
            wanted = true;
            unmatched.removeAll(name);
        }
        if (wanted)
            settings.workloads.append(workload);
    }
    known += {u"hook"_s, u"scale"_s, u"window"_s};
    if (!unmatched.isEmpty())
        refuse(u"no workload \"%1\"; there are %2"_s.arg(unmatched.first(), known.join(u", "_s)));
}

} // namespace

Settings Settings::parse(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Compares network libraries with raw epoll, in pairs on one core."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"quick"_s, u"Five short rounds against raw, QTcpSocket and Node; under two minutes."_s},
        {u"only"_s, u"Workloads: W1,W5 (W4 is also W4-64K)."_s, u"names"_s},
        {u"peers"_s,
         u"Peers: raw,libnet,libnet-epoll,qt,node,libuv,asio,libnet-glib,libnet-recorded,qt-epoll,"
         "qt-glib."_s,
         u"names"_s},
        {u"rounds"_s, u"Pairs of samples (9; quick: 5)."_s, u"number"_s},
        {u"window"_s, u"Length of a sample in ms (300; quick: 120)."_s, u"ms"_s},
        {u"idle"_s, u"Idle connections of W5 (8000)."_s, u"number"_s},
        {u"cpu"_s, u"The core that server and load share (the last one)."_s, u"core"_s},
        {u"markdown"_s, u"Print the table of the README; the other one goes to the standard error output."_s},
        {u"json"_s, u"Print JSON to the standard output; the table goes to the standard error output."_s},
    });
    parser.process(application);
    if (!parser.positionalArguments().isEmpty())
        refuse(u"no argument \"%1\" expected; see --help"_s.arg(parser.positionalArguments().first()));

    Settings settings;
    const bool quick = parser.isSet(u"quick"_s);
    settings.json = parser.isSet(u"json"_s);
    settings.markdown = parser.isSet(u"markdown"_s);
    settings.quick = quick;
    settings.rounds = number(parser, u"rounds"_s, quick ? 5 : 9, 1);
    settings.milliseconds = number(parser, u"window"_s, quick ? 120 : 300, 10);
    settings.cpu = number(parser, u"cpu"_s, lastCore(), 0);
    choosePeers(settings, parser.value(u"peers"_s).split(u',', Qt::SkipEmptyParts), quick);
    chooseWorkloads(settings, parser.value(u"only"_s).split(u',', Qt::SkipEmptyParts),
                    number(parser, u"idle"_s, 8000, 0));
    return settings;
}

QList<Peer> Settings::peersOf(const Workload &workload) const
{
    QList<Peer> able;
    for (const Peer &peer : peers) {
        if (workload.peers.isEmpty() ? !peer.special || named.contains(peer.id, Qt::CaseInsensitive)
                                     : workload.peers.contains(peer.id))
            able.append(peer);
    }
    return able;
}

Peer Settings::referenceOf(const Workload &workload) const
{
    for (const Peer &peer : references) {
        if (peer.id == workload.reference)
            return peer;
    }
    return references.first();
}

} // namespace bench
