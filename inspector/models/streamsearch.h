#pragma once
#include "inspector/models/streamlines.h"

namespace inspector {

/// Looks for text, in either case of its letters, or for bytes in the lines of a conversation. What is broken over
/// several lines of one direction is found too, on the line where it begins.
class StreamSearch
{
public:
    StreamSearch() = default;
    /// In hex mode pairs of hex digits are bytes: "0d 0a".
    StreamSearch(const QString &text, StreamLines::Mode mode);

    bool isEmpty() const { return m_needle.isEmpty(); }
    /// The next line with it after \a from, or before it; goes on from the other end. -1: nowhere.
    int find(const StreamLines &lines, int from, bool forward) const;
    /// Which bytes of a line belong to it, also where it is broken over several: each a first one and how many.
    QList<std::pair<qsizetype, qsizetype>> places(const StreamLines &lines, int line) const;

private:
    /// Which of \a bytes are it, as places() tells.
    QList<std::pair<qsizetype, qsizetype>> hits(const QByteArray &bytes) const;
    qsizetype reach() const;
    QByteArray following(const StreamLines &lines, int line) const;
    bool beginsIn(const StreamLines &lines, int line) const;

    QByteArray m_needle; ///< in lower case, unless bytes are meant
    QString m_text;
    bool m_exact = false; ///< bytes are meant
    bool m_ascii = true;
};

} // namespace inspector
