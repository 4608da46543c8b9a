#include "inspector/exports/pcapng.h"

#include <QtEndian>

namespace inspector {

namespace {

// Numbers of the format.
constexpr quint32 sectionHeader = 0x0A0D0D0A;
constexpr quint32 interfaceDescription = 1;
constexpr quint32 enhancedPacket = 6;
constexpr quint32 byteOrder = 0x1A2B3C4D;
constexpr quint16 rawIp = 101;
constexpr quint16 optionEnd = 0;
constexpr quint16 optionComment = 1;
constexpr quint16 sectionApplication = 4;
constexpr quint16 interfaceResolution = 9;
constexpr char nanoseconds = 9;

template <typename Number>
void put(QByteArray &to, Number number)
{
    const Number little = qToLittleEndian(number);
    to.append(reinterpret_cast<const char *>(&little), sizeof little);
}

void pad(QByteArray &to)
{
    to.append((4 - to.size() % 4) % 4, '\0');
}

void option(QByteArray &to, quint16 code, const QByteArray &value)
{
    put(to, code);
    put(to, quint16(value.size()));
    to += value;
    pad(to);
}

// A length has 16 bits; half a character would make the whole text invalid.
void textOption(QByteArray &to, quint16 code, const QString &text)
{
    QByteArray value = text.toUtf8();
    if (value.size() > 0xffff) {
        qsizetype end = 0xffff;
        while (end > 0 && (quint8(value[end]) & 0xc0) == 0x80)
            --end;
        value.truncate(end);
    }
    option(to, code, value);
}

} // namespace

PcapngWriter::PcapngWriter(QIODevice &device, const QString &application) : m_device(device)
{
    QByteArray section;
    put(section, byteOrder);
    put(section, quint16(1)); // version 1.0
    put(section, quint16(0));
    put(section, qint64(-1)); // its length is not known beforehand
    textOption(section, sectionApplication, application);
    put(section, quint32(optionEnd));
    block(sectionHeader, section);

    QByteArray interface;
    put(interface, rawIp);
    put(interface, quint16(0));
    put(interface, quint32(0)); // no limit to a packet
    option(interface, interfaceResolution, QByteArray(1, nanoseconds));
    put(interface, quint32(optionEnd));
    block(interfaceDescription, interface);
}

void PcapngWriter::packet(qint64 time, const QByteArray &bytes, const QString &comment)
{
    QByteArray body;
    body.reserve(bytes.size() + 64);
    put(body, quint32(0)); // the interface
    put(body, quint32(quint64(time) >> 32));
    put(body, quint32(quint64(time)));
    put(body, quint32(bytes.size()));
    put(body, quint32(bytes.size()));
    body += bytes;
    pad(body);
    if (!comment.isEmpty()) {
        textOption(body, optionComment, comment);
        put(body, quint32(optionEnd));
    }
    block(enhancedPacket, body);
}

void PcapngWriter::block(quint32 type, const QByteArray &body)
{
    const quint32 size = quint32(body.size()) + 12;
    QByteArray bytes;
    bytes.reserve(size);
    put(bytes, type);
    put(bytes, size);
    bytes += body;
    put(bytes, size);
    m_ok = m_ok && m_device.write(bytes) == bytes.size();
}

} // namespace inspector
