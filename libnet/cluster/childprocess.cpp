#include "libnet/cluster/childprocess.h"

#include "libnet/transport/handlepassing.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <cerrno>

namespace net::childprocess {

using namespace Qt::StringLiterals;

static constexpr char ChannelVariable[] = "LIBNET_CHANNEL_FD";
static constexpr char IdVariable[] = "LIBNET_UNIQUE_ID";

void start(QProcess &process, const ForkOptions &options, const Descriptor &descriptor, int id)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = options.environment.cbegin(); it != options.environment.cend(); ++it)
        environment.insert(it.key(), it.value());
    const int channel = descriptor.get();
    environment.insert(QString::fromLatin1(ChannelVariable), QString::number(channel));
    environment.remove(QString::fromLatin1(IdVariable));
    if (id)
        environment.insert(QString::fromLatin1(IdVariable), QString::number(id));
    process.setProcessEnvironment(environment);
    if (!options.cwd.isEmpty())
        process.setWorkingDirectory(options.cwd);
    if (!options.silent) {
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.setInputChannelMode(QProcess::ForwardedInputChannel);
    }
    // In the child alone: no other process that we start at the same time inherits it.
    process.setChildProcessModifier([channel] { socketops::setInherited(channel, true); });
    process.start(programOf(options), options.args.value_or(QCoreApplication::arguments().mid(1)));
}

QString programOf(const ForkOptions &options)
{
    return options.exec.isEmpty() ? QCoreApplication::applicationFilePath() : options.exec;
}

int whyNot(const ForkOptions &options)
{
    const QFileInfo folder(options.cwd);
    if (!options.cwd.isEmpty() && !folder.isDir())
        return folder.exists() ? ENOTDIR : ENOENT;
    if (!options.cwd.isEmpty() && !folder.isExecutable())
        return EACCES;
    const QString program = programOf(options);
    if (!program.contains(u'/'))
        return QStandardPaths::findExecutable(program).isEmpty() ? ENOENT : 0;
    // The child looks for it from its own folder.
    const QFileInfo file(QDir(options.cwd), program);
    if (!file.exists())
        return ENOENT;
    return file.isFile() && file.isExecutable() ? 0 : EACCES;
}

int workerId()
{
    static const int id = qEnvironmentVariableIsSet(ChannelVariable) ? qEnvironmentVariableIntValue(IdVariable) : 0;
    return id;
}

Descriptor takeInheritedChannel()
{
    workerId();
    bool isNumber = false;
    const int descriptor = qEnvironmentVariableIntValue(ChannelVariable, &isNumber);
    qunsetenv(ChannelVariable);
    qunsetenv(IdVariable);
    if (!isNumber || descriptor < 0 || !socketops::isLocalStream(descriptor))
        return {};
    socketops::setInherited(descriptor, false);
    return Descriptor(descriptor);
}

} // namespace net::childprocess
