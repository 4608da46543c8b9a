#pragma once
#include "inspector/session/payloadstore.h"

#include <QString>

namespace inspector {

/// A conversation cut into lines, as text or in hex; bounded, so that old lines leave at the front.
class StreamLines
{
public:
    enum class Mode : quint8 { Text, Hex };

    struct Line
    {
        qint64 time = 0;
        quint64 offset = 0; ///< of its first byte in the stream of its direction
        net::wire::Direction direction = net::wire::Direction::Received;
        bool first = false; ///< the first line of a piece
        bool note = false;  ///< says something about the stream instead of showing it
        QString text = {};  ///< hex lines: the bytes in hex
        QString plain = {}; ///< hex lines: the bytes as characters
    };

    void clear();
    /// Both need a clear() and the pieces again.
    void setMode(Mode mode) { m_mode = mode; }
    void setWidth(int characters) { m_width = std::max(16, characters); }
    Mode mode() const { return m_mode; }
    /// Bytes that a line holds at most: with another number all of them are cut elsewhere.
    int capacity() const { return m_mode == Mode::Hex ? hexBytes() : m_width; }
    /// Of a line in hex: 16, or 8 where there is no room for them.
    int hexBytes() const { return m_width >= hexWidth(16) ? 16 : 8; }
    /// In characters: a place of eight digits, the bytes in hex, the bytes as characters, and gaps between them.
    static constexpr int hexWidth(int bytes) { return 10 + bytes * 3 + 2 + bytes; }

    void append(const PayloadPiece &piece);
    /// Drops lines beyond the limit; returns how many.
    int trim();

    int size() const { return static_cast<int>(m_lines.size()); }
    Line at(int index) const;
    net::wire::Direction direction(int index) const
    {
        return m_lines[static_cast<std::size_t>(index)].piece->direction;
    }
    qint64 time(int index) const { return m_lines[static_cast<std::size_t>(index)].piece->time; }
    /// That of the piece before the one of this line; 0 if there is none.
    qint64 timeBefore(int index) const;
    /// In bytes; a note has none.
    qsizetype length(int index) const { return m_lines[static_cast<std::size_t>(index)].length; }
    /// Where the line begins in the stream of its direction.
    quint64 offset(int index) const
    {
        const Span &span = m_lines[static_cast<std::size_t>(index)];
        return span.piece->offset + static_cast<quint64>(span.start);
    }
    /// The line with the byte at \a offset of that direction; -1 if there is none.
    int lineWith(net::wire::Direction direction, quint64 offset) const;
    /// The next line after \a from with which a piece begins, or the one before it; -1 if there is none.
    int messageFrom(int from, bool forward) const;
    /// The longest line so far, in characters.
    int longest() const { return m_longest; }
    /// The bytes of the lines from \a first to \a last, notes left out.
    QByteArray bytes(int first, int last) const;

    static constexpr int lineLimit = 100'000;

private:
    struct Span
    {
        std::shared_ptr<const PayloadPiece> piece;
        qsizetype start;
        qsizetype length; ///< 0: a note
    };
    qsizetype lineLength(QByteArrayView rest) const;
    QString noteOf(const PayloadPiece &piece) const;

    std::deque<Span> m_lines;
    Mode m_mode = Mode::Text;
    int m_width = 120;
    int m_longest = 0;
};

/// The text of bytes as it is shown: a carriage return as an arrow, other control characters as dots, broken UTF-8 and
/// what turns the direction of writing as replacement characters.
QString visibleText(QByteArrayView bytes);

} // namespace inspector
