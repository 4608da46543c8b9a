#pragma once
#include "libnet/slottime_p.h"
#include "libnet/socket.h"
#include "libnet/stream/idletimer.h"
#include "libnet/stream/lifeguard.h"
#include "libnet/stream/livehandles.h"
#include "libnet/stream/nexttick.h"
#include "libnet/stream/readside.h"
#include "libnet/stream/textcodec.h"
#include "libnet/stream/writequeue.h"

#include <QMetaMethod>
#include <QPointer>

namespace net {

class Census;
class FaultLine;
class SocketConnecting;
class SocketDevice;
class SocketPipe;

/// What of a socket goes along when it is handed to another process.
struct SocketCargo
{
    Descriptor descriptor = {};
    QByteArray unread = {};
    QByteArray unsent = {};
    bool allowHalfOpen = false;
    bool paused = false;
    bool peerEnded = false;              ///< the FIN was read, ended() may still be due
    bool toldEnded = false;              ///< ended() was emitted
    bool ending = false;                 ///< end() was called
    bool finished = false;               ///< our FIN is out
    std::shared_ptr<Census> census = {}; ///< who goes on counting it
};

/// What stands behind a Socket: the rules of its life. Reading and writing rules themselves are those of ReadSide
/// and WriteQueue, connecting is SocketConnecting's; here they meet.
class Socket::Private final : public probe::Subject,
                              public NextTick::Owner, // in Subject's padding
                              public StreamTransport::Owner,
                              public IdleTimer::Owner,
                              public Mortal
{
public:
    Private(Socket *socket, const SocketOptions &options);
    ~Private() override;

    // Life: from a descriptor to closed().
    void adopt(Descriptor descriptor, probe::Origin origin);
    void adoptBound(BoundSocket &bound);
    void obey(const std::stop_token &signal);
    /// Hands the connection over: for the user this socket is closed, for the peer nothing happens. With \a keepOpen
    /// both go on, and what was read stays here. No descriptor: there is no connection.
    SocketCargo handOver(bool keepOpen, qint64 process);
    /// Takes over what another process has handed over. startReading() is to follow.
    void takeOver(SocketCargo cargo, qint64 process);
    void connectTo(const ConnectOptions &options);
    void established(Descriptor descriptor);
    void destroy(const Error &error);
    void leaveServer();
    void beReborn();
    /// Called by moveToThread(), in the old thread: the rest follows in the new one.
    void changeThread();
    bool isConnecting() const { return bool(connecting); }
    bool isReadable() const { return !destroyed && !reads.endEmitted(); }
    bool isWritable() const { return !destroyed && !ending; }

    // Reading.
    void startReading();  ///< unless paused
    void updateReading(); ///< paused or not, up to the mark
    void stopReading();
    void flow();
    void resume();
    void pause();
    QByteArray read(qint64 maxSize);
    /// How many bytes a read() of so many characters takes, all of them if it is below 0.
    qsizetype characterBytes(qint64 maxSize);
    /// What is unread begins a character, and there is an encoding: nothing that could be taken.
    bool holdsUnfinished();
    void unshift(const QByteArray &bytes);
    bool push(const QByteArray &bytes);
    void pushEnd();
    void listenReadable();
    void stopListeningReadable();
    void canRead() override;
    /// The one who receives everything that is read, if it may be read past us; or null.
    SocketPipe *onlyReader() const;

    // Writing.
    bool write(const QByteArray &bytes, WriteCallback &&done);
    /// Why nothing can be written any more; no error if it can, or if nobody has connected yet.
    Error refusal() const;
    /// The same for end() with bytes, which Node's sockets don't tell of the peer.
    Error endRefusal() const;
    /// Nobody has called connectTo(), or the connection is over.
    bool isUnconnected() const { return !destroyed && !transport.isOpen() && !isConnecting(); }
    void refuse(qsizetype size, const Error &reason, WriteCallback &&done);
    /// Whether bytes may go to the kernel past us, in their order: nothing waits to be written, or to be told.
    bool mayBypassQueue() const;
    /// So many went past us.
    void bypassed(qsizetype bytes);
    /// Tells drain() once the kernel takes more: what went past us has filled it.
    void awaitRoom();
    void end(WriteCallback done);
    void cork();
    void uncork();
    void destroySoon();
    void resetAndDestroy();
    void canWrite() override;
    void written(std::span<const socketops::Piece> pieces, qsizetype bytes) override;

    // Inspection, and what an inspector may order.
    probe::Outcome obey(const probe::Order &order) override;
    /// From now on \a plan stands between us and the descriptor, unless the draw spares us.
    void arm(std::shared_ptr<const probe::FaultPlan> plan);
    /// Lets everything go on at once; nothing if nothing is armed.
    void disarm();
    probe::Facts facts() const override;
    probe::State state() const;
    quint32 flags() const;
    void tell(probe::EventKind why, quint64 a = 0, quint64 b = 0);
    void tellDescribed();
    /// Has \a emit emit the signal of \a why, and tells who watches how long its slots took. False if the socket died
    /// in them.
    template <typename Emit>
    bool timed(probe::EventKind why, Emit &&emit)
    {
        const LifeGuard guard(this);
        const SlotTime time;
        emit();
        if (guard.isDead())
            return false;
        time.end(*this, why);
        return true;
    }
    /// The application ends us, or destroys us, unless that is done: told from the public functions alone.
    void tellEndCall();
    void tellDestroyCall();

    /// Settings and names that few sockets have.
    struct Extras
    {
        explicit Extras(IdleTimer::Owner &owner);
        ~Extras();
        IdleTimer idle;
        SocketAddress local;
        SocketAddress remote;
        SocketAddress target; ///< where the last attempt to connect went, for the inspector
        QStringList attemptedAddresses;
        QList<WriteCallback> finishCallbacks;
        QList<WriteCallback> cutShort; ///< by a slot of connected()
        QList<QPointer<SocketPipe>> pipes;
        QPointer<QObject> device; ///< toDevice()
        std::unique_ptr<TextDecoder> decoder;
        Error lastError;
        KeepAlive keepAlive;
        int typeOfService = -1; ///< -1: not set
        std::optional<BlockList> blockList;
        std::optional<OnRead> onread;
        std::optional<std::stop_callback<std::function<void()>>> stop;
        std::unique_ptr<FaultLine> line; ///< while armed
        Descriptor bound;                ///< an adopted BoundSocket's, to connect from
    };
    Extras &extra();
    void noteActivity()
    {
        if (extras)
            extras->idle.noteActivity();
    }
    void updateLive();
    /// What waits to be written matters to updateLive() only while nothing is read.
    void writesChanged()
    {
        if (!transport.isReading())
            updateLive();
    }
    void setReading(bool enable);
    bool isIdle() const;
    void rememberEnds();
    void applySettings();
    void resetIfWanted();
    void tellCutShort();

    Socket *const q;
    StreamTransport transport{*this};
    ReadSide reads;
    WriteQueue writes;
    quint64 bytesRead = 0;
    std::unique_ptr<SocketConnecting> connecting;
    std::unique_ptr<Extras> extras;
    std::shared_ptr<Census> census; ///< of the server that accepted us, or null
    quint64 serverId = 0;
    LiveHandle live;
    qint64 createdAt = 0;
    probe::Origin origin = probe::Origin::Created;

    bool allowHalfOpen : 1 = false;
    bool destroyed : 1 = false;
    bool hadError : 1 = false;
    bool ending : 1 = false;      ///< end() was called
    bool finalCalled : 1 = false; ///< everything is written, the FIN is out
    bool finished : 1 = false;    ///< finish() was emitted
    bool needDrain : 1 = false;
    bool afterWritePosted : 1 = false;
    bool readingStopped : 1 = false; ///< by stopReading()
    bool resumePosted : 1 = false;
    bool endPosted : 1 = false;
    bool autoDelete : 1 = false;
    bool referenced : 1 = true;
    bool counted : 1 = false; ///< our server counts us
    bool noDelay : 1 = false;
    bool destroyWhenFinished : 1 = false;
    bool resetWhenClosed : 1 = false;
    bool resetWhenConnected : 1 = false;
    bool resetComesFirst : 1 = false; ///< before what was written while connecting
    bool firstWriteWaits : 1 = false; ///< for the slots of connected()
    bool closedTold : 1 = false;      ///< closed() was emitted: nothing more is
    bool armed : 1 = false;           ///< with a fault, by an inspector: what is written waits for the line
    bool heldByOrder : 1 = false;     ///< an order has paused it
    bool wasUntouched : 1 = false;    ///< before that order
    quint16 corked = 0;

private:
    void keepTypeOfService(int typeOfService);
    void idle() override;
    bool deliver(const QByteArray &bytes);
    void tellIfLost(bool decoded, qsizetype size);
    void refuseWrite(qsizetype size, WriteCallback &&done);
    void readInto(OnRead &target, qsizetype most = -1);
    void readPaced();
    void writePaced();
    void proceed();
    bool resetIfSpent();
    void release();
    probe::Outcome inject(const QByteArray &bytes);
    void peerEnded();
    void flowBuffered();
    void emitReadable();
    void emitReadableNow();
    /// What was ended is not held back by a later cork().
    bool isCorked() const { return corked && !ending; }
    bool holdsBack() const { return isConnecting() || isCorked() || armed; }
    void arrived(const QByteArray &bytes);
    void postEndReadable();
    void endReadable();
    /// Bytes that write() has accepted in this turn belong to the peer, as if each had been sent at once.
    int flushTurn() { return transport.isOpen() && writes.needsFlush() ? writes.flush(transport) : 0; }
    void afterWrite();
    void tellDrain();
    void finishWrites();
    void writeFirst();
    void postAfterWrite();
    void maybeFinish();
    void finish();
    void fail(int error, const char *syscall);
    void postUnsent(const QList<WriteCallback> &callbacks, const Error &error);
    void postUnconnected(const QList<WriteCallback> &callbacks, const Error &error, bool writeWaits);
    void emitClosed(bool failed);
};

} // namespace net
