#include "inspector/exports/tcpscript.h"

#include <QtEndian>

#include <algorithm>

namespace inspector {

namespace {

constexpr quint8 tcp = 6;
constexpr qsizetype largestSegment = 32 * 1024;
constexpr int tcpHeader = 20;

template <typename Number>
void put(QByteArray &to, Number number)
{
    const Number big = qToBigEndian(number);
    to.append(reinterpret_cast<const char *>(&big), sizeof big);
}

QByteArray addressBytes(const QHostAddress &address)
{
    QByteArray bytes;
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR v6 = address.toIPv6Address();
        bytes.append(reinterpret_cast<const char *>(v6.c), sizeof v6.c);
    } else {
        put(bytes, address.toIPv4Address());
    }
    return bytes;
}

// The Internet's checksum: the complement of the sum of all words, carries added.
quint16 checksum(const QByteArray &bytes)
{
    quint32 sum = 0;
    for (qsizetype i = 0; i < bytes.size(); i += 2)
        sum += quint32(quint8(bytes[i])) << 8 | (i + 1 < bytes.size() ? quint8(bytes[i + 1]) : 0u);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return quint16(~sum);
}

void setWord(QByteArray &bytes, qsizetype at, quint16 word)
{
    qToBigEndian(word, bytes.data() + at);
}

// The segment below its IP header.
QByteArray ipPacket(const PacketEnd &from, const PacketEnd &to, QByteArray segment)
{
    const QByteArray source = addressBytes(from.address);
    const QByteArray target = addressBytes(to.address);
    QByteArray pseudo = source + target;
    put(pseudo, quint32(segment.size()));
    put(pseudo, quint32(tcp));
    constexpr int checksumAt = 16;
    setWord(segment, checksumAt, checksum(pseudo + segment));

    constexpr quint8 hops = 64;
    QByteArray header;
    if (source.size() == 4) {
        put(header, quint16(0x4500)); // version 4, five words
        put(header, quint16(20 + segment.size()));
        put(header, quint32(0x4000)); // not to be fragmented
        put(header, hops);
        put(header, tcp);
        put(header, quint16(0));
        header += source + target;
        setWord(header, 10, checksum(header));
    } else {
        put(header, quint32(0x60000000)); // version 6
        put(header, quint16(segment.size()));
        put(header, tcp);
        put(header, hops);
        header += source + target;
    }
    return header + segment;
}

} // namespace

std::optional<PacketEnd> PacketEnd::parse(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    if (colon < 0)
        return {};
    QString address = text.first(colon);
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.sliced(1, address.size() - 2);
    address = address.section(u'%', 0, 0);
    PacketEnd end{QHostAddress(address), text.sliced(colon + 1).toUShort()};
    return end.address.isNull() ? std::nullopt : std::optional(end);
}

TcpScript::TcpScript(PcapngWriter &writer, const PacketEnd &opener, const PacketEnd &answerer)
    : m_writer(writer),
      m_ends{opener, answerer}
{
}

void TcpScript::open(qint64 time, const QString &comment)
{
    packet(time, Side::Opener, Syn, {}, comment);
    ++m_next[0];
    packet(time, Side::Answerer, Syn | Ack, {});
    ++m_next[1];
    packet(time, Side::Opener, Ack, {});
}

void TcpScript::say(qint64 time, Side side, quint64 offset, const QByteArray &bytes, const QString &comment)
{
    reach(side, offset);
    for (qsizetype at = 0; at < bytes.size(); at += largestSegment) {
        const QByteArray piece = bytes.mid(at, largestSegment);
        packet(time, side, Psh | Ack, piece, at == 0 ? comment : QString());
        m_next[int(side)] += quint32(piece.size());
    }
}

// The SYN has the number before the first byte's.
void TcpScript::reach(Side side, quint64 offset)
{
    m_next[int(side)] = quint32(offset + 1);
}

void TcpScript::end(qint64 time, Side side)
{
    packet(time, side, Fin | Ack, {});
    ++m_next[int(side)];
    packet(time, side == Side::Opener ? Side::Answerer : Side::Opener, Ack, {});
}

void TcpScript::reset(qint64 time, Side side)
{
    packet(time, side, Rst | Ack, {});
}

void TcpScript::packet(qint64 time, Side from, quint8 flags, const QByteArray &bytes, const QString &comment)
{
    const int self = int(from);
    QByteArray segment;
    segment.reserve(tcpHeader + bytes.size());
    put(segment, m_ends[self].port);
    put(segment, m_ends[1 - self].port);
    put(segment, m_next[self]);
    put(segment, flags & Ack ? m_next[1 - self] : quint32(0));
    put(segment, quint8(tcpHeader / 4 << 4));
    put(segment, flags);
    put(segment, quint16(0xffff)); // the window
    put(segment, quint16(0));
    put(segment, quint16(0));
    m_writer.packet(time, ipPacket(m_ends[self], m_ends[1 - self], segment + bytes), comment);
}

} // namespace inspector
