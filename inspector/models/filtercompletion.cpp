#include "inspector/models/filtercompletion.h"

#include "inspector/models/filteredit.h"
#include "inspector/models/filterlexer.h"
#include "inspector/models/filteroperators.h"

#include <QCoreApplication>

#include <vector>

namespace inspector {

using namespace Qt::StringLiterals;
using Kind = FilterToken::Kind;

static constexpr qsizetype limit = 60;

static QString fieldHelp(const FieldInfo &info)
{
    return QCoreApplication::translate("inspector::FilterFields", info.help);
}

// As it can stand in a filter: most values need no quotes.
static QString asWord(const QString &value)
{
    const bool plain = !value.isEmpty() && std::ranges::none_of(value, [](QChar character) {
        return character.isSpace() || u"()\"'*?"_s.contains(character);
    });
    return plain ? value : quotedValue(value);
}

static void addNames(FilterCompletion &completion, const QString &begun)
{
    for (const FieldInfo &info : filterFields()) {
        const QString name = QString::fromLatin1(info.name);
        if (name.startsWith(begun, Qt::CaseInsensitive) && name != begun)
            completion.candidates.append({name + u':', fieldHelp(info)});
    }
    const FieldInfo *info = findFilterField(begun);
    if (!info)
        return;
    for (const FilterOperator &how : filterOperators()) {
        if (how.fits(info->type))
            completion.candidates.append({QString::fromLatin1(info->name) + QLatin1StringView(how.text),
                                          QCoreApplication::translate("inspector::FilterOperators", how.help)});
    }
}

static void addValues(FilterCompletion &completion, const FieldInfo &info, const QString &begun,
                      const FilterCompletion::Seen &seen)
{
    const QStringList values = info.type == FieldType::Words ? info.wordList() : seen(info.field, begun);
    QStringList later;
    const auto add = [&](const QString &value) {
        if (completion.candidates.size() < limit)
            completion.candidates.append({asWord(value), {}});
    };
    for (const QString &value : values) {
        if (value == begun)
            continue;
        if (value.startsWith(begun, Qt::CaseInsensitive))
            add(value);
        else if (value.contains(begun, Qt::CaseInsensitive))
            later += value;
    }
    for (const QString &value : later)
        add(value);
}

FilterCompletion FilterCompletion::at(const QString &text, int cursor, const Seen &seen)
{
    std::vector<FilterToken> tokens;
    FilterLexer lexer(QStringView(text).first(std::clamp<qsizetype>(cursor, 0, text.size())));
    for (FilterToken token = lexer.next(); token.kind != Kind::End; token = lexer.next())
        tokens.push_back(token);
    const std::size_t count = tokens.size();
    const auto fieldBefore = [&](std::size_t index) -> const FieldInfo * {
        const bool is = index >= 2 && tokens[index - 1].kind == Kind::Operator && tokens[index - 2].kind == Kind::Word;
        return is ? findFilterField(tokens[index - 2].text) : nullptr;
    };

    FilterCompletion completion{.start = cursor};
    if (const FieldInfo *info = fieldBefore(count)) {
        completion.isAsked = true;
        addValues(completion, *info, {}, seen);
        return completion;
    }
    const bool touches = count > 0 && tokens.back().position + tokens.back().length == cursor;
    if (!touches || (tokens.back().kind != Kind::Word && tokens.back().kind != Kind::Broken)) {
        addNames(completion, {});
        return completion;
    }
    const FilterToken &last = tokens.back();
    completion.start = last.position;
    completion.length = cursor - last.position;
    completion.isAsked = true;
    if (const FieldInfo *info = fieldBefore(count - 1))
        addValues(completion, *info, last.kind == Kind::Broken ? last.text.sliced(1) : last.text, seen);
    else if (last.kind == Kind::Word)
        addNames(completion, last.text);
    return completion;
}

} // namespace inspector
