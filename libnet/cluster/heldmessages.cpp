#include "libnet/cluster/heldmessages.h"

namespace net {

// Others need descriptors too.
static constexpr int ShareOfDescriptors = 4;

bool HeldMessages::add(ChannelMessage &message)
{
    if (m_messages.size() >= Most || m_size + message.size > Largest)
        return false;
    if (message.handle && m_handles >= socketops::mostDescriptors() / ShareOfDescriptors)
        return false;
    m_size += message.size;
    m_handles += message.handle ? 1 : 0;
    m_messages.push_back(std::move(message));
    return true;
}

ChannelMessage HeldMessages::takeFirst()
{
    ChannelMessage first = std::move(m_messages.front());
    m_messages.pop_front();
    m_size -= first.size;
    m_handles -= first.handle ? 1 : 0;
    return first;
}

} // namespace net
