#pragma once
#include "inspector/models/filterstate.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace inspector {

/// Where the filter is typed: green while it is one, red with the reason while it is not.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(FilterState &filter, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// Adds a condition to what stands there.
    void add(const QString &condition);
    /// Puts \a condition in place of what is said there of \a field; an empty one only takes that away.
    void replace(QStringView field, const QString &condition);
    void setCounts(int shown, int total);

public Q_SLOTS:
    /// Puts the cursor there and selects what stands there.
    void edit();

protected:
    void changeEvent(QEvent *event) override;

private:
    void apply(const QString &text);
    void showValidity();

    FilterState &m_filter;
    QLineEdit *m_edit;
    QLabel *m_message;
    QLabel *m_counts;
};

} // namespace inspector
