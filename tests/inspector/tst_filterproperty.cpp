// Filters made up from the grammar: what is printed is read back as the same filter, and every filter judges rows as a
// much simpler evaluator does that knows nothing of the parser.
#include "inspector/models/filteredit.h"
#include "inspector/models/filteroperators.h"
#include "inspector/models/filterparser.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <map>
#include <string_view>

using namespace inspector;
using namespace Qt::StringLiterals;
using Relation = FilterTest::Relation;

namespace {

/// A row with made-up values; each field has the same ones whenever it is asked.
class Row final : public FilterSource
{
public:
    QString text(Field field) const override
    {
        const auto found = texts.find(field);
        return found == texts.end() ? QString() : found->second;
    }
    double number(Field field, bool second) const override
    {
        const auto found = numbers.find({field, second});
        return found == numbers.end() ? -1 : found->second;
    }
    Presence presence() const override { return {.from = from, .to = to, .now = 80'000}; }

    std::map<Field, QString> texts;
    std::map<std::pair<Field, bool>, double> numbers;
    double from = 0;
    double to = 0;
};

/// A filter as the test means it, which is then spelled in one of many ways.
struct Meaning
{
    enum class Kind : quint8 { All, Any, Not, Test } kind = Kind::Test;
    std::vector<Meaning> parts = {};
    Field field = Field::Any;
    FieldType type = FieldType::Text;
    Relation relation = Relation::Contains;
    QString text = {}; ///< the value as such
    bool isPattern = false;
    double number = 0;
    double last = 0;
};

class Maker
{
public:
    explicit Maker(quint32 seed) : m_random(seed) {}

    Meaning meaning(int depth)
    {
        const int kind = depth > 0 ? below(6) : 5;
        if (kind > 3)
            return test();
        Meaning made{.kind = kind == 0 ? Meaning::Kind::Not : kind == 1 ? Meaning::Kind::Any : Meaning::Kind::All};
        const int count = made.kind == Meaning::Kind::Not ? 1 : 2 + below(3);
        for (int i = 0; i < count; ++i)
            made.parts.push_back(meaning(depth - 1));
        return made;
    }

    QString spelled(const Meaning &meaning)
    {
        switch (meaning.kind) {
        case Meaning::Kind::Test:
            return test(meaning);
        case Meaning::Kind::Not:
            return one({u"-"_s, u"!"_s, u"not "_s, u"NOT\t"_s, u"- "_s}) + part(meaning.parts.front(), true);
        default:
            break;
        }
        const bool all = meaning.kind == Meaning::Kind::All;
        QString text;
        for (const Meaning &one : meaning.parts) {
            if (!text.isEmpty())
                text += all ? this->one({u" "_s, u" and "_s, u" & "_s, u" AND "_s, u"  && "_s})
                            : this->one({u" or "_s, u" | "_s, u" Or "_s, u" || "_s});
            text += part(one, all || one.kind == Meaning::Kind::Any);
        }
        return text;
    }

    Row row()
    {
        Row made;
        for (const FieldInfo &info : filterFields()) {
            if (info.type == FieldType::Text) {
                made.texts[info.field] = value();
                if (below(3) == 0)
                    made.texts[info.field] += u'\n' + value();
            } else if (info.type == FieldType::Words) {
                const QStringList words = info.wordList();
                made.texts[info.field] = (below(2) ? one(words) + u' ' : QString()) + one(words);
            } else if (info.type != FieldType::Moment) {
                made.numbers[{info.field, false}] = below(4) ? number() : -1;
                made.numbers[{info.field, true}] = info.field == Field::Port && below(2) ? number() : -1;
            }
        }
        made.texts[Field::Any] = value() + u'\n' + value();
        made.from = below(70'000);
        made.to = made.from + below(5'000);
        return made;
    }

    int below(int bound) { return m_random.bounded(bound); }

private:
    QString one(const QStringList &of) { return of.at(below(static_cast<int>(of.size()))); }
    double number()
    {
        return std::vector<double>{0, 1, 80, 1024, 1536, 60, 3600, 0.5}[static_cast<std::size_t>(below(8))];
    }
    QString value()
    {
        static const QStringList pieces = {u"echo"_s, u"a"_s, u"B"_s, u" "_s,    u"\""_s,  u"'"_s,
                                           u"\\"_s,   u"("_s, u")"_s, u"10.1"_s, u":80"_s, u"or"_s,
                                           u"-"_s,    u"*"_s, u"?"_s, u"ß"_s,    u"<"_s,   u"🦀"_s};
        QString text;
        for (int i = below(5); i >= 0; --i)
            text += one(pieces);
        return text;
    }

    Meaning test()
    {
        const auto fields = filterFields();
        if (below(6) == 0)
            return {.text = value()};
        const FieldInfo &info = fields[static_cast<std::size_t>(below(static_cast<int>(fields.size())))];
        std::vector<Relation> fitting;
        for (const FilterOperator &how : filterOperators()) {
            if (how.fits(info.type) && how.relation != Relation::Matches)
                fitting.push_back(how.relation);
        }
        Meaning made{.field = info.field,
                     .type = info.type,
                     .relation = fitting[static_cast<std::size_t>(below(static_cast<int>(fitting.size())))]};
        switch (info.type) {
        case FieldType::Text:
            made.text = value();
            made.isPattern = made.relation == Relation::Contains && isBare(made.text) && below(2);
            break;
        case FieldType::Words:
            made.text = one(info.wordList());
            break;
        case FieldType::Moment:
            made.number = 60 * below(1200);
            made.last = made.number + 60;
            made.text = QTime(0, 0).addSecs(static_cast<int>(made.number)).toString(u"HH:mm"_s);
            break;
        default:
            made.number = number();
        }
        return made;
    }

    static bool isBare(const QString &text)
    {
        return !text.isEmpty() && std::ranges::none_of(text, [](QChar character) {
            return character.isSpace() || u"()\"'"_s.contains(character);
        });
    }

    QString test(const Meaning &meaning)
    {
        if (meaning.field == Field::Any)
            return quotedValue(meaning.text);
        const auto info = std::ranges::find(filterFields(), meaning.field, &FieldInfo::field);
        QString name = QString::fromLatin1(info->name);
        if (below(4) == 0)
            name = name.toUpper();
        const QString gap = below(5) ? QString() : u" "_s;
        return name + gap + QString::fromLatin1(operatorOf(meaning.relation).text) + gap + spelledValue(meaning);
    }

    static QString plain(double number) { return QString::number(number, 'f', QLocale::FloatingPointShortest); }

    QString spelledValue(const Meaning &meaning)
    {
        switch (meaning.type) {
        case FieldType::Text:
            return meaning.isPattern ? meaning.text : quotedValue(meaning.text);
        case FieldType::Words:
        case FieldType::Moment:
            return below(2) ? meaning.text : quotedValue(meaning.text);
        case FieldType::Bytes:
            return std::fmod(meaning.number, 512) == 0 && below(2) ? plain(meaning.number / 1024) + u'k'
                                                                   : plain(meaning.number);
        case FieldType::Duration:
            return std::fmod(meaning.number, 60) == 0 && below(2) ? plain(meaning.number / 60) + u'm'
                   : below(2)                                     ? plain(meaning.number * 1000) + u"ms"_s
                                                                  : plain(meaning.number);
        case FieldType::Number:
            break;
        }
        return plain(meaning.number);
    }

    QString part(const Meaning &meaning, bool guarded)
    {
        const bool needs = guarded && (meaning.kind == Meaning::Kind::Any || meaning.kind == Meaning::Kind::All);
        const QString text = spelled(meaning);
        return needs || below(5) == 0 ? u'(' + text + u')' : text;
    }

    QRandomGenerator m_random;
};

// * and ? by hand, without a regular expression.
bool fits(std::u32string_view pattern, std::u32string_view text)
{
    if (pattern.empty())
        return text.empty();
    if (pattern.front() == U'*')
        return fits(pattern.substr(1), text) || (!text.empty() && fits(pattern, text.substr(1)));
    const bool same = !text.empty() && (pattern.front() == U'?' ||
                                        QChar::toCaseFolded(pattern.front()) == QChar::toCaseFolded(text.front()));
    return same && fits(pattern.substr(1), text.substr(1));
}

bool compares(double value, Relation relation, double with)
{
    switch (relation) {
    case Relation::Less:
        return value < with;
    case Relation::LessOrEqual:
        return value <= with;
    case Relation::Greater:
        return value > with;
    case Relation::GreaterOrEqual:
        return value >= with;
    case Relation::NotEqual:
        return value != with;
    default:
        return value == with;
    }
}

bool holds(const Meaning &meaning, const Row &row)
{
    const auto part = [&](const Meaning &one) {
        return holds(one, row);
    };
    if (meaning.kind == Meaning::Kind::Not)
        return !part(meaning.parts.front());
    if (meaning.kind == Meaning::Kind::All)
        return std::ranges::all_of(meaning.parts, part);
    if (meaning.kind == Meaning::Kind::Any)
        return std::ranges::any_of(meaning.parts, part);
    const QString text = row.text(meaning.field);
    const bool inverse = meaning.relation == Relation::NotEqual;
    switch (meaning.type) {
    case FieldType::Text: {
        const QStringList lines = text.split(u'\n');
        if (meaning.isPattern && (meaning.text.contains(u'*') || meaning.text.contains(u'?')))
            return std::ranges::any_of(
                lines, [&](const QString &line) { return fits(meaning.text.toStdU32String(), line.toStdU32String()); });
        if (meaning.relation == Relation::Contains)
            return text.toCaseFolded().contains(meaning.text.toCaseFolded());
        return lines.contains(meaning.text, Qt::CaseInsensitive) != inverse;
    }
    case FieldType::Words:
        return text.split(u' ').contains(meaning.text) != inverse;
    case FieldType::Moment: {
        const double first = meaning.number;
        switch (meaning.relation) {
        case Relation::Less:
            return row.from < first;
        case Relation::LessOrEqual:
            return row.from < meaning.last;
        case Relation::Greater:
            return row.to >= meaning.last;
        case Relation::GreaterOrEqual:
            return row.to >= first;
        default:
            return (row.from <= meaning.last && row.to >= first) != inverse;
        }
    }
    default:
        break;
    }
    std::vector<double> values;
    for (const bool second : {false, true}) {
        if (const double value = row.number(meaning.field, second); value >= 0)
            values.push_back(value);
    }
    const auto one = [&](double value) {
        return compares(value, meaning.relation, meaning.number);
    };
    return !values.empty() && (inverse ? std::ranges::all_of(values, one) : std::ranges::any_of(values, one));
}

} // namespace

class tst_FilterProperty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsTypedIsReadBackAlike();
    void everyFilterJudgesAsItsMeaning();
    void anyValueCanBeQuoted();
    void bytesAreAFilterOrAnErrorWithAPlace();
};

void tst_FilterProperty::whatIsTypedIsReadBackAlike()
{
    for (quint32 seed = 1; seed <= 3000; ++seed) {
        Maker maker(seed);
        const QString text = maker.spelled(maker.meaning(4));
        FilterParser parser;
        const std::optional<Filter> filter = parser.parse(text);
        if (text.size() > 4096)
            continue;
        QVERIFY2(filter, qPrintable(u"seed %1: %2: %3"_s.arg(seed).arg(text, parser.error().message)));
        const QString typed = filter->typed();
        if (typed.size() > 4096)
            continue;
        const std::optional<Filter> again = parser.parse(typed);
        QVERIFY2(again, qPrintable(u"seed %1: %2: %3"_s.arg(seed).arg(typed, parser.error().message)));
        QCOMPARE(again->typed(), typed);
        QCOMPARE(again->toString(), filter->toString());
    }
}

void tst_FilterProperty::everyFilterJudgesAsItsMeaning()
{
    int passed = 0;
    int judged = 0;
    for (quint32 seed = 1; seed <= 2000; ++seed) {
        Maker maker(seed);
        const Meaning meaning = maker.meaning(3);
        const QString text = maker.spelled(meaning);
        FilterParser parser;
        const std::optional<Filter> filter = parser.parse(text);
        if (text.size() > 4096)
            continue;
        QVERIFY2(filter, qPrintable(u"seed %1: %2: %3"_s.arg(seed).arg(text, parser.error().message)));
        const Filter again = FilterParser().parse(filter->typed()).value_or(*filter);
        for (int i = 0; i < 20; ++i) {
            const Row row = maker.row();
            const bool should = holds(meaning, row);
            if (filter->matches(row) != should || again.matches(row) != should)
                QFAIL(qPrintable(u"seed %1, row %2: %3"_s.arg(seed).arg(i).arg(text)));
            passed += should;
            ++judged;
        }
    }
    // Both answers are frequent, or this proves nothing.
    QVERIFY(passed > judged / 10);
    QVERIFY(passed < judged * 9 / 10);
}

void tst_FilterProperty::anyValueCanBeQuoted()
{
    for (const QString &value :
         {u""_s, u"\\"_s, u"a\\"_s, u"a\\\\"_s, u"\\\""_s, u"\"\\"_s, u"C:\\a b\\"_s, u"'\"'"_s}) {
        FilterParser parser;
        const std::optional<Filter> filter = parser.parse(u"name="_s + quotedValue(value) + u" port=1"_s);
        QVERIFY2(filter, qPrintable(value));
        QCOMPARE(filter->toString(), u"all(name="_s + value + u", port=1)"_s);
    }
}

void tst_FilterProperty::bytesAreAFilterOrAnErrorWithAPlace()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 50'000; ++round) {
        QByteArray bytes(random.bounded(40), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = static_cast<char>(random.bounded(256));
        const QString text = round % 2 ? QString::fromUtf8(bytes) : QString::fromLatin1(bytes);
        FilterParser parser;
        if (const std::optional<Filter> filter = parser.parse(text)) {
            QVERIFY(FilterParser().parse(filter->typed()));
            continue;
        }
        const FilterError &error = parser.error();
        QVERIFY(!error.message.isEmpty());
        QVERIFY(error.position >= 0 && error.length >= 0 && error.position + error.length <= text.size());
    }
}

QTEST_GUILESS_MAIN(tst_FilterProperty)
#include "tst_filterproperty.moc"
