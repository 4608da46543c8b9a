#pragma once
#include "inspector/models/filter.h"
#include "inspector/models/filterlexer.h"

#include <optional>

namespace inspector {

/// Why a filter's text was refused, in words for the person who typed it.
struct FilterError
{
    QString message = {};
    int position = 0;
    int length = 0;
};

/// Reads the filter language:
///
///     filter      = [ alternative ]
///     alternative = conjunction { ("or" | "|") conjunction }
///     conjunction = factor { ["and" | "&"] factor }
///     factor      = ("-" | "!" | "not") factor | "(" alternative ")" | test
///     test        = field operator value | value          a lone value searches all texts
///     operator    = ":" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
///
/// A value is a word or stands in quotes; "~" takes a regular expression. Any input gives either a filter or an
/// error; nesting and length are bounded.
class FilterParser
{
public:
    /// The filter, or nothing and then error() says why.
    std::optional<Filter> parse(QStringView text);
    const FilterError &error() const { return m_error; }

private:
    using Result = std::optional<Filter>;

    Result alternative();
    Result conjunction();
    Result factor();
    Result group();
    Result test();
    Result fieldTest(const FilterToken &name, const FilterToken &operation, const FilterToken &value);
    Result fail(const FilterToken &where, const QString &message);
    void advance() { m_token = m_lexer.next(); }

    FilterLexer m_lexer = FilterLexer({});
    FilterToken m_token;
    FilterError m_error;
    int m_depth = 0;
};

} // namespace inspector
