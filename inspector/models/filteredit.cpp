#include "inspector/models/filteredit.h"

#include "inspector/models/filterparser.h"

#include <vector>

namespace inspector {

using namespace Qt::StringLiterals;
using Kind = FilterToken::Kind;

static std::vector<FilterToken> tokensOf(QStringView text)
{
    std::vector<FilterToken> tokens;
    FilterLexer lexer(text);
    do
        tokens.push_back(lexer.next());
    while (tokens.back().kind != Kind::End);
    return tokens;
}

QString quotedValue(QStringView value)
{
    QString text(u'"');
    qsizetype backslashes = 0;
    // Those before a quote, the closing one too, are doubled.
    for (const QChar character : value) {
        if (character == u'"')
            text += QString(backslashes + 1, u'\\');
        backslashes = character == u'\\' ? backslashes + 1 : 0;
        text += character;
    }
    return text + QString(backslashes, u'\\') + u'"';
}

QString withCondition(const QString &text, const QString &condition)
{
    const QString former = text.trimmed();
    if (former.isEmpty() || condition.isEmpty())
        return former.isEmpty() ? condition : former;
    bool alternatives = false;
    for (const FilterToken &token : tokensOf(former))
        alternatives = alternatives || token.kind == Kind::Or;
    return (alternatives ? u'(' + former + u')' : former) + u' ' + condition;
}

QString withoutField(const QString &text, QStringView field)
{
    const std::vector<FilterToken> tokens = tokensOf(text);
    QString result = text;
    // From the end, so that the places of the tokens before stay right.
    for (std::size_t i = tokens.size(); i-- > 0;) {
        const bool found = tokens[i].kind == Kind::Word && tokens[i].text.compare(field, Qt::CaseInsensitive) == 0 &&
                           i + 2 < tokens.size() && tokens[i + 1].kind == Kind::Operator;
        if (!found)
            continue;
        std::size_t first = i;
        while (first > 0 && (tokens[first - 1].kind == Kind::Not || tokens[first - 1].kind == Kind::And))
            --first;
        const FilterToken &last = tokens[i + 2];
        result.remove(tokens[first].position, last.position + last.length - tokens[first].position);
    }
    result = result.simplified() == result ? result : result.trimmed();
    return result == text || FilterParser().parse(result) ? result : QString();
}

} // namespace inspector
