#include "inspector/session/sessionfile.h"

#include "inspector/session/crc32.h"
#include "libnet/wire/protocol.h"

#include <algorithm>
#include <cstring>

namespace inspector {

using net::wire::FrameHeader;

// More than a frame of the busiest application in one turn, so that a flush once a frame is nearly always enough.
static constexpr qsizetype portion = 1024 * 1024;
static constexpr qsizetype crcStart = offsetof(EntryHeader, kind);

void SessionFileWriter::begin(const SessionHead &head)
{
    FilePreamble preamble{.version = sessionVersion};
    std::memcpy(preamble.magic, sessionMagic, sizeof sessionMagic);
    m_waiting.append(reinterpret_cast<const char *>(&preamble), sizeof preamble);
    append(EntryKind::Head, 0, head.monotonic, encodeHead(head));
}

void SessionFileWriter::append(EntryKind kind, quint32 process, qint64 time, QByteArrayView payload, quint8 flags)
{
    if (!ok())
        return;
    EntryHeader header{.size = static_cast<quint32>(payload.size()),
                       .kind = static_cast<quint8>(kind),
                       .flags = flags,
                       .process = process,
                       .time = time};
    const QByteArrayView bytes(reinterpret_cast<const char *>(&header), sizeof header);
    header.crc = crc32(payload, crc32(bytes.sliced(crcStart)));
    m_waiting.append(bytes);
    m_waiting.append(payload);
    ++m_entries;
    if (m_waiting.size() >= portion)
        flush();
}

void SessionFileWriter::appendFrames(quint32 process, qint64 time, const QByteArray &frames, quint8 flags)
{
    // As many whole frames as an entry takes comfortably.
    qsizetype start = 0;
    qsizetype end = 0;
    while (end < frames.size()) {
        FrameHeader header;
        std::memcpy(&header, frames.constData() + end, sizeof header);
        end += qsizetype(sizeof header) + header.size;
        if (end - start < portion / 2 && end < frames.size())
            continue;
        append(EntryKind::Frames, process, time, QByteArrayView(frames).sliced(start, end - start), flags);
        flags &= static_cast<quint8>(~conversationFlag);
        start = end;
    }
}

void SessionFileWriter::appendCard(quint32 process, qint64 time, const net::wire::AgentCard &card)
{
    append(EntryKind::Process, process, time, encodeCard(card));
}

void SessionFileWriter::end(qint64 time)
{
    const TailRecord tail{.entries = m_entries};
    append(EntryKind::End, 0, time, QByteArrayView(reinterpret_cast<const char *>(&tail), sizeof tail));
    flush();
}

bool SessionFileWriter::flush()
{
    if (!ok())
        return false;
    qsizetype done = 0;
    while (done < m_waiting.size()) {
        const qint64 count = m_device.write(m_waiting.constData() + done, m_waiting.size() - done);
        if (count <= 0) {
            m_problem = m_device.errorString();
            break;
        }
        done += count;
    }
    m_written += done;
    m_waiting.clear();
    return ok();
}

bool SessionFileReader::fail(const QString &problem)
{
    m_problem = problem;
    return false;
}

// The next bytes, as many as that, into m_bytes: memory is taken for what is there, not for what a header claims.
bool SessionFileReader::read(qsizetype size)
{
    m_bytes.clear();
    while (m_bytes.size() < size) {
        const QByteArray more = m_device.read(std::min<qsizetype>(size - m_bytes.size(), 256 * 1024));
        if (more.isEmpty())
            return false;
        m_bytes.append(more);
    }
    m_position += size;
    return true;
}

bool SessionFileReader::begin()
{
    FilePreamble preamble;
    if (!read(sizeof preamble) || std::memcmp(m_bytes.constData(), sessionMagic, sizeof sessionMagic) != 0)
        return fail(tr("it is no recording of net-inspector"));
    std::memcpy(&preamble, m_bytes.constData(), sizeof preamble);
    if (preamble.version != sessionVersion)
        return fail(tr("it has version %1 of the format, and this net-inspector reads version %2")
                        .arg(preamble.version)
                        .arg(sessionVersion));
    const std::optional<SessionEntry> first = next();
    const std::optional<SessionHead> head =
        first && first->kind == EntryKind::Head ? decodeHead(first->payload) : std::nullopt;
    if (!head)
        return fail(tr("its head is damaged"));
    m_head = *head;
    m_time = head->monotonic;
    return true;
}

std::optional<SessionEntry> SessionFileReader::next()
{
    if (m_complete || !m_problem.isEmpty())
        return {};
    const qint64 start = m_position;
    EntryHeader header;
    if (!read(sizeof header)) {
        fail(m_bytes.isEmpty() && !m_device.bytesAvailable() ? tr("the recording was not ended in order")
                                                             : tr("the recording ends in the middle of an entry"));
        return {};
    }
    std::memcpy(&header, m_bytes.constData(), sizeof header);
    const quint32 expected = crc32(QByteArrayView(m_bytes).sliced(crcStart));
    static constexpr qint64 limit = 1LL << 61;
    const auto damaged = [&] {
        fail(tr("the recording is damaged at byte %L1; what comes after is lost").arg(start));
        return std::nullopt;
    };
    if (header.size > largestEntry || header.reserved != 0 || header.time < m_time || header.time > limit)
        return damaged();
    if (!read(header.size)) {
        fail(tr("the recording ends in the middle of an entry"));
        return {};
    }
    if (crc32(m_bytes, expected) != header.crc)
        return damaged();
    m_time = header.time;
    m_complete = static_cast<EntryKind>(header.kind) == EntryKind::End;
    return SessionEntry{static_cast<EntryKind>(header.kind), header.flags, header.process, header.time, m_bytes};
}

} // namespace inspector
