#pragma once
#include "inspector/models/filterfields.h"

#include <QRegularExpression>

#include <optional>
#include <vector>

namespace inspector {

/// A row as a filter sees it.
class FilterSource
{
public:
    /// Text of a Text field, several on a line each; the words of a Words field with blanks between them.
    virtual QString text(Field field) const = 0;
    /// Value of a Number, Bytes or Duration (seconds) field; negative: the row has none. \a second: the other
    /// value of a field that has two, as the ports of both ends.
    virtual double number(Field field, bool second) const = 0;
    /// When it was there, and now: seconds since today's midnight, below 0 for yesterday.
    struct Presence
    {
        double from = 0;
        double to = 0;
        double now = 0;
    };
    virtual Presence presence() const { return {}; }

protected:
    ~FilterSource() = default;
};

/// One comparison: what stands between two blanks of a filter.
struct FilterTest
{
    enum class Relation : quint8 { Contains, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Matches };

    Field field = Field::Any;
    FieldType type = FieldType::Text;
    Relation relation = Relation::Contains;
    QString text = {};
    double number = 0;
    double last = 0;                 ///< Moment: the end of the span that begins at number
    QRegularExpression pattern = {}; ///< for Matches

    bool passes(const FilterSource &source) const;
    /// As one types it.
    QString typed() const;
    /// Of a Moment: where it lies, seen from \a now.
    std::pair<double, double> span(double now) const;

private:
    bool passesText(const FilterSource &source) const;
    bool passesNumber(double value) const;
    bool passesMoment(const FilterSource::Presence &presence) const;
};

/// A parsed filter. The default one lets everything pass. See FilterParser for its language.
class Filter
{
public:
    enum class Operation : quint8 { All, Any, None, Test };

    Filter() = default;
    explicit Filter(FilterTest test) : m_operation(Operation::Test), m_test(std::move(test)) {}
    /// All or any of \a parts, or none of them.
    Filter(Operation operation, std::vector<Filter> parts) : m_operation(operation), m_parts(std::move(parts)) {}

    bool isEmpty() const { return m_operation == Operation::All && m_parts.empty(); }
    bool matches(const FilterSource &source) const;
    /// True if an answer may change by time alone, as with age, idle and rates.
    bool dependsOnTime() const;
    /// True if it compares \a field anywhere.
    bool asks(Field field) const;
    /// The same filter as if nothing had been said about \a field.
    Filter without(Field field) const;
    /// The span of Field::Time that everything which passes was in, as FilterSource::Presence tells \a now.
    std::optional<std::pair<double, double>> span(double now) const;
    /// The structure in brackets, for tests and for the curious.
    QString toString() const;
    /// The filter as one types it: parsed again it is the same one.
    QString typed() const;

private:
    static std::optional<Filter> remainder(const Filter &filter, Field field);

    Operation m_operation = Operation::All;
    std::vector<Filter> m_parts;
    FilterTest m_test;
};

} // namespace inspector
