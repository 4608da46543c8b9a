#include "inspector/models/filterparser.h"

#include "inspector/models/filteroperators.h"
#include "inspector/models/filtervalue.h"

#include <QCoreApplication>

#include <utility>

namespace inspector {

using namespace Qt::StringLiterals;
using Kind = FilterToken::Kind;
using Relation = FilterTest::Relation;

// Far beyond what a person types, far below what a stack holds.
static constexpr int maximumDepth = 64;
static constexpr int maximumLength = 4096;

static QString tr(const char *text)
{
    return QCoreApplication::translate("inspector::FilterParser", text);
}

std::optional<Filter> FilterParser::parse(QStringView text)
{
    m_error = {};
    m_depth = 0;
    if (text.size() > maximumLength) {
        m_error = {.message = tr("longer than %1 characters").arg(maximumLength),
                   .position = maximumLength,
                   .length = static_cast<int>(text.size()) - maximumLength};
        return std::nullopt;
    }
    m_lexer = FilterLexer(text);
    advance();
    if (m_token.kind == Kind::End)
        return Filter();
    Result result = alternative();
    if (result && m_token.kind != Kind::End)
        return fail(m_token, tr("nothing to close here"));
    return result;
}

FilterParser::Result FilterParser::fail(const FilterToken &where, const QString &message)
{
    if (m_error.message.isEmpty())
        m_error = {message, where.position, where.length};
    return std::nullopt;
}

FilterParser::Result FilterParser::alternative()
{
    std::vector<Filter> parts;
    do {
        if (!parts.empty())
            advance();
        Result part = conjunction();
        if (!part)
            return part;
        parts.push_back(*std::move(part));
    } while (m_token.kind == Kind::Or);
    return parts.size() == 1 ? std::move(parts.front()) : Filter(Filter::Operation::Any, std::move(parts));
}

FilterParser::Result FilterParser::conjunction()
{
    std::vector<Filter> parts;
    do {
        if (!parts.empty() && m_token.kind == Kind::And)
            advance();
        Result part = factor();
        if (!part)
            return part;
        parts.push_back(*std::move(part));
    } while (m_token.kind != Kind::End && m_token.kind != Kind::Or && m_token.kind != Kind::Close);
    return parts.size() == 1 ? std::move(parts.front()) : Filter(Filter::Operation::All, std::move(parts));
}

FilterParser::Result FilterParser::factor()
{
    if (m_depth >= maximumDepth)
        return fail(m_token, tr("nested deeper than %1").arg(maximumDepth));
    ++m_depth;
    Result result;
    if (m_token.kind == Kind::Not) {
        advance();
        if (Result part = factor())
            result = Filter(Filter::Operation::None, {*std::move(part)});
    } else if (m_token.kind == Kind::Open) {
        result = group();
    } else {
        result = test();
    }
    --m_depth;
    return result;
}

FilterParser::Result FilterParser::group()
{
    const FilterToken open = m_token;
    advance();
    Result result = alternative();
    if (!result)
        return result;
    if (m_token.kind != Kind::Close)
        return fail(open, tr("this parenthesis is not closed"));
    advance();
    return result;
}

FilterParser::Result FilterParser::test()
{
    const FilterToken first = m_token;
    switch (first.kind) {
    case Kind::Word:
    case Kind::Quoted:
        break;
    case Kind::Broken:
        return fail(first, tr("this quote is not closed"));
    case Kind::End:
        return fail(first, tr("something is missing at the end"));
    default:
        return fail(first, tr("a word or a field is missing before \"%1\"").arg(first.text));
    }
    advance();
    if (m_token.kind != Kind::Operator)
        return Filter(FilterTest{.text = first.text});
    const FilterToken operation = m_token;
    advance();
    const FilterToken value = m_token;
    if (value.kind == Kind::Broken)
        return fail(value, tr("this quote is not closed"));
    if (value.kind != Kind::Word && value.kind != Kind::Quoted)
        return fail(operation, tr("a value is missing after \"%1\"").arg(first.text + operation.text));
    advance();
    return fieldTest(first, operation, value);
}

// The whole text of a field, or one of its words. A star alone is any, but not none.
static QString wildcardPattern(const QString &text, FieldType type)
{
    const bool words = type == FieldType::Words;
    if (!words && text.count(u'*') == text.size())
        return u"."_s;
    const QString any = words ? u"\\S"_s : u"."_s;
    QString pattern;
    QString literal;
    // In one piece: a character may be two units long.
    const auto flush = [&] {
        pattern += QRegularExpression::escape(std::exchange(literal, {}));
    };
    for (const QChar character : text) {
        if (character != u'*' && character != u'?') {
            literal += character;
            continue;
        }
        flush();
        pattern += character == u'*' ? any + u'*' : any;
    }
    flush();
    return words ? u"(?:^|\\s)(?=\\S)"_s + pattern + u"(?:\\s|$)"_s : u"^"_s + pattern + u'$';
}

FilterParser::Result FilterParser::fieldTest(const FilterToken &name, const FilterToken &operation,
                                             const FilterToken &value)
{
    const FieldInfo *info = findFilterField(name.text);
    if (!info)
        return fail(name, tr("unknown field \"%1\"; put the text in quotes to search for it").arg(name.text));
    const FilterOperator *how = findFilterOperator(operation.text);
    if (!how)
        return fail(operation, tr("\"%1\" compares nothing").arg(operation.text));
    FilterTest test{.field = info->field, .type = info->type, .relation = how->relation, .text = value.text};

    if (info->type == FieldType::Moment) {
        const std::optional<MomentSpan> span = filterMoments(value.text);
        if (!span || test.relation == Relation::Matches)
            return fail(value, tr("\"%1\" takes a time of day such as 14:03, or 14:03:59..14:04:02").arg(name.text));
        test.number = span->first;
        test.last = span->last;
        return Filter(std::move(test));
    }
    if (info->type != FieldType::Text && info->type != FieldType::Words) {
        const std::optional<double> number = filterNumber(info->type, value.text);
        if (!number || test.relation == Relation::Matches) {
            return fail(value, info->type == FieldType::Number ? tr("\"%1\" takes a number").arg(name.text)
                               : info->type == FieldType::Bytes
                                   ? tr("\"%1\" takes a size such as 512, 10k or 1.5M").arg(name.text)
                                   : tr("\"%1\" takes a time such as 500ms, 10s or 2m").arg(name.text));
        }
        test.number = *number;
        return Filter(std::move(test));
    }
    if (!how->fits(info->type))
        return fail(operation, tr("\"%1\" is a text: use :, =, != or ~").arg(name.text));

    const bool wildcard = value.kind == Kind::Word && (value.text.contains(u'*') || value.text.contains(u'?'));
    if (test.relation == Relation::Matches || (wildcard && test.relation == Relation::Contains)) {
        const QString pattern =
            test.relation == Relation::Matches ? value.text : wildcardPattern(value.text, info->type);
        test.relation = Relation::Matches;
        test.pattern = QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption |
                                                       QRegularExpression::MultilineOption);
        if (!test.pattern.isValid())
            return fail(value, tr("not a regular expression: %1").arg(test.pattern.errorString()));
        test.pattern.optimize();
    } else if (info->type == FieldType::Words && !info->wordList().contains(test.text, Qt::CaseInsensitive)) {
        return fail(value, tr("\"%1\" is one of: %2").arg(name.text, info->wordList().join(u", "_s)));
    }
    return Filter(std::move(test));
}

} // namespace inspector
