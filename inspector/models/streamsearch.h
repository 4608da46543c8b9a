#pragma once
#include "inspector/models/streamlines.h"

namespace inspector {

/// Looks for text, in either case of ASCII letters, or for bytes in the lines of a conversation. What is broken over
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
    /// Where it stands in the text of a line, in characters; empty if it does not, or not as a whole.
    QList<std::pair<int, int>> places(const QString &text) const;

private:
    bool beginsIn(const StreamLines &lines, int line) const;

    QByteArray m_needle; ///< in lower case, unless bytes are meant
    QString m_text;
    bool m_exact = false;
};

} // namespace inspector
