#include "inspector/models/streamsearch.h"

#include <algorithm>

namespace inspector {

// Null unless all of it is pairs of hex digits.
static QByteArray hexBytes(const QString &text)
{
    QByteArray digits = text.toLatin1();
    digits.removeIf([](char character) { return character == ' '; });
    const auto isHex = [](char character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f') ||
               (character >= 'A' && character <= 'F');
    };
    const bool all = digits.size() >= 2 && digits.size() % 2 == 0 && std::ranges::all_of(digits, isHex);
    return all ? QByteArray::fromHex(digits) : QByteArray();
}

StreamSearch::StreamSearch(const QString &text, StreamLines::Mode mode)
    : m_needle(mode == StreamLines::Mode::Hex ? hexBytes(text) : QByteArray()),
      m_text(text),
      m_exact(!m_needle.isEmpty())
{
    if (!m_exact)
        m_needle = text.toUtf8().toLower();
}

bool StreamSearch::beginsIn(const StreamLines &lines, int line) const
{
    const qsizetype length = lines.length(line);
    if (length == 0)
        return false;
    QByteArray bytes = lines.bytes(line, line);
    const net::wire::Direction direction = lines.direction(line);
    for (int i = line + 1; i < lines.size() && bytes.size() < length + m_needle.size() - 1; ++i) {
        if (lines.direction(i) == direction)
            bytes += lines.bytes(i, i);
    }
    const qsizetype at = (m_exact ? bytes : bytes.toLower()).indexOf(m_needle);
    return at >= 0 && at < length;
}

int StreamSearch::find(const StreamLines &lines, int from, bool forward) const
{
    const int size = lines.size();
    if (isEmpty() || size == 0)
        return -1;
    if (from < 0 || from >= size)
        from = forward ? size - 1 : 0;
    for (int i = 1; i <= size; ++i) {
        const int line = forward ? (from + i) % size : (from - i % size + size) % size;
        if (beginsIn(lines, line))
            return line;
    }
    return -1;
}

QList<std::pair<int, int>> StreamSearch::places(const QString &text) const
{
    QList<std::pair<int, int>> all;
    if (m_exact || m_text.isEmpty())
        return all;
    for (qsizetype at = 0; (at = text.indexOf(m_text, at, Qt::CaseInsensitive)) >= 0; at += m_text.size())
        all.append({static_cast<int>(at), static_cast<int>(m_text.size())});
    return all;
}

} // namespace inspector
