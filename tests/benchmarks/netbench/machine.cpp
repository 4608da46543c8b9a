#include "tests/benchmarks/netbench/machine.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <cstdlib>
#include <sched.h>
#include <sys/utsname.h>

using namespace Qt::StringLiterals;

namespace bench {

static QString lineOf(const QString &path, const QByteArray &start)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(start))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).simplified();
    }
    return {};
}

QList<QPair<QString, QString>> describeMachine()
{
    utsname system = {};
    uname(&system);
    const double gigabytes = lineOf(u"/proc/meminfo"_s, "MemTotal").section(u' ', 0, 0).toDouble() / (1024 * 1024);
    return {
        {u"machine"_s, u"%1, %2 cores, %3 GiB"_s.arg(lineOf(u"/proc/cpuinfo"_s, "model name"))
                           .arg(QThread::idealThreadCount())
                           .arg(gigabytes, 0, 'f', 0)},
        {u"system"_s, u"%1, %2 %3 %4"_s.arg(QSysInfo::prettyProductName(), QString::fromUtf8(system.sysname),
                                            QString::fromUtf8(system.release), QString::fromUtf8(system.machine))},
        {u"compiler"_s, u"" BENCH_COMPILER ", " BENCH_BUILD_TYPE ""_s},
    };
}

int lastCore()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof set, &set);
    for (int i = CPU_SETSIZE - 1; i > 0; --i) {
        if (CPU_ISSET(i, &set))
            return i;
    }
    return 0;
}

double loadAverage()
{
    double average = 0;
    getloadavg(&average, 1);
    return average;
}

} // namespace bench
