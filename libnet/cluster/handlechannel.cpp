#include "libnet/cluster/handlechannel.h"

#include "libnet/cluster/channelframe.h"
#include "libnet/codes.h"

#include <algorithm>
#include <cerrno>

namespace net {

using namespace Qt::StringLiterals;

// The first time and three more, as Node does: beyond that it is no accident.
static constexpr int MostAttempts = 4;
// One read of a turn: enough for a burst of small messages.
static constexpr qsizetype ReadSize = 64 * 1024;
// Of the room that a large message has needed.
static constexpr qsizetype MostKept = 4 * ReadSize;

HandleChannel::HandleChannel(Owner &owner, Descriptor descriptor) : m_owner(owner), m_descriptor(std::move(descriptor))
{
    updateWatch();
}

HandleChannel::~HandleChannel()
{
    Reactor::forget(*this); // before the descriptor is closed
}

void HandleChannel::updateWatch()
{
    if (!m_descriptor)
        return;
    const quint8 wanted = m_output.empty() ? Reactor::Readable : Reactor::Readable | Reactor::Writable;
    Reactor::current().want(*this, m_descriptor.get(), wanted);
}

// Sending ------------------------------------------------------------------------------------------------------

bool HandleChannel::send(ChannelMessage message, Done done)
{
    if (m_state != State::Open) {
        report(std::move(done), codes::channelClosed());
        return false;
    }
    Outgoing outgoing = {
        .message = {}, .bytes = encoded(message), .done = std::move(done), .isAnswer = message.isAnswer};
    const qsizetype size = outgoing.bytes.size();
    const bool tooLarge = isTooLarge(QByteArrayView(outgoing.bytes).sliced(FrameHeader::Size));
    if (tooLarge || !hasRoomFor(message, size)) {
        if (!tooLarge && message.kind == ChannelMessage::Kind::Internal)
            closeGarbled(); // what the other side waits for is lost: no use to go on
        report(std::move(outgoing.done), Error::fromErrno(tooLarge ? EMSGSIZE : ENOBUFS, u"write"_s));
        return false;
    }
    if (message.handle)
        outgoing.message = std::move(message);
    m_queued += size;
    m_answers += outgoing.isAnswer ? 1 : 0;
    // Everything waits behind a handle that is under way: so messages keep their order whatever becomes of it.
    if (m_underWay || !m_waiting.empty())
        m_waiting.push_back(std::move(outgoing));
    else
        enqueue(std::move(outgoing));
    m_needDrain |= m_queued >= HighWaterMark;
    return m_queued < HighWaterMark;
}

bool HandleChannel::hasRoomFor(const ChannelMessage &message, qsizetype bytes) const
{
    if (message.kind == ChannelMessage::Kind::User)
        return m_queued + bytes <= LargestQueue;
    return m_queued + bytes <= LargestOwnQueue && !(message.isAnswer && m_answers >= MostAnswers);
}

void HandleChannel::enqueue(Outgoing outgoing)
{
    if (outgoing.message.handle) {
        m_underWay = outgoing.message;
        m_attempts = 1;
    }
    m_output.push_back(std::move(outgoing));
    if (m_output.size() == 1)
        flush();
}

void HandleChannel::flush()
{
    while (!m_output.empty()) {
        Outgoing &first = m_output.front();
        const int handle = first.sent == 0 && first.message.handle ? first.message.handle->get() : -1;
        const socketops::IoResult result = socketops::sendWithHandle(
            m_descriptor.get(), first.bytes.constData() + first.sent, first.bytes.size() - first.sent, handle);
        if (result.error && !result.wouldBlock()) {
            // Too many of the user's descriptors are on their way somewhere: it goes alone.
            if (result.error == ETOOMANYREFS && handle >= 0) {
                ChannelMessage lost = *std::exchange(m_underWay, std::nullopt);
                first.message = {};
                lost.handle.reset();
                m_queued -= first.bytes.size();
                first.bytes = encoded(lost);
                m_queued += first.bytes.size();
                reportLost(lost);
                continue;
            }
            // Whatever the other side has said before it closed is still to be read: the end is told there.
            NextTick::current().post(this, [this] { finish(); });
            break;
        }
        first.sent += result.bytes;
        m_queued -= result.bytes;
        if (first.sent < first.bytes.size())
            break;
        report(std::move(first.done), {});
        m_answers -= first.isAnswer ? 1 : 0;
        m_output.pop_front();
    }
    updateWatch();
    if (m_output.empty() && m_waiting.empty() && std::exchange(m_needDrain, false))
        NextTick::current().post(this, [this] { m_owner.drained(); });
}

void HandleChannel::sendRest(int patience)
{
    while (m_descriptor && !m_output.empty()) {
        const qsizetype before = m_queued;
        flush();
        if (m_queued == before && !socketops::waitWritable(m_descriptor.get(), patience))
            return;
    }
}

void HandleChannel::report(Done done, const Error &error)
{
    if (done)
        NextTick::current().post(this, [done = std::move(done), error] { done(error); });
}

void HandleChannel::reportLost(const ChannelMessage &message)
{
    NextTick::current().post(this, [this, message] { m_owner.handleLost(message); });
}

void HandleChannel::handleAnswered(bool received)
{
    if (!m_underWay)
        return;
    if (received || m_attempts >= MostAttempts) {
        ChannelMessage message = *std::exchange(m_underWay, std::nullopt);
        if (!received) {
            message.handle.reset();
            Outgoing alone = {.message = {}, .bytes = encoded(message), .done = {}};
            m_queued += alone.bytes.size();
            m_output.push_back(std::move(alone));
            reportLost(message);
        }
        releaseWaiting();
    } else {
        ++m_attempts;
        Outgoing again = {.message = *m_underWay, .bytes = encoded(*m_underWay), .done = {}};
        m_queued += again.bytes.size();
        m_output.push_back(std::move(again));
    }
    flush();
}

void HandleChannel::releaseWaiting()
{
    while (!m_waiting.empty() && !m_underWay) {
        Outgoing next = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (next.message.handle) {
            m_underWay = next.message;
            m_attempts = 1;
        }
        m_output.push_back(std::move(next));
    }
}

// Receiving ----------------------------------------------------------------------------------------------------

void HandleChannel::ready(quint8 readiness)
{
    const LifeGuard guard(this);
    if (readiness & Reactor::Readable)
        receiveOnce();
    if (guard.isDead() || !m_descriptor)
        return;
    if (readiness & Reactor::Writable && !m_output.empty())
        flush();
    closeIfDone();
}

// False if nothing is left to receive for now, or ever.
bool HandleChannel::receiveOnce()
{
    const qsizetype before = m_input.size();
    m_input.resize(before + ReadSize);
    const socketops::IoResult result =
        socketops::receiveWithHandles(m_descriptor.get(), m_input.data() + before, ReadSize, m_handles);
    m_input.resize(before + result.bytes);
    if (result.bytes > 0)
        return takeFrames();
    if (!result.error || !result.wouldBlock())
        close();
    return false;
}

// False if we are dead or closed.
bool HandleChannel::takeFrames()
{
    const LifeGuard guard(this);
    while (m_input.size() >= FrameHeader::Size) {
        const FrameHeader header = FrameHeader::read(m_input.constData());
        if (!header.isValid()) {
            closeGarbled();
            return false;
        }
        const qsizetype size = FrameHeader::Size + qsizetype(header.bytes);
        if (m_input.size() < size)
            break;
        ChannelMessage message;
        if (!decode(header, QByteArray::fromRawData(m_input.constData() + FrameHeader::Size, header.bytes), message)) {
            closeGarbled();
            return false;
        }
        if (header.handle && !m_handles.empty()) {
            message.handle = std::make_shared<Descriptor>(std::move(m_handles.front()));
            m_handles.erase(m_handles.begin());
        }
        // Before it is told: a slot may run a nested event loop, which reads on.
        m_input.remove(0, size);
        if (m_input.isEmpty() && m_input.capacity() > MostKept)
            m_input = {};
        dropUnannounced();
        if (!take(std::move(message), header.handle) || !m_descriptor)
            return false;
        NextTick::current().eventDelivered();
        if (guard.isDead() || !m_descriptor)
            return false;
    }
    dropUnannounced();
    return true;
}

// The first frame that is not whole may still claim one.
void HandleChannel::dropUnannounced()
{
    size_t most = m_input.isEmpty() ? 0 : 1;
    if (m_input.size() >= FrameHeader::Size && !FrameHeader::read(m_input.constData()).handle)
        most = m_input.size() > FrameHeader::Size + qsizetype(FrameHeader::read(m_input.constData()).bytes) ? 1 : 0;
    while (m_handles.size() > most)
        m_handles.pop_back();
}

// False if we are dead.
bool HandleChannel::take(ChannelMessage message, bool announced)
{
    using Kind = ChannelMessage::Kind;
    const LifeGuard guard(this);
    if (message.kind == Kind::Received || message.kind == Kind::Lost) {
        handleAnswered(message.kind == Kind::Received);
        return !guard.isDead();
    }
    if (announced) {
        // It overtakes what waits behind a handle of ours, or both sides would wait for each other.
        if (m_answers >= MostAnswers) {
            closeGarbled();
            return true;
        }
        Outgoing answer = {.message = {},
                           .bytes = encoded({.kind = message.handle ? Kind::Received : Kind::Lost}),
                           .done = {},
                           .isAnswer = true};
        ++m_answers;
        m_queued += answer.bytes.size();
        enqueue(std::move(answer));
        if (!message.handle)
            return true; // it comes again, or its message alone
    }
    m_owner.received(std::move(message));
    return !guard.isDead();
}

// The end ------------------------------------------------------------------------------------------------------

void HandleChannel::disconnect()
{
    if (m_state != State::Open)
        return;
    m_state = State::Leaving;
    closeIfDone();
}

void HandleChannel::closeIfDone()
{
    if (m_state == State::Leaving && m_output.empty() && m_waiting.empty() && !m_underWay)
        close();
}

void HandleChannel::closeGarbled()
{
    NextTick::current().post(this, [this] { m_owner.garbled(); });
    close();
}

std::vector<ChannelMessage> HandleChannel::unsentHandles() const
{
    std::vector<ChannelMessage> unsent;
    for (const std::deque<Outgoing> *queue : {&m_output, &m_waiting}) {
        for (const Outgoing &one : *queue)
            if (one.message.handle && one.sent == 0)
                unsent.push_back(one.message);
    }
    return unsent;
}

void HandleChannel::finish()
{
    const LifeGuard guard(this);
    while (m_descriptor && receiveOnce()) {
        if (guard.isDead())
            return;
    }
    if (!guard.isDead())
        close();
}

void HandleChannel::close()
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    Reactor::forget(*this);
    m_descriptor.reset();
    m_handles.clear();
    m_input.clear();
    // It may have arrived and not been answered: whoever was sent it has it then, or is gone.
    if (m_underWay) {
        ChannelMessage lost = *std::exchange(m_underWay, std::nullopt);
        lost.handle.reset();
        // Until it has left, its sender is told below.
        const bool leaves = std::any_of(m_output.cbegin(), m_output.cend(),
                                        [](const Outgoing &one) { return one.message.handle && one.done; });
        if (!leaves)
            reportLost(lost);
    }
    for (std::deque<Outgoing> *queue : {&m_output, &m_waiting}) {
        for (Outgoing &unsent : *queue)
            report(std::move(unsent.done), codes::channelClosed());
        queue->clear();
    }
    m_queued = 0;
    m_answers = 0;
    NextTick::current().post(this, [this] { m_owner.disconnected(); });
}

} // namespace net
