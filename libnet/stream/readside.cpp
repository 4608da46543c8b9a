#include "libnet/stream/readside.h"

namespace net {

void ReadSide::push(const QByteArray &bytes)
{
    m_length += bytes.size();
    // A lent block would be far larger than what it holds: keep exact copies only.
    const bool exact = bytes.capacity() < 2 * bytes.size();
    m_chunks.append(exact ? bytes : QByteArray(bytes.constData(), bytes.size()));
}

QByteArray ReadSide::take()
{
    QByteArray bytes = m_chunks.takeFirst();
    m_length -= bytes.size();
    return bytes;
}

void ReadSide::reset()
{
    m_chunks.clear();
    m_length = 0;
    m_ended = m_endEmitted = false;
}

} // namespace net
