#pragma once
#include "libnet/cluster/heldmessages.h"
#include "libnet/cluster/sentsockets.h"
#include "libnet/cluster/worker.h"
#include "libnet/stream/livehandles.h"

namespace net {

/// Who looks after a cluster's worker: in the primary the cluster, in the worker its listening.
class WorkerKeeper
{
public:
    /// A message of the cluster's own.
    virtual void internal(Worker &worker, const QCborMap &message, const SharedDescriptor &handle) = 0;
    /// disconnectWorker() was called on this side.
    virtual void leave(Worker &worker) = 0;
    /// A message is told; before the worker tells it.
    virtual void message(Worker &worker, const QCborValue &message, const Handle &handle) = 0;
    virtual bool wantsMessages() const = 0;
    /// The channel is closed; before the worker tells it, and after.
    virtual void disconnecting(Worker &worker) = 0;
    virtual void disconnected(Worker &worker) = 0;
    /// The process is gone; before the worker tells it, and after.
    virtual void exiting(Worker &worker) = 0;
    virtual void exited(Worker &worker, int code, int signal) = 0;
    /// The object goes.
    virtual void gone(Worker &worker) = 0;

protected:
    ~WorkerKeeper() = default;
};

/// What stands behind a Worker: the process, the channel to it, and what the two processes owe each other.
class Worker::Private final : private HandleChannel::Owner, public NextTick::Owner, public Mortal
{
public:
    Private(Worker *worker, int id) : q(worker), id(id) {}
    ~Private();

    /// In the parent.
    void start(const ForkOptions &options);
    /// In the child.
    void adopt(Descriptor descriptor);
    /// The application ends: what is queued leaves, if the parent takes it.
    void sayLastWords();

    bool send(const QCborValue &message, const Handle &handle, const SendOptions &options,
              Callback<const Error &> callback);
    void disconnect();
    void kill(int signal);
    void releaseHeld();
    void updateLive();

    // The cluster's own messages: maps with an "act".
    using Reply = std::function<void(const QCborMap &reply, const SharedDescriptor &handle)>;
    void tell(const QCborMap &message, const SharedDescriptor &handle = {});
    /// \a reply gets an empty map if the other process goes before it has answered.
    void ask(QCborMap message, Reply reply, const SharedDescriptor &handle = {});
    void answer(const QCborMap &question, QCborMap reply, const SharedDescriptor &handle = {});
    bool isConnected() const { return channel && channel->isConnected(); }
    void closeChannel();

    Worker *const q;
    const int id;
    WorkerKeeper *keeper = nullptr;
    QProcess *process = nullptr;
    std::unique_ptr<HandleChannel> channel;
    qint64 processId = 0;
    bool inChild = false;
    bool dead = false;
    bool exitedAfterDisconnect = false;
    bool leaving = false;
    size_t openCounts = 0; ///< of connections, that it has asked for and that others have not told yet

private:
    void received(ChannelMessage message) override;
    void handleLost(const ChannelMessage &message) override;
    void drained() override;
    void garbled() override;
    void disconnected() override;

    Error tooLarge(const QCborValue &message, qint64 luggage) const;
    void receivedInternal(const QCborMap &message, const SharedDescriptor &handle);
    void lose(const ChannelMessage &message);
    void deliver(const ChannelMessage &message);
    void tellMessage(const QCborValue &value, const Handle &handle);
    bool hasReceiver() const;
    void finished(int code, int signal);
    void couldNotStart(const QString &program, int reason);

    LiveHandle live;
    SentSockets sent;
    std::shared_ptr<WayBack> wayBack;
    QHash<qint64, Reply> replies;
    qint64 lastQuestion = 0;
    HeldMessages held;
    bool complained = false;
    bool toldDisconnected = false;
    bool disconnectedEarly = false; ///< before the process is known to run
};

} // namespace net
