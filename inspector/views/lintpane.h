#pragma once
#include "inspector/models/lintmodel.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace inspector {

class EmptyState;

/// The mistakes that were found, and below them what to do about the current one.
class LintPane : public QWidget
{
    Q_OBJECT

public:
    explicit LintPane(LintModel &model, QWidget *parent = nullptr);

    QTableView *table() const { return m_table; }
    QString advice() const;

Q_SIGNALS:
    void chosen(inspector::SubjectKey key);
    /// A condition to add to the filter.
    void conditionChosen(const QString &condition);

private:
    void showAdvice();
    void showMenu(const QPoint &position);
    void showHint();

    LintModel &m_model;
    QTableView *m_table;
    QLabel *m_advice;
    EmptyState *m_empty;
    int m_current = 0;
};

} // namespace inspector
