#include "inspector/models/streamsearch.h"

#include <algorithm>
#include <vector>

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
    m_ascii = m_exact || std::ranges::none_of(m_needle, [](char each) { return each & 0x80; });
}

// Text and, for each of its UTF-16 units, the byte where it begins, and the end.
static std::pair<QString, std::vector<qsizetype>> decoded(const QByteArray &bytes)
{
    std::pair<QString, std::vector<qsizetype>> all;
    for (qsizetype at = 0; at < bytes.size();) {
        qsizetype length = 1;
        while (length < 4 && at + length < bytes.size() && (bytes[at] & 0xc0) == 0xc0 &&
               (bytes[at + length] & 0xc0) == 0x80)
            ++length;
        const QString text = QString::fromUtf8(bytes.constData() + at, length);
        all.first += text;
        all.second.insert(all.second.end(), static_cast<std::size_t>(text.size()), at);
        at += length;
    }
    all.second.push_back(bytes.size());
    return all;
}

QList<std::pair<qsizetype, qsizetype>> StreamSearch::hits(const QByteArray &bytes) const
{
    QList<std::pair<qsizetype, qsizetype>> all;
    if (m_ascii) {
        const QByteArray hay = m_exact ? bytes : bytes.toLower();
        for (qsizetype at = 0; (at = hay.indexOf(m_needle, at)) >= 0; at += m_needle.size())
            all.append({at, m_needle.size()});
        return all;
    }
    // Letters beyond ASCII have cases too; what has none of them can't have it.
    if (std::ranges::none_of(bytes, [](char each) { return each & 0x80; }))
        return all;
    const auto [text, offsets] = decoded(bytes);
    for (qsizetype at = 0; (at = text.indexOf(m_text, at, Qt::CaseInsensitive)) >= 0; at += m_text.size()) {
        const qsizetype first = offsets[static_cast<std::size_t>(at)];
        all.append({first, offsets[static_cast<std::size_t>(at + m_text.size())] - first});
    }
    return all;
}

// The bytes that may belong to it beside one of them: the other case of a letter may have more.
qsizetype StreamSearch::reach() const
{
    return m_ascii ? m_needle.size() - 1 : 3 * m_text.size();
}

QByteArray StreamSearch::following(const StreamLines &lines, int line) const
{
    QByteArray bytes;
    for (int i = line + 1; i < lines.size() && bytes.size() < reach(); ++i) {
        if (lines.direction(i) == lines.direction(line))
            bytes += lines.bytes(i, i);
    }
    return bytes;
}

bool StreamSearch::beginsIn(const StreamLines &lines, int line) const
{
    const qsizetype length = lines.length(line);
    if (length == 0)
        return false;
    const auto all = hits(lines.bytes(line, line) + following(lines, line));
    return !all.isEmpty() && all.first().first < length;
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

QList<std::pair<qsizetype, qsizetype>> StreamSearch::places(const StreamLines &lines, int line) const
{
    QList<std::pair<qsizetype, qsizetype>> all;
    const qsizetype length = lines.length(line);
    if (isEmpty() || length == 0)
        return all;
    QByteArray before;
    for (int i = line - 1; i >= 0 && before.size() < reach(); --i) {
        if (lines.direction(i) == lines.direction(line))
            before.prepend(lines.bytes(i, i));
    }
    const qsizetype begin = before.size();
    for (const auto &[at, size] : hits(before + lines.bytes(line, line) + following(lines, line))) {
        const qsizetype first = std::max(at, begin);
        const qsizetype end = std::min(at + size, begin + length);
        if (first < end)
            all.append({first - begin, end - first});
    }
    return all;
}

} // namespace inspector
