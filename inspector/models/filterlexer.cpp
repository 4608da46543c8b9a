#include "inspector/models/filterlexer.h"

#include <algorithm>
#include <utility>

namespace inspector {

using namespace Qt::StringLiterals;
using Kind = FilterToken::Kind;

static bool isNameCharacter(QChar character)
{
    return character.isLetter() || character == u'_';
}

QChar FilterLexer::at(qsizetype offset) const
{
    const qsizetype index = m_position + offset;
    return index < m_text.size() ? m_text[index] : QChar();
}

FilterToken FilterLexer::next()
{
    while (m_position < m_text.size() && m_text[m_position].isSpace())
        ++m_position;
    if (m_position >= m_text.size())
        return {.kind = Kind::End, .position = static_cast<int>(m_text.size())};

    if (m_afterName) {
        if (const qsizetype length = operatorLength()) {
            m_afterName = false;
            m_afterOperator = true;
            return take(Kind::Operator, length);
        }
    }
    const bool value = std::exchange(m_afterOperator, false);
    m_afterName = false;

    const QChar first = at(0);
    if (first == u'(')
        return take(Kind::Open, 1);
    if (first == u')')
        return take(Kind::Close, 1);
    if (first == u'"' || first == u'\'')
        return quoted(first);
    if (!value) {
        if (first == u'|')
            return take(Kind::Or, at(1) == u'|' ? 2 : 1);
        if (first == u'&')
            return take(Kind::And, at(1) == u'&' ? 2 : 1);
        if (first == u'-' || first == u'!')
            return take(Kind::Not, 1);
    }
    FilterToken token = word(value);
    if (!value) {
        if (token.text.compare("or"_L1, Qt::CaseInsensitive) == 0)
            token.kind = Kind::Or;
        else if (token.text.compare("and"_L1, Qt::CaseInsensitive) == 0)
            token.kind = Kind::And;
        else if (token.text.compare("not"_L1, Qt::CaseInsensitive) == 0)
            token.kind = Kind::Not;
        m_afterName = token.kind == Kind::Word && std::ranges::all_of(token.text, isNameCharacter);
    }
    return token;
}

FilterToken FilterLexer::take(Kind kind, qsizetype length)
{
    FilterToken token{.kind = kind,
                      .text = m_text.mid(m_position, length).toString(),
                      .position = static_cast<int>(m_position),
                      .length = static_cast<int>(length)};
    m_position += length;
    return token;
}

FilterToken FilterLexer::quoted(QChar quote)
{
    QString text;
    qsizetype length = 1;
    for (; m_position + length < m_text.size(); ++length) {
        if (at(length) == quote) {
            FilterToken token = take(Kind::Quoted, length + 1);
            token.text = text;
            return token;
        }
        qsizetype backslashes = 0;
        while (at(length + backslashes) == u'\\')
            ++backslashes;
        // Only before a quote do they need escaping themselves; regular expressions keep theirs.
        if (backslashes > 0 && at(length + backslashes) == quote) {
            text += QString(backslashes / 2, u'\\');
            length += backslashes - 1;
            if (backslashes % 2)
                text += at(++length);
            continue;
        }
        text += at(length);
    }
    return take(Kind::Broken, m_text.size() - m_position);
}

FilterToken FilterLexer::word(bool value)
{
    const qsizetype start = m_position;
    qsizetype end = start;
    const auto continues = [&](qsizetype index) {
        const QChar character = m_text[index];
        return !character.isSpace() && character != u'(' && character != u')' && character != u'"';
    };
    // "port>1024": the name ends where an operator follows it.
    qsizetype name = start;
    while (!value && name < m_text.size() && isNameCharacter(m_text[name]))
        ++name;
    while (end < m_text.size() && continues(end))
        ++end;
    if (name > start && name < end) {
        m_position = name;
        if (operatorLength() > 0)
            end = name;
        m_position = start;
    }
    return take(Kind::Word, std::max<qsizetype>(1, end - start));
}

qsizetype FilterLexer::operatorLength() const
{
    const QChar first = at(0);
    const bool equals = at(1) == u'=';
    if (first == u'!')
        return equals ? 2 : 0;
    if (first == u'<' || first == u'>')
        return equals ? 2 : 1;
    return first == u':' || first == u'=' || first == u'~' ? 1 : 0;
}

} // namespace inspector
