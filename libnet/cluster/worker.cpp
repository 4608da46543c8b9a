#include "libnet/cluster/worker_p.h"

#include "libnet/cluster/cborsize.h"
#include "libnet/cluster/channelframe.h"
#include "libnet/cluster/childprocess.h"
#include "libnet/cluster/workerlistening.h"
#include "libnet/codes.h"
#include "libnet/probe/kinship.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QProcess>

#include <cerrno>
#include <unistd.h>

namespace net {

using namespace Qt::StringLiterals;

static QPointer<Worker> selfWorker;

Worker::Worker(int id, QObject *parent) : QObject(parent), d(std::make_unique<Private>(this, id)) {}

Worker::~Worker() = default;

Worker *Worker::fork(const ForkOptions &options, QObject *parent)
{
    auto *worker = new Worker(0, parent);
    worker->d->start(options);
    return worker;
}

Worker *Worker::self()
{
    return selfWorker;
}

/// In a process that was forked with a channel: takes it, before the application does anything. One that follows finds
/// it as the one before has left it.
static void takeChannel()
{
    const int id = childprocess::workerId();
    if (Descriptor descriptor = childprocess::takeInheritedChannel(); descriptor && !selfWorker) {
        probe::setKinship({.parent = ::getppid(), .worker = quint32(id)});
        selfWorker = WorkerListening::start(id, std::move(descriptor));
    }
    if (selfWorker)
        qAddPostRoutine([] {
            if (selfWorker)
                WorkerListening::sayLastWords(*selfWorker);
        });
}
Q_COREAPP_STARTUP_FUNCTION(takeChannel)

// How long a process that ends waits for its parent to take what it has said last: one that is busy for a moment gets
// it all, one that stands still holds nobody up for long.
static constexpr int LastWordsPatience = 1000;

void Worker::Private::sayLastWords()
{
    if (channel)
        channel->sendRest(LastWordsPatience);
}

void Worker::Private::updateLive()
{
    bool held = isConnected();
    if (!inChild)
        held = held || (process && !dead);
    else if (!id)
        held = held && (q->isSignalConnected(QMetaMethod::fromSignal(&Worker::message)) ||
                        q->isSignalConnected(QMetaMethod::fromSignal(&Worker::disconnected)));
    live.set(held);
}

// A handle that was packed and does not leave would be lost.
Error Worker::Private::tooLarge(const QCborValue &message, qint64 luggage) const
{
    constexpr qint64 Labels = 1024; // a path among them
    const QByteArray bytes = message.toCbor();
    const qint64 size = bytes.size();
    if (size > HandleChannel::LargestMessage / 2 || size + luggage + Labels > HandleChannel::LargestMessage ||
        sizeOnceRead(bytes) + luggage + 2 * Labels > HandleChannel::HeaviestMessage)
        return Error::fromErrno(EMSGSIZE, u"write"_s);
    if (channel->queued() + size + luggage + Labels > HandleChannel::LargestQueue)
        return Error::fromErrno(ENOBUFS, u"write"_s);
    return {};
}

int Worker::id() const
{
    return d->id;
}

qint64 Worker::processId() const
{
    return d->processId;
}

QProcess *Worker::process() const
{
    return d->process;
}

bool Worker::isConnected() const
{
    return d->isConnected();
}

bool Worker::isDead() const
{
    return d->dead;
}

bool Worker::exitedAfterDisconnect() const
{
    return d->exitedAfterDisconnect;
}

bool Worker::send(const QCborValue &message, const Handle &handle, const SendOptions &options)
{
    return d->send(message, handle, options, {});
}

QCborValue Worker::toCbor(const QVariant &message)
{
    return valueFrom(message);
}

bool Worker::sendWith(const QCborValue &message, const Handle &handle, const SendOptions &options,
                      Callback<const Error &> callback)
{
    return d->send(message, handle, options, std::move(callback));
}

qint64 Worker::writableLength() const
{
    return d->channel ? d->channel->queued() : 0;
}

Worker &Worker::disconnectWorker()
{
    d->disconnect();
    return *this;
}

void Worker::kill(int signal)
{
    d->kill(signal);
}

void Worker::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&Worker::message))
        NextTick::current().post(d.get(), [this] { d->releaseHeld(); });
    d->updateLive();
}

} // namespace net
