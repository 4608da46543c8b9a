#pragma once
#include <QString>

namespace inspector {

/// One piece of a filter's text, and where it stands.
struct FilterToken
{
    enum class Kind : quint8 { End, Word, Quoted, Operator, And, Or, Not, Open, Close, Broken };

    Kind kind = Kind::End;
    QString text = {}; ///< without its quotes
    int position = 0;
    int length = 0;
};

/// Cuts a filter's text into tokens, one at a time; never fails, a broken piece is a token too.
/// A colon or a comparison counts as an operator only behind a plain name, so that "::1" and
/// "127.0.0.1:80" stay words.
class FilterLexer
{
public:
    explicit FilterLexer(QStringView text) : m_text(text) {}

    FilterToken next();

private:
    FilterToken take(FilterToken::Kind kind, qsizetype length);
    FilterToken quoted(QChar quote);
    FilterToken word(bool value);
    qsizetype operatorLength() const;
    QChar at(qsizetype offset) const;

    QStringView m_text;
    qsizetype m_position = 0;
    bool m_afterName = false;     ///< the last token may be a field's name
    bool m_afterOperator = false; ///< a value follows: no operators inside it
};

} // namespace inspector
