#include "libnet/agent/payloadstore.h"

namespace net::agent {

void PayloadStore::append(wire::Payload piece)
{
    m_bytes += cost(piece);
    m_pieces.push_back(std::move(piece));
}

void PayloadStore::dropFirst()
{
    m_bytes -= cost(m_pieces.front());
    m_pieces.pop_front();
    ++m_first;
}

void PayloadStore::clear()
{
    m_first = next();
    m_pieces.clear();
    m_bytes = 0;
}

} // namespace net::agent
