#include "inspectedprocess.h"

#include "libnet/wire/rendezvous.h"

#include <QTest>

using namespace Qt::StringLiterals;

InspectedProcess::InspectedProcess(const QString &runtimeDirectory)
    : m_directory(runtimeDirectory + "/libnet-inspect"_L1)
{
    for (const auto &name :
         {u"LIBNET_INSPECT"_s, u"LIBNET_INSPECT_PAYLOAD"_s, u"LIBNET_INSPECT_CONTROL"_s, u"LIBNET_INSPECT_STACKS"_s})
        m_environment.remove(name);
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, runtimeDirectory);
    setProcessChannelMode(QProcess::SeparateChannels);
}

InspectedProcess::~InspectedProcess()
{
    kill();
    waitForFinished();
}

void InspectedProcess::setVariable(const QString &name, const QString &value)
{
    m_environment.insert(name, value);
}

bool InspectedProcess::run(const QString &program, const QStringList &arguments)
{
    setProcessEnvironment(m_environment);
    start(program, arguments);
    return waitForStarted() && !answer().isEmpty();
}

QByteArrayList InspectedProcess::ask(char letter)
{
    tell(letter);
    return answer();
}

void InspectedProcess::tell(char letter)
{
    write(&letter, 1);
}

QByteArrayList InspectedProcess::answer()
{
    QByteArrayList lines;
    const bool complete = QTest::qWaitFor(
        [this, &lines] {
            while (canReadLine() && (lines.isEmpty() || lines.last() != "."))
                lines.append(readLine().trimmed());
            return state() == NotRunning || (!lines.isEmpty() && lines.last() == ".");
        },
        30000);
    return complete ? lines : QByteArrayList();
}

QString InspectedProcess::socketPath() const
{
    return net::wire::Rendezvous(m_directory).socketPath(processId());
}
