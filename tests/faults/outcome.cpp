#include "tests/faults/outcome.h"

#include <QRegularExpression>
#include <QStringList>

namespace faults {

using namespace Qt::StringLiterals;

Outcome::Outcome(int code, const QString &said) : m_said(said)
{
    static const QRegularExpression keeps(u"^(.*)kept (-?\\d+)$"_s);
    const QStringList lines = said.split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(u"told "_s)) {
            const QStringList words = line.mid(5).split(u' ');
            m_told += QSet<QString>(words.cbegin(), words.cend());
        }
        if (const auto match = keeps.match(line); match.hasMatch())
            m_kept.insert(match.captured(1), match.captured(2).toInt());
        m_lost |= line == u"lost"_s;
    }
    m_sound = code == 0 && (lines.last() == u"done"_s || lines.last().startsWith(u"told "_s));
}

} // namespace faults
