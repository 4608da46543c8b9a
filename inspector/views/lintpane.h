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
    /// Goes to what is wrong with it.
    void choose(inspector::SubjectKey key);

Q_SIGNALS:
    void chosen(inspector::SubjectKey key);
    /// A condition to add to the filter.
    void conditionChosen(const QString &condition);

private:
    void follow();
    int rowToFollow() const;
    void showAdvice();
    void showMenu(const QPoint &position);
    void showHint();

    LintModel &m_model;
    QTableView *m_table;
    QLabel *m_advice;
    EmptyState *m_empty;
    SubjectKey m_chosen;
    Lint m_lint = {}; ///< the user was at last
    bool m_quiet = false;
};

} // namespace inspector
