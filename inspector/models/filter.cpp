#include "inspector/models/filter.h"

#include "inspector/models/filteroperators.h"
#include "inspector/session/wallclock.h"

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;
using Relation = FilterTest::Relation;

bool FilterTest::passes(const FilterSource &source) const
{
    if (type == FieldType::Text || type == FieldType::Words)
        return passesText(source);
    if (type == FieldType::Moment)
        return passesMoment(source.presence());
    const double first = source.number(field, false);
    const double second = source.number(field, true);
    // "port!=80" means that neither end has it.
    if (relation == Relation::NotEqual)
        return (first >= 0 || second >= 0) && passesNumber(first) && passesNumber(second);
    return (first >= 0 && passesNumber(first)) || (second >= 0 && passesNumber(second));
}

bool FilterTest::passesText(const FilterSource &source) const
{
    const QString value = source.text(field);
    if (relation == Relation::Matches)
        return pattern.match(value).hasMatch();
    if (type == FieldType::Text && relation == Relation::Contains)
        return value.contains(text, Qt::CaseInsensitive);
    // A source gives several texts, such as both ends, on a line each.
    bool found = false;
    for (const QStringView part : QStringView(value).tokenize(type == FieldType::Words ? u' ' : u'\n'))
        found = found || part.compare(text, Qt::CaseInsensitive) == 0;
    return found == (relation != Relation::NotEqual);
}

bool FilterTest::passesNumber(double value) const
{
    switch (relation) {
    case Relation::NotEqual:
        return value != number;
    case Relation::Less:
        return value < number;
    case Relation::LessOrEqual:
        return value <= number;
    case Relation::Greater:
        return value > number;
    case Relation::GreaterOrEqual:
        return value >= number;
    default:
        return value == number;
    }
}

std::pair<double, double> FilterTest::span(double now) const
{
    // A clock has no date: what lies ahead of now was yesterday.
    const double day = number > now + 60 ? secondsOfADay : 0;
    return {number - day, last - day};
}

bool FilterTest::passesMoment(const FilterSource::Presence &presence) const
{
    const auto [first, end] = span(presence.now);
    switch (relation) {
    case Relation::Less:
    case Relation::LessOrEqual:
        return presence.from < (relation == Relation::Less ? first : end);
    case Relation::Greater:
    case Relation::GreaterOrEqual:
        return presence.to >= (relation == Relation::Greater ? end : first);
    default:
        return (presence.from <= end && presence.to >= first) == (relation != Relation::NotEqual);
    }
}

bool Filter::asks(Field field) const
{
    if (m_operation == Operation::Test)
        return m_test.field == field;
    return std::ranges::any_of(m_parts, [field](const Filter &part) { return part.asks(field); });
}

std::optional<Filter> Filter::remainder(const Filter &filter, Field field)
{
    if (filter.m_operation == Operation::Test)
        return filter.m_test.field == field ? std::nullopt : std::optional(filter);
    std::vector<Filter> parts;
    for (const Filter &part : filter.m_parts) {
        if (std::optional<Filter> rest = remainder(part, field))
            parts.push_back(*std::move(rest));
    }
    if (parts.empty())
        return std::nullopt;
    return Filter(filter.m_operation, std::move(parts));
}

std::optional<std::pair<double, double>> Filter::span(double now) const
{
    if (m_operation == Operation::Test) {
        const bool isSpan =
            m_test.relation == FilterTest::Relation::Contains || m_test.relation == FilterTest::Relation::Equal;
        return m_test.field == Field::Time && isSpan ? std::optional(m_test.span(now)) : std::nullopt;
    }
    if (m_operation != Operation::All)
        return std::nullopt;
    for (const Filter &part : m_parts) {
        if (const auto found = part.span(now))
            return found;
    }
    return std::nullopt;
}

Filter Filter::without(Field field) const
{
    return asks(field) ? remainder(*this, field).value_or(Filter()) : *this;
}

bool Filter::matches(const FilterSource &source) const
{
    const auto passes = [&](const Filter &part) {
        return part.matches(source);
    };
    switch (m_operation) {
    case Operation::All:
        return std::ranges::all_of(m_parts, passes);
    case Operation::Any:
        return std::ranges::any_of(m_parts, passes);
    case Operation::None:
        return std::ranges::none_of(m_parts, passes);
    case Operation::Test:
        break;
    }
    return m_test.passes(source);
}

bool Filter::dependsOnTime() const
{
    if (m_operation != Operation::Test)
        return std::ranges::any_of(m_parts, &Filter::dependsOnTime);
    switch (m_test.field) {
    case Field::Age:
    case Field::Idle:
    case Field::Rate:
    case Field::RateIn:
    case Field::RateOut:
    case Field::Lint:
        return true;
    default:
        return false;
    }
}

QString Filter::toString() const
{
    if (m_operation == Operation::Test) {
        const auto fields = filterFields();
        const auto info = std::ranges::find(fields, m_test.field, &FieldInfo::field);
        const QString name = info == fields.end() ? u"any"_s : QString::fromLatin1(info->name);
        const bool isText =
            m_test.type == FieldType::Text || m_test.type == FieldType::Words || m_test.type == FieldType::Moment;
        const QString value = m_test.relation == Relation::Matches ? m_test.pattern.pattern()
                              : isText                             ? m_test.text
                                                                   : QString::number(m_test.number, 'g', 12);
        return name + QLatin1StringView(operatorOf(m_test.relation).text) + value;
    }
    QStringList parts;
    for (const Filter &part : m_parts)
        parts += part.toString();
    const QLatin1StringView name = m_operation == Operation::All   ? "all"_L1
                                   : m_operation == Operation::Any ? "any"_L1
                                                                   : "none"_L1;
    return name + u'(' + parts.join(u", "_s) + u')';
}

} // namespace inspector
