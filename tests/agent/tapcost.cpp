#include "fakesubject.h"

#include "libnet/agent/agent.h"
#include "libnet/probe/clock.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

using namespace net::probe;

namespace {

/// ns per call.
struct Cost
{
    double best;
    double median;
};

/// Of several rounds of \a work, which makes \a calls. Between rounds the agent catches up.
template <typename Work>
Cost measure(int calls, Work &&work)
{
    std::vector<double> rounds;
    for (int round = 0; round < 15; ++round) {
        const qint64 begin = net::probe::monotonicNow();
        work(calls);
        rounds.push_back(double(net::probe::monotonicNow() - begin) / calls);
        QThread::msleep(30);
    }
    std::sort(rounds.begin(), rounds.end());
    return {rounds.front(), rounds[rounds.size() / 2]};
}

// That many frames deeper.
template <typename Work>
[[gnu::noinline]] int deeper(int frames, Work &&work)
{
    if (frames > 0) {
        const int depth = deeper(frames - 1, work) + 1;
        asm volatile("" ::: "memory"); // lest the compiler makes a loop of it
        return depth;
    }
    work();
    return 0;
}

void print(const char *what, Cost cost)
{
    std::printf("%-52s %6.1f %6.1f\n", what, cost.best, cost.median);
}

void measureAll(const char *condition, const Tap &tap)
{
    constexpr int calls = 20000; // less than a ring, so that no round measures drops
    const QByteArray bytes(64, 'x');
    FakeSubject one(SubjectKind::Socket);
    std::vector<std::unique_ptr<FakeSubject>> many;
    for (int i = 0; i < 1000; ++i)
        many.push_back(std::make_unique<FakeSubject>(SubjectKind::Socket));

    std::printf("%s\n", condition);
    quint64 total = 0;
    print("  received, one socket", measure(calls, [&](int n) {
              for (int i = 0; i < n; ++i)
                  tap.received(one, bytes.constData(), bytes.size(), total += 64);
          }));
    print("  received, 1,000 sockets in turn", measure(calls, [&](int n) {
              for (int i = 0; i < n; ++i)
                  tap.received(*many[std::size_t(i) % many.size()], bytes.constData(), bytes.size(), total += 64);
          }));
    print("  sent", measure(calls, [&](int n) {
              for (int i = 0; i < n; ++i)
                  tap.sent(one, bytes.constData(), bytes.size(), total += 64, 0);
          }));
    print("  queued, below an eighth of the mark", measure(calls, [&](int n) {
              for (int i = 0; i < n; ++i)
                  tap.queued(one, quint64(100 + i % 1000), 16384);
          }));
    print("  changed", measure(calls, [&](int n) {
              for (int i = 0; i < n; ++i)
                  tap.changed(one, EventKind::Paused, State::Open, Paused, 0, 0);
          }));
    print("  opened and gone", measure(calls / 10, [&](int n) {
              for (int i = 0; i < n; ++i)
                  const FakeSubject gone(SubjectKind::Socket);
          }));
}

} // namespace

int main(int argc, char **argv)
{
    const QTemporaryDir place;
    qputenv("XDG_RUNTIME_DIR", place.path().toLocal8Bit());
    QCoreApplication application(argc, argv);

    std::printf("%-52s %6s %6s\n", "ns per call", "best", "median");
    print("clock_gettime(CLOCK_MONOTONIC)", measure(20000, [](int n) {
              for (int i = 0; i < n; ++i)
                  static_cast<void>(net::probe::monotonicNow());
          }));
    const QByteArray bytes(64, 'x');
    FakeSubject unseen(SubjectKind::Socket);
    print("received, no agent: with the branch that finds none", measure(20000, [&](int n) {
              for (int i = 0; i < n; ++i)
                  unseen.receive(bytes);
          }));
    if (!net::Agent::start()) {
        std::fprintf(stderr, "tapcost: %s\n", qPrintable(net::Agent::errorString()));
        return 1;
    }
    measureAll("agent, nobody attached", *tap());
    FakeSubject one(SubjectKind::Socket);
    const auto calls = [&one](int n) {
        for (int i = 0; i < n; ++i)
            tap()->called(one, Call::Connect);
    };
    print("  called, stacks not wanted", measure(20000, calls));
    net::Agent::start({.stacks = true});
    for (const int frames : {0, 10, 20, 40}) {
        deeper(frames, [&] {
            const QByteArray what = "  called, stacks wanted, " + QByteArray::number(frames) + " frames deeper";
            print(what.constData(), measure(2000, calls));
        });
    }
    return 0;
}
