#include "inspector/models/streamlines.h"

#include "inspector/models/strangetext.h"
#include "inspector/models/units.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace inspector {

using namespace Qt::StringLiterals;

QString visibleText(QByteArrayView bytes)
{
    QString text = QString::fromUtf8(bytes);
    for (QChar &character : text) {
        if (character == u'\t')
            character = u' ';
        else if (character == u'\r')
            character = u'↵';
        else if (character.unicode() < 0x20 || character.unicode() == 0x7f)
            character = u'·';
    }
    // What turns the direction of writing would show other text than there is.
    return withoutControls(text);
}

static QString asciiText(QByteArrayView bytes)
{
    QString text;
    for (const char byte : bytes)
        text += byte >= 0x20 && byte < 0x7f ? QChar::fromLatin1(byte) : QChar(u'·');
    return text;
}

static QString hexText(QByteArrayView bytes)
{
    static constexpr char16_t digits[] = u"0123456789abcdef";
    QString text;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<quint8>(bytes[i]);
        // A wider gap in the middle lets the eye count.
        if (i > 0)
            text += i % 8 == 0 ? u"  "_s : u" "_s;
        text += QChar(digits[byte >> 4]);
        text += QChar(digits[byte & 15]);
    }
    return text;
}

void StreamLines::clear()
{
    m_lines.clear();
    m_longest = 0;
}

qsizetype StreamLines::lineLength(QByteArrayView rest) const
{
    if (m_mode == Mode::Hex)
        return std::min<qsizetype>(hexBytes(), rest.size());
    const auto limit = std::min<qsizetype>(m_width, rest.size());
    const qsizetype newline = rest.first(limit).indexOf('\n');
    if (newline >= 0)
        return newline + 1;
    qsizetype length = limit;
    // Not in the middle of a UTF-8 character, which has at most three bytes after its first.
    while (length < rest.size() && length > limit - 3 && (static_cast<quint8>(rest[length]) & 0xc0) == 0x80)
        --length;
    return std::max<qsizetype>(1, length);
}

void StreamLines::append(const PayloadPiece &piece)
{
    const auto shared = std::make_shared<const PayloadPiece>(piece);
    if (piece.missing > 0 || piece.redacted)
        m_lines.push_back({shared, 0, 0});
    QByteArrayView rest = piece.bytes;
    while (!rest.isEmpty()) {
        const qsizetype length = lineLength(rest);
        m_lines.push_back({shared, piece.bytes.size() - rest.size(), length});
        m_longest = std::max(m_longest, static_cast<int>(length));
        rest = rest.sliced(length);
    }
}

int StreamLines::trim()
{
    const int excess = size() - lineLimit;
    if (excess <= 0)
        return 0;
    m_lines.erase(m_lines.begin(), m_lines.begin() + excess);
    return excess;
}

QString StreamLines::noteOf(const PayloadPiece &piece) const
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("inspector::Stream", source);
    };
    QStringList parts;
    if (piece.missing)
        parts +=
            text(QT_TRANSLATE_NOOP("inspector::Stream", "%1 were not captured here")).arg(bytesText(piece.missing));
    if (piece.redacted)
        parts += text(QT_TRANSLATE_NOOP("inspector::Stream", "redacted by the application"));
    return parts.join(u", "_s);
}

StreamLines::Line StreamLines::at(int index) const
{
    const Span &span = m_lines[static_cast<std::size_t>(index)];
    const PayloadPiece &piece = *span.piece;
    Line line{.time = piece.time,
              .offset = piece.offset + static_cast<quint64>(span.start),
              .direction = piece.direction,
              .first = span.start == 0 && span.length > 0,
              .note = span.length == 0};
    if (line.note) {
        line.text = noteOf(piece);
        return line;
    }
    const QByteArrayView bytes = QByteArrayView(piece.bytes).sliced(span.start, span.length);
    if (m_mode == Mode::Hex) {
        line.text = hexText(bytes);
        line.plain = asciiText(bytes);
    } else {
        line.text = visibleText(bytes.endsWith('\n') ? bytes.chopped(1) : bytes);
    }
    return line;
}

int StreamLines::lineWith(net::wire::Direction direction, quint64 offset) const
{
    const auto found = std::ranges::find_if(m_lines, [&](const Span &span) {
        const quint64 begin = span.piece->offset + static_cast<quint64>(span.start);
        return span.piece->direction == direction && begin <= offset &&
               offset < begin + static_cast<quint64>(span.length);
    });
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

int StreamLines::messageFrom(int from, bool forward) const
{
    const int step = forward ? 1 : -1;
    for (int i = from + step; i >= 0 && i < size(); i += step) {
        const Span &span = m_lines[static_cast<std::size_t>(i)];
        if (span.start == 0 && span.length > 0)
            return i;
    }
    return -1;
}

qint64 StreamLines::timeBefore(int index) const
{
    const auto line = m_lines.begin() + index;
    const auto before = std::find_if(std::make_reverse_iterator(line), m_lines.rend(),
                                     [&](const Span &span) { return span.piece != line->piece; });
    return before == m_lines.rend() ? 0 : before->piece->time;
}

QByteArray StreamLines::bytes(int first, int last) const
{
    QByteArray all;
    for (int i = std::max(0, first); i <= std::min(last, size() - 1); ++i) {
        const Span &span = m_lines[static_cast<std::size_t>(i)];
        all += QByteArrayView(span.piece->bytes).sliced(span.start, span.length);
    }
    return all;
}

} // namespace inspector
