#pragma once
#include "libnet/callback.h"
#include "libnet/error.h"
#include "libnet/stream/lifeguard.h"
#include "libnet/stream/nexttick.h"
#include "libnet/transport/handlepassing.h"
#include "libnet/transport/reactor.h"

#include <QCborMap>
#include <QCborValue>

#include <deque>

namespace net {

/// A descriptor that several hold; the last one closes it.
using SharedDescriptor = std::shared_ptr<Descriptor>;

/// One message between two processes.
struct ChannelMessage
{
    enum class Kind : quint8 {
        User = 0,     ///< what send() was given
        Internal = 1, ///< the cluster's own
        Received = 2, ///< the channel's own: the last handle has come
        Lost = 3,     ///< the channel's own: it has not
    };
    Kind kind = Kind::User;
    QCborValue value = {};
    QCborMap about = {};          ///< what the other side is to know of the handle
    SharedDescriptor handle = {}; ///< null: there is none
    bool isAnswer = false;        ///< of Internal: to a question of the other side
    qsizetype size = 0;           ///< bytes of memory that the two take, of one that has come
};

/// Messages that may carry a descriptor, over one end of a local stream, which it owns.
/// A frame is its size (4 bytes, little-endian), its kind, whether a descriptor comes with it (1 byte each), and a CBOR
/// array [value, about]. The descriptor travels with the first byte. One is under way at a time, until the other side
/// has said that it has come: what was sent after it waits, so that the order is kept. One that is lost is sent again,
/// three times; then its message goes alone. Descriptors that nobody has announced are closed.
class HandleChannel : private Reactor::Watch, private NextTick::Owner, private Mortal
{
public:
    class Owner
    {
    public:
        /// May destroy the channel.
        virtual void received(ChannelMessage message) = 0;
        /// A handle did not get through, or nobody knows any more whether it did, and is closed here. Its message went
        /// alone, unless the end has come.
        virtual void handleLost(const ChannelMessage &message) = 0;
        /// The queue is empty again after send() has returned false.
        virtual void drained() = 0;
        /// The other side has sent what is no message: the channel closes. May destroy the channel.
        virtual void garbled() = 0;
        /// Nothing comes or goes any more. Once, and never from inside a call. May destroy the channel.
        virtual void disconnected() = 0;

    protected:
        ~Owner() = default;
    };
    using Done = std::function<void(const Error &)>;

    HandleChannel(Owner &owner, Descriptor descriptor);
    ~HandleChannel() override;

    /// Sends, or queues. \a done is called once, later: when the bytes have left, or never will.
    /// False if so much waits that one should wait for drained().
    bool send(ChannelMessage message, Done done = {});
    /// Takes no more messages, and closes once the last one has left.
    void disconnect();
    /// Blocks until all that is queued has left, as long as it moves within \a patience (ms): the process ends.
    void sendRest(int patience);
    /// The messages with a handle of which nothing has left.
    std::vector<ChannelMessage> unsentHandles() const;
    /// Takes what has come until now, and closes: the process at the other end is gone.
    void finish();
    /// Hangs up on one that keeps to no rules. The owner is told that it is garbled(), and then that it is closed.
    void closeGarbled();
    bool isConnected() const { return m_state == State::Open; }
    qsizetype queued() const { return m_queued; } ///< bytes

    static constexpr qsizetype LargestMessage = 16 * 1024 * 1024;
    /// In memory, once it is read.
    static constexpr qsizetype HeaviestMessage = 32 * 1024 * 1024;
    static constexpr qsizetype HighWaterMark = 128 * 1024;
    static constexpr qsizetype LargestQueue = 64 * 1024 * 1024;
    /// With the cluster's own messages, for which there is room when the user has filled the queue.
    static constexpr qsizetype LargestOwnQueue = LargestQueue + LargestMessage;
    /// That wait, or are not known yet. Beyond, the other side asks and does not listen: the channel closes.
    static constexpr size_t MostAnswers = 10'000;

private:
    enum class State : quint8 { Open, Leaving, Closed };
    struct Outgoing
    {
        ChannelMessage message; ///< only of those that carry a handle, to send it again
        QByteArray bytes;
        qsizetype sent = 0;
        Done done;
        bool isAnswer = false;
    };

    void ready(quint8 readiness) override;
    bool receiveOnce();
    bool takeFrames();
    bool take(ChannelMessage message, bool announced);
    bool hasRoomFor(const ChannelMessage &message, qsizetype bytes) const;
    void enqueue(Outgoing outgoing);
    void flush();
    void handleAnswered(bool received);
    void releaseWaiting();
    void closeIfDone();
    void close();
    void dropUnannounced();
    void reportLost(const ChannelMessage &message);
    void report(Done done, const Error &error);
    void updateWatch();

    Owner &m_owner;
    Descriptor m_descriptor;
    State m_state = State::Open;
    QByteArray m_input;
    std::vector<Descriptor> m_handles; ///< received, and not yet claimed by a frame
    std::deque<Outgoing> m_output;
    std::deque<Outgoing> m_waiting; ///< until the handle under way has come
    std::optional<ChannelMessage> m_underWay;
    int m_attempts = 0;
    size_t m_answers = 0; ///< that have not left
    qsizetype m_queued = 0;
    bool m_needDrain = false;
};

} // namespace net
