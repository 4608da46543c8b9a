#pragma once
#include <QByteArray>
#include <QList>
#include <QStringList>
#include <QtEndian>

/// A pcapng file as tests read it: TCP segments and comments.
struct PacketFile
{
    struct Segment
    {
        quint32 address = 0; ///< of who sent it, IPv4 only
        quint16 from = 0;    ///< port
        quint32 sequence = 0;
        quint8 flags = 0;
        QByteArray bytes;
    };
    QList<Segment> segments;
    QStringList comments;

    explicit PacketFile(const QByteArray &file)
    {
        for (qsizetype at = 0; at + 12 <= file.size();) {
            const auto type = qFromLittleEndian<quint32>(file.constData() + at);
            const auto size = qFromLittleEndian<quint32>(file.constData() + at + 4);
            if (type == 6)
                takePacket(file.mid(at + 8, size - 12));
            at += size;
        }
    }

    /// What the side with this port said, put together by sequence numbers; '?' where nothing is known.
    QByteArray stream(quint16 port) const
    {
        QByteArray all;
        for (const Segment &segment : segments) {
            if (segment.from != port || segment.bytes.isEmpty())
                continue;
            const qsizetype at = segment.sequence - 1;
            if (all.size() < at)
                all.append(at - all.size(), '?');
            all.replace(at, segment.bytes.size(), segment.bytes);
        }
        return all;
    }

private:
    void takePacket(const QByteArray &body)
    {
        const auto size = qFromLittleEndian<quint32>(body.constData() + 12);
        const QByteArray packet = body.mid(20, size);
        const qsizetype ip = quint8(packet[0]) >> 4 == 6 ? 40 : 20;
        segments.append(
            {qFromBigEndian<quint32>(packet.constData() + 12), qFromBigEndian<quint16>(packet.constData() + ip),
             qFromBigEndian<quint32>(packet.constData() + ip + 4), quint8(packet[ip + 13]), packet.mid(ip + 20)});
        const qsizetype options = 20 + (size + 3) / 4 * 4;
        if (options + 4 <= body.size() && qFromLittleEndian<quint16>(body.constData() + options) == 1)
            comments.append(
                QString::fromUtf8(body.mid(options + 4, qFromLittleEndian<quint16>(body.constData() + options + 2))));
    }
};
