#pragma once
#include "libnet/cluster/handlechannel.h"

namespace net {

/// Messages that have come before anybody listens. The other process may be no friend: there is a bound to how many,
/// how large, and how many descriptors with them.
class HeldMessages
{
public:
    static constexpr size_t Most = 1000;
    static constexpr qsizetype Largest = 32 * 1024 * 1024; ///< bytes of all, once read

    /// False if there is no room for \a message.
    bool add(ChannelMessage &message);
    bool isEmpty() const { return m_messages.empty(); }
    ChannelMessage takeFirst();

private:
    std::deque<ChannelMessage> m_messages;
    qsizetype m_size = 0;
    int m_handles = 0;
};

} // namespace net
