#include "inspector/models/filteredit.h"
#include "inspector/models/filteroperators.h"

#include <QLocale>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;

QString FilterTest::typed() const
{
    if (field == Field::Any)
        return quotedValue(text);
    const QString start = QLatin1StringView(std::ranges::find(filterFields(), field, &FieldInfo::field)->name) +
                          QLatin1StringView(operatorOf(relation).text);
    if (relation == Relation::Matches)
        return start + quotedValue(pattern.pattern());
    if (type == FieldType::Text || type == FieldType::Words || type == FieldType::Moment)
        return start + quotedValue(text);
    // In the field's own unit, with as many digits as it takes to read the same number.
    return start + QString::number(number, 'f', QLocale::FloatingPointShortest);
}

QString Filter::typed() const
{
    if (m_operation == Operation::Test)
        return m_test.typed();
    QStringList texts;
    for (const Filter &part : m_parts) {
        const bool bare = part.m_operation == Operation::Test || part.m_operation == Operation::None ||
                          (part.m_operation == Operation::All && m_operation == Operation::Any);
        texts += bare ? part.typed() : u'(' + part.typed() + u')';
    }
    if (m_operation == Operation::All)
        return texts.join(u' ');
    const QString any = texts.join(u" or "_s);
    if (m_operation == Operation::Any)
        return any;
    return texts.size() == 1 ? u'-' + any : u"-("_s + any + u')';
}

} // namespace inspector
