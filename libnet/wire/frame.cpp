#include "libnet/wire/frame.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace net::wire {

void FrameReader::acceptAll(quint16 version)
{
    m_greeted = true;
    m_version = version;
}

void FrameReader::feed(QByteArrayView bytes)
{
    if (hasError())
        return;
    if (m_position > 0) {
        m_buffer.remove(0, m_position);
        m_position = 0;
    }
    m_buffer.append(bytes);
}

std::optional<Frame> FrameReader::next()
{
    FrameHeader header;
    if (hasError() || buffered() < qsizetype(sizeof header))
        return {};
    std::memcpy(&header, m_buffer.constData() + m_position, sizeof header);
    if (!allows(header))
        return {};
    const qsizetype whole = qsizetype(sizeof header) + header.size;
    if (buffered() < whole)
        return {};
    Frame frame{FrameType(header.type), header.flags,
                QByteArrayView(m_buffer).sliced(m_position + qsizetype(sizeof header), header.size)};
    m_position += whole;
    return frame;
}

bool FrameReader::allows(const FrameHeader &header)
{
    const auto type = FrameType(header.type);
    const qint64 limit = maximumPayload(type, m_sender, m_version);
    if (limit < 0)
        fail(u"frame type %1 may not be sent by this side"_s.arg(header.type));
    else if (header.reserved != 0)
        fail(u"reserved bytes of the frame header are not 0"_s);
    else if (header.size > limit)
        fail(u"frame type %1 of %2 bytes is larger than %3"_s.arg(header.type).arg(header.size).arg(limit));
    else if (!m_greeted && type != FrameType::Hello && type != FrameType::Error && type != FrameType::Bye)
        fail(u"frame type %1 came before the hello"_s.arg(header.type));
    return !hasError();
}

void FrameReader::fail(const QString &reason)
{
    m_error = reason;
    m_buffer.clear();
    m_position = 0;
}

FrameWriter::FrameWriter(QByteArray &out, FrameType type, quint8 flags) : m_out(out), m_start(out.size())
{
    append(FrameHeader{0, quint8(type), flags, 0});
}

FrameWriter::~FrameWriter()
{
    const auto payload = quint32(size());
    std::memcpy(m_out.data() + m_start, &payload, sizeof payload);
}

} // namespace net::wire
