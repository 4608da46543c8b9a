#pragma once
#include <QByteArray>

#include <optional>

namespace model {

/// What a socket writes: bytes that tell where they come from. The first ones name the stream; each that follows
/// depends on the stream and on its place in it, so that a byte that is lost, doubled or moved shows.
class Pattern
{
public:
    static constexpr qsizetype HeaderSize = 8;

    static QByteArray bytes(quint32 stream, quint64 from, qsizetype size)
    {
        QByteArray bytes(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i)
            bytes[i] = at(stream, from + quint64(i));
        return bytes;
    }

    /// The stream that \a header, the beginning of one, belongs to; nothing if it is not the beginning of any.
    static std::optional<quint32> streamOf(const QByteArray &header)
    {
        quint32 stream = 0;
        for (int i = 2; i < 6; ++i)
            stream = stream << 8 | quint8(header.at(i));
        if (header.size() < HeaderSize || bytes(stream, 0, HeaderSize) != header.left(HeaderSize))
            return std::nullopt;
        return stream;
    }

private:
    static char at(quint32 stream, quint64 place)
    {
        if (place == 0 || place == 1)
            return place == 0 ? 'n' : 'm';
        if (place < 6)
            return char(stream >> (8 * (5 - place)));
        return char(place * 131 + (place >> 8) * 7 + (place >> 16) * 3 + quint64(stream) * 17);
    }
};

} // namespace model
