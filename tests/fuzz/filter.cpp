#include "inspector/models/filterparser.h"
#include "tests/fuzz/fuzz.h"

using namespace inspector;
using namespace Qt::StringLiterals;

namespace {

/// A row with something in every field.
class Row final : public FilterSource
{
public:
    QString text(Field field) const override
    {
        return field == Field::State ? u"read-ended half-open"_s : u"echo #17\n10.1.2.3:4000 [::1]:80"_s;
    }
    double number(Field field, bool second) const override { return field == Field::Port && second ? 4000 : 80; }
    Presence presence() const override { return {.from = -10, .to = 40000, .now = 50000}; }
};

} // namespace

/// A text is a filter or has an error that points into it; a filter judges, and forgets a field if it is told to.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    FilterParser parser;
    const auto filter = parser.parse(text);
    if (!filter) {
        const FilterError &error = parser.error();
        fuzz::claim(!error.message.isEmpty(), "an error says something");
        fuzz::claim(error.position >= 0 && error.length >= 0 && error.position + error.length <= text.size(),
                    "an error points into the text");
        return 0;
    }
    const Row row;
    const bool passes = filter->matches(row);
    fuzz::claim(filter->matches(row) == passes, "a filter does not change its mind");
    const auto again = FilterParser().parse(text);
    fuzz::claim(again && again->toString() == filter->toString(), "the same text is the same filter");
    const QString typed = filter->typed();
    const auto read = FilterParser().parse(typed);
    fuzz::claim(typed.size() > 4096 || (read && read->typed() == typed && read->matches(row) == passes),
                "a filter that is typed again is the same one");
    for (const Field field : {Field::Any, Field::State, Field::Port}) {
        if (filter->asks(field))
            fuzz::claim(!filter->without(field).asks(field), "a field that is taken out is not asked");
        else
            fuzz::claim(filter->without(field).toString() == filter->toString(), "nothing else is taken out");
    }
    return 0;
}
