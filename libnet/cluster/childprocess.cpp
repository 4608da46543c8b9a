#include "libnet/cluster/childprocess.h"

#include "libnet/transport/handlepassing.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QProcess>
#include <QSet>
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

// Deleted, a QProcess would kill what it has started. Those that outlive the application are kept here for good.
void letGo(QProcess &process)
{
    static auto *const alone = new QSet<QProcess *>;
    static QBasicMutex mutex;
    process.setParent(nullptr);
    {
        const QMutexLocker lock(&mutex);
        alone->insert(&process);
    }
    QObject::connect(&process, &QProcess::finished, &process, [&process] {
        const QMutexLocker lock(&mutex);
        alone->remove(&process);
        process.deleteLater();
    });
}

QString programOf(const ForkOptions &options)
{
    return options.exec.isEmpty() ? QCoreApplication::applicationFilePath() : options.exec;
}

// A script's interpreter that is not there is the script's own error, as the kernel has it. Found out before anything
// is started: QProcess of Qt 6.4 keeps a descriptor of each process whose program the kernel refuses.
static int whyNoInterpreter(const QString &program, const QDir &folder)
{
    constexpr int KernelReads = 256;
    QFile file(program);
    // What may be executed and not read is left to the kernel.
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray start = file.read(KernelReads);
    if (!start.startsWith("#!"))
        return 0;
    const QByteArray words = start.mid(2).split('\n').first().simplified();
    const QFileInfo interpreter(folder, QFile::decodeName(words.split(' ').first()));
    if (words.isEmpty())
        return ENOEXEC;
    if (!interpreter.exists())
        return ENOENT;
    return interpreter.isFile() && interpreter.isExecutable() ? 0 : EACCES;
}

int whyNot(const ForkOptions &options)
{
    const QFileInfo folder(options.cwd);
    if (!options.cwd.isEmpty() && !folder.isDir())
        return folder.exists() ? ENOTDIR : ENOENT;
    if (!options.cwd.isEmpty() && !folder.isExecutable())
        return EACCES;
    const QString program = programOf(options);
    // The child looks for it from its own folder.
    const QDir own(options.cwd);
    if (!program.contains(u'/')) {
        const QString found = QStandardPaths::findExecutable(program);
        return found.isEmpty() ? ENOENT : whyNoInterpreter(found, own);
    }
    const QFileInfo file(own, program);
    if (!file.exists())
        return ENOENT;
    if (!file.isFile() || !file.isExecutable())
        return EACCES;
    return whyNoInterpreter(file.filePath(), own);
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
