#include "tests/model/link.h"

namespace model {

void Link::join(Side side, net::Socket *socket)
{
    m_sides[side].socket = socket;
    m_sides[side].joined = true;
}

void Link::leave(Side side)
{
    State &state = m_sides[side];
    state.lost = state.lost || !state.ended;
    state.socket.clear();
}

bool Link::isLostFor(Side side) const
{
    const State &other = m_sides[side == Client ? Server : Client];
    if (other.lost)
        return true;
    // A client that has connected, and is gone before it was told so, says nothing of itself.
    if (!other.joined)
        return side == Server;
    return other.isGone() && !other.ended;
}

std::shared_ptr<Link> Door::knock()
{
    return m_waiting.emplace_back(std::make_shared<Link>());
}

std::shared_ptr<Link> Door::nextOfPath()
{
    if (m_waiting.empty())
        return nullptr;
    std::shared_ptr<Link> link = m_waiting.front();
    m_waiting.pop_front();
    return link;
}

std::shared_ptr<Link> Door::ofPort(quint16 port)
{
    if (!port)
        return std::make_shared<Link>();
    std::shared_ptr<Link> &link = m_ports[port];
    if (!link)
        link = std::make_shared<Link>();
    // Its client came too late.
    if (m_closed && !link->hasJoined(Link::Server))
        link->lose(Link::Server);
    return link;
}

void Door::close()
{
    m_closed = true;
    for (const std::shared_ptr<Link> &link : m_waiting)
        link->lose(Link::Server);
    for (const std::shared_ptr<Link> &link : std::as_const(m_ports)) {
        if (!link->hasJoined(Link::Server))
            link->lose(Link::Server);
    }
}

bool Door::hasLostStranger() const
{
    for (const std::shared_ptr<Link> &link : m_ports) {
        if (!link->hasJoined(Link::Client) && link->isLostFor(Link::Client))
            return true;
    }
    return false;
}

} // namespace model
