#include "libnet/stream/readside.h"

#include <QtMath>

#include <utility>

namespace net {

void ReadSide::push(const QByteArray &bytes)
{
    m_length += bytes.size();
    // A lent block would be far larger than what it holds: keep exact copies only.
    const bool exact = bytes.capacity() < 2 * bytes.size();
    m_chunks.append(exact ? bytes : QByteArray(bytes.constData(), bytes.size()));
}

// As in Node: the next power of two, up to 1 GiB.
void ReadSide::makeRoomFor(qsizetype count)
{
    if (count > m_highWaterMark)
        m_highWaterMark = qMin<qsizetype>(qsizetype(qNextPowerOfTwo(quint64(count - 1))), 1 << 30);
}

void ReadSide::unshift(const QByteArray &bytes)
{
    if (m_offset) {
        m_chunks.first().remove(0, m_offset);
        m_offset = 0;
    }
    m_length += bytes.size();
    m_chunks.prepend(bytes);
}

QByteArray ReadSide::take()
{
    return m_chunks.isEmpty() ? QByteArray() : take(m_chunks.first().size() - m_offset);
}

QByteArray ReadSide::take(qsizetype count)
{
    m_length -= count;
    if (m_offset == 0 && m_chunks.first().size() == count)
        return m_chunks.takeFirst();
    QByteArray bytes;
    bytes.reserve(count);
    while (bytes.size() < count) {
        const QByteArray &first = m_chunks.first();
        const qsizetype part = qMin(count - bytes.size(), first.size() - m_offset);
        bytes.append(first.constData() + m_offset, part);
        m_offset += part;
        if (m_offset == first.size()) {
            m_chunks.removeFirst();
            m_offset = 0;
        }
    }
    return bytes;
}

const QByteArray &ReadSide::together()
{
    static const QByteArray none;
    if (m_chunks.size() > 1)
        unshift(take(m_length));
    if (m_offset)
        m_chunks.first().remove(0, std::exchange(m_offset, 0));
    return m_chunks.isEmpty() ? none : m_chunks.constFirst();
}

void ReadSide::reset()
{
    m_chunks.clear();
    m_offset = m_length = 0;
    m_ended = m_endEmitted = false;
    needReadable = listening;
    readablePosted = false;
}

} // namespace net
