#include "libnet/transport/streamtransport.h"

namespace net {

void StreamTransport::open(Descriptor descriptor)
{
    close();
    m_descriptor = std::move(descriptor);
}

socketops::IoResult StreamTransport::read(QByteArray &bytes)
{
    Reactor &mine = threadReactor();
    const socketops::IoResult result = mine.readBuffer().readOnce(descriptor(), bytes);
    mine.spend(result.bytes);
    return result;
}

socketops::IoResult StreamTransport::readInto(char *buffer, qsizetype size)
{
    const socketops::IoResult result = socketops::readSome(descriptor(), buffer, size);
    Reactor::current().spend(result.bytes);
    return result;
}

socketops::IoResult StreamTransport::write(const char *bytes, qsizetype size)
{
    const socketops::IoResult result = socketops::writeSome(descriptor(), bytes, size);
    if (result.bytes > 0) {
        const socketops::Piece piece = {bytes, size};
        m_owner.written({&piece, 1}, result.bytes);
    }
    return result;
}

socketops::IoResult StreamTransport::write(std::span<const socketops::Piece> pieces)
{
    const socketops::IoResult result = socketops::writeSome(descriptor(), pieces);
    if (result.bytes > 0)
        m_owner.written(pieces, result.bytes);
    return result;
}

void StreamTransport::close()
{
    Reactor::forget(*this);
    m_wanted = Reactor::Nothing;
    m_descriptor.reset();
}

Descriptor StreamTransport::release()
{
    Reactor::forget(*this);
    m_wanted = Reactor::Nothing;
    return std::move(m_descriptor);
}

void StreamTransport::want(quint8 readiness, bool enable)
{
    m_wanted = quint8(enable ? m_wanted | readiness : m_wanted & ~readiness);
    if (m_descriptor)
        Reactor::current().want(*this, descriptor(), m_wanted);
}

void StreamTransport::ready(quint8 readiness)
{
    // One of them, since we may be dead afterwards; the other is reported again, so they take turns. Reading first:
    // what the peer has said before it closed comes before our failing write, and the error is that of the read, as in
    // Node.
    const bool both = readiness == (Reactor::Readable | Reactor::Writable);
    m_hasRead = both && !m_hasRead;
    if (both ? m_hasRead : readiness == Reactor::Readable)
        m_owner.canRead();
    else
        m_owner.canWrite();
}

} // namespace net
