#include "libnet/agent/agent.h"

#include "libnet/agent/agentthread.h"
#include "libnet/agent/inheritance.h"
#include "libnet/agent/recorder.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QMutex>

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace net {

namespace {

constexpr qint64 leastMemory = 512 * 1024;

QMutex &startMutex()
{
    static auto *const mutex = new QMutex;
    return *mutex;
}

// All kept to the end of the process; see Recorder.
agent::Recorder *recorder = nullptr;
agent::AgentThread *thread = nullptr;
QString *lastError = nullptr;
QString *path = nullptr;

// As long as who has set it may debug the process.
bool says(const char *variable)
{
    return QByteArrayView(::secure_getenv(variable)) == "1";
}

quint32 grantedRights(const AgentOptions &options)
{
    quint32 rights = wire::Observe;
    if (options.payload || says("LIBNET_INSPECT_PAYLOAD"))
        rights |= wire::SeePayload;
    if (options.control || says("LIBNET_INSPECT_CONTROL"))
        rights |= wire::Control;
    return rights;
}

QString applicationName()
{
    const QString name = QCoreApplication::applicationName();
    return name.isEmpty() ? QFileInfo(u"/proc/self/exe"_s).symLinkTarget().section(u'/', -1) : name;
}

void takeLeave()
{
    if (agent::isForkedChild())
        return;
    agent::Recorder::install(nullptr);
    thread->finish();
}

agent::Redaction redactionOf(const AgentOptions &options)
{
    if (!options.redact)
        return {};
    return [redact = options.redact](quint64 subject, wire::Direction direction, const QByteArray &bytes) {
        return redact(subject, AgentOptions::Direction(direction), bytes);
    };
}

QString startAgent(const AgentOptions &options, quint32 rights)
{
    if (agent::isForkedChild())
        return u"a forked child is inspected only after it has run a program"_s;
    if (probe::tap())
        return u"another agent watches this process already"_s;
    // Rings a quarter, payload a quarter (half of it on its way), history the rest.
    const auto limit = quint64(std::max(options.memoryLimit, leastMemory));
    agent::Setup setup{.name = options.name.isEmpty() ? applicationName() : options.name,
                       .directory = wire::Rendezvous::defaultDirectory(),
                       .memoryLimit = limit,
                       .historyCapacity = limit / 2 / sizeof(wire::EventRecord),
                       .payloadLimit = limit / 8,
                       .closedLimit = std::size_t(std::max(options.closedLimit, 0)),
                       .rights = rights,
                       .grace = std::max(options.controlGrace, 100) * 1'000'000LL};
    recorder = new agent::Recorder(limit / 4, limit / 8, limit / 16);
    if (options.stacks || says("LIBNET_INSPECT_STACKS"))
        recorder->stacks.wantAlways();
    recorder->setRedaction(redactionOf(options));
    auto *const started = new agent::AgentThread(*recorder, setup);
    QString error = started->listen();
    if (!error.isEmpty()) {
        delete started;
        delete recorder;
        recorder = nullptr;
        return error;
    }
    thread = started;
    path = new QString(wire::Rendezvous(setup.directory).socketPath(::getpid()));
    agent::guardForks();
    agent::Recorder::install(recorder);
    std::atexit(takeLeave);
    return {};
}

} // namespace

bool Agent::start(const AgentOptions &options)
{
    QMutexLocker lock(&startMutex());
    const quint32 rights = grantedRights(options);
    if (thread && !agent::isForkedChild()) {
        if (options.redact)
            recorder->setRedaction(redactionOf(options));
        if (options.stacks)
            recorder->stacks.wantAlways();
        thread->grant(rights);
        return true;
    }
    delete lastError;
    lastError = new QString(startAgent(options, rights));
    return lastError->isEmpty();
}

bool Agent::isRunning()
{
    QMutexLocker lock(&startMutex());
    return thread && !agent::isForkedChild();
}

QString Agent::errorString()
{
    QMutexLocker lock(&startMutex());
    return lastError ? *lastError : QString();
}

QString Agent::socketPath()
{
    QMutexLocker lock(&startMutex());
    return path && !agent::isForkedChild() ? *path : QString();
}

} // namespace net

/// What libnet calls in a library that it has loaded because the environment asked for it.
extern "C" LIBNET_AGENT_EXPORT const char *libnet_agent_start()
{
    if (net::Agent::start())
        return nullptr;
    static const QByteArray reason = net::Agent::errorString().toLocal8Bit();
    return reason.constData();
}
