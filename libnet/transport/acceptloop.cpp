#include "libnet/transport/acceptloop.h"

#include <cerrno>

namespace net {

void SpareDescriptor::renew()
{
    if (!m_spare)
        m_spare = socketops::openSpare();
}

bool SpareDescriptor::refuseOne(int listener)
{
    m_spare.reset();
    int error = 0;
    const bool taken = bool(socketops::acceptOne(listener, error)); // closed at the end of this line
    renew();
    return taken;
}

AcceptLoop::Outcome AcceptLoop::run(int listener, Acceptor::Owner &owner, const std::function<bool()> &alive,
                                    int perTurn)
{
    for (int i = 0; i < perTurn; ++i) {
        int error = 0;
        Descriptor connection = socketops::acceptOne(listener, error);
        if (connection) {
            owner.accepted(std::move(connection));
        } else if (error == EAGAIN || error == EWOULDBLOCK) {
            return Outcome::Again;
        } else if (error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM) {
            if (!m_spare.refuseOne(listener))
                return Outcome::Starved;
            owner.refused(error);
        }
        // Anything else (ECONNABORTED, EPROTO, ...) concerns a client that is gone: on to the next one.
        if (!alive())
            return Outcome::Again;
    }
    return Outcome::Again;
}

} // namespace net
