#include "tests/strangers/servedprocess.h"

using namespace Qt::StringLiterals;

static constexpr int StartTimeout = 20000;
static constexpr int LineTimeout = 60000;
static constexpr int StopTimeout = 10000;

ServedProcess::ServedProcess(const QString &program, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(StartTimeout)) {
        m_error = m_process.errorString();
        return;
    }
    const QString line = readLine();
    const QString greeting = u"listening on "_s;
    if (line.startsWith(greeting))
        m_address = line.mid(greeting.size());
    else
        m_error = u"expected a line with the address, got: "_s + line;
}

ServedProcess::~ServedProcess()
{
    stop();
}

bool ServedProcess::stop()
{
    if (m_process.state() != QProcess::Running)
        return false;
    m_process.terminate();
    if (waitForEnd())
        return true;
    m_process.kill();
    m_process.waitForFinished(StopTimeout);
    return false;
}

bool ServedProcess::waitForEnd()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(StopTimeout))
        return false;
    return m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

QString ServedProcess::port() const
{
    return m_address.mid(m_address.lastIndexOf(u':') + 1);
}

QString ServedProcess::readLine()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(LineTimeout))
            return {};
    }
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

Finished runWith(const QByteArray &input, const QString &program, const QStringList &arguments, int seconds)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    Finished finished;
    if (!process.waitForFinished(seconds * 1000)) {
        finished.errors = "did not end in time: ";
        process.kill();
        process.waitForFinished(5000);
    } else if (process.exitStatus() == QProcess::NormalExit) {
        finished.exitCode = process.exitCode();
    }
    finished.output = process.readAllStandardOutput();
    finished.errors += process.readAllStandardError();
    return finished;
}
