#pragma once
#include "inspector/models/filterparser.h"

#include <QObject>

namespace inspector {

/// The one filter that everything obeys. A text that is no filter changes nothing but error().
class FilterState : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const QString &text() const { return m_text; }
    /// Returns whether \a text is a filter; the former one stays in force if it is not.
    bool setText(const QString &text);
    const Filter &filter() const { return m_filter; }
    const FilterError &error() const { return m_error; }
    bool isValid() const { return m_error.message.isEmpty(); }

Q_SIGNALS:
    /// filter() is another one.
    void changed();

private:
    QString m_text;
    Filter m_filter;
    FilterError m_error;
};

} // namespace inspector
