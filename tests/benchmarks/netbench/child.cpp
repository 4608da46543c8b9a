#include "tests/benchmarks/netbench/child.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcessEnvironment>

#include <csignal>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace bench {

// Enough for every workload; a hard limit of a billion would only make some libraries slow.
static constexpr rlim_t wantedDescriptors = 32'768;

qint64 Child::descriptorLimit()
{
    rlimit limit = {};
    getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<qint64>(std::min(limit.rlim_max, wantedDescriptors));
}

Child::Child(const QString &program, const QStringList &arguments, const QStringList &environment, int cpu)
{
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    for (const QString &variable : environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    m_process.setProcessEnvironment(variables);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setChildProcessModifier([cpu] {
        cpu_set_t set;
        CPU_ZERO(&set);
        if (cpu != AnyCore) {
            CPU_SET(cpu, &set);
            sched_setaffinity(0, sizeof set, &set);
        }
        rlimit limit = {};
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = std::min(limit.rlim_max, wantedDescriptors);
        setrlimit(RLIMIT_NOFILE, &limit);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
    });
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(5'000))
        m_error = u"%1: %2"_s.arg(program, m_process.errorString());
}

Child::~Child()
{
    m_process.kill();
    m_process.waitForFinished(60'000); // a busy machine may need long to end it
}

std::optional<QByteArray> Child::readLine(int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!m_process.canReadLine()) {
        if (deadline.hasExpired() || !m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            if (m_process.canReadLine())
                break;
            const QString name = QFileInfo(m_process.program()).fileName();
            if (m_error.isEmpty() && m_process.state() == QProcess::NotRunning)
                m_error = u"%1 has died"_s.arg(name);
            else if (m_error.isEmpty())
                m_error = u"%1 said nothing for %2 ms"_s.arg(name).arg(milliseconds);
            return {};
        }
    }
    return m_process.readLine().trimmed();
}

void Child::writeLine(const QByteArray &line)
{
    m_process.write(line + '\n');
    m_process.waitForBytesWritten(1'000);
}

QByteArray Child::end(int milliseconds)
{
    m_process.terminate();
    m_process.waitForFinished(milliseconds);
    return m_process.readAllStandardOutput();
}

void Child::finish()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(10'000);
}

} // namespace bench
