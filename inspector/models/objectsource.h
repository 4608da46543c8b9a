#pragma once
#include "inspector/models/filter.h"
#include "inspector/session/objecttable.h"

namespace inspector {

/// A row of the table as a filter sees it.
class ObjectSource final : public FilterSource
{
public:
    ObjectSource(const ObjectTable &table, int row, qint64 now) : m_table(table), m_row(row), m_now(now) {}

    QString text(Field field) const override;
    double number(Field field, bool second) const override;
    Presence presence() const override;
    /// An event of the row is meant: it was there at \a time only.
    void setMoment(qint64 time) { m_moment = time; }

private:
    QString words(Field field) const;
    QString pidText() const;

    const ObjectTable &m_table;
    int m_row;
    qint64 m_now;
    qint64 m_moment = 0;
};

} // namespace inspector
