#include "tests/benchmarks/inspector/machinefigures.h"

#include "inspector/window/durations.h"

#include <QElapsedTimer>
#include <QThread>

#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bench {
namespace {

constexpr auto rhythm = 50ms;
constexpr auto length = 5ms; ///< of the work, when nothing disturbs it
constexpr auto frame = 20ms; ///< as long may one of a hundred frames take

/// Computes and touches memory, as painting does.
class Work
{
public:
    qint64 run(int steps)
    {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < steps; ++i) {
            m_number = m_number * 1'664'525 + 1'013'904'223;
            ++m_memory[m_number % m_memory.size()];
        }
        return timer.nsecsElapsed();
    }

private:
    volatile quint32 m_number = 1;
    std::array<quint32, 1 << 18> m_memory{};
};

} // namespace

FigureGroup measureMachine(double seconds)
{
    static Work work;
    qint64 fastest = work.run(100'000);
    for (int i = 0; i < 100; ++i)
        fastest = std::min(fastest, work.run(100'000));
    const auto steps =
        static_cast<int>(100'000.0 * std::chrono::nanoseconds(length).count() / static_cast<double>(fastest));
    inspector::Durations durations;
    quint64 late = 0;
    QElapsedTimer clock;
    clock.start();
    while (static_cast<double>(clock.elapsed()) < seconds * 1000) {
        QThread::msleep(std::chrono::milliseconds(rhythm - length).count());
        const qint64 took = work.run(steps);
        durations.add(took);
        late += took > std::chrono::nanoseconds(frame).count();
    }
    const auto text = [&](double share) {
        return QString::number(static_cast<double>(durations.quantile(share)) / 1e6, 'f', 1) + u" ms"_s;
    };
    const QString share = u"%1 of %2 times; from one in a hundred on, no window can keep to 20 ms here"_s;
    return {u"the machine itself: a piece of work that takes 5 ms undisturbed, 20 times a second"_s,
            {{u"time it took, p99"_s, {}, u"%1 (half of them %2, nine in ten %3)"_s.arg(text(.99), text(.5), text(.9))},
             {u"took more than 20 ms"_s, {}, share.arg(late).arg(durations.count())}}};
}

} // namespace bench
