#pragma once
#include "inspector/exports/pcapng.h"

#include <QHostAddress>

#include <optional>

namespace inspector {

/// One end of a conversation, as a packet names it.
struct PacketEnd
{
    QHostAddress address = {};
    quint16 port = 0;

    /// Of "127.0.0.1:80" or "[::1]:80"; nothing of a path.
    static std::optional<PacketEnd> parse(const QString &text);
};

/// Plays a conversation as TCP packets: its opening, what each side said, holes where bytes are missing, its end.
/// Sequence numbers are those of bytes, so that a reader puts the streams together as they were.
class TcpScript
{
public:
    enum class Side : quint8 { Opener, Answerer };

    /// Both ends are of one family. \a comment goes with the first packet.
    TcpScript(PcapngWriter &writer, const PacketEnd &opener, const PacketEnd &answerer);

    void open(qint64 time, const QString &comment);
    /// \a offset is that of the first byte in this side's stream: what was not said before it is a hole.
    void say(qint64 time, Side side, quint64 offset, const QByteArray &bytes, const QString &comment = {});
    /// This side's stream goes up to \a offset, whoever has heard it.
    void reach(Side side, quint64 offset);
    void end(qint64 time, Side side);
    void reset(qint64 time, Side side);

private:
    enum Flag : quint8 { Fin = 1, Syn = 2, Rst = 4, Psh = 8, Ack = 16 };
    void packet(qint64 time, Side from, quint8 flags, const QByteArray &bytes, const QString &comment = {});

    PcapngWriter &m_writer;
    PacketEnd m_ends[2];
    quint32 m_next[2] = {}; ///< the sequence number that this side sends next
};

} // namespace inspector
