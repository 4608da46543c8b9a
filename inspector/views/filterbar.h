#pragma once
#include "inspector/models/filtercompletion.h"
#include "inspector/models/filterhistory.h"
#include "inspector/models/filterstate.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;

namespace inspector {

class FilterCompleter;

/// Where the filter is typed: green while it is one, red with the reason while it is not. Completes what is begun, and
/// goes back to what was applied before.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    /// \a seen: the values that completion offers.
    FilterBar(FilterState &filter, FilterCompletion::Seen seen, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// Adds a condition to what stands there.
    void add(const QString &condition);
    /// Puts \a condition in place of what is said there of \a field; an empty one only takes that away.
    void replace(QStringView field, const QString &condition);
    void setCounts(int shown, int total);
    void setRecent(const QStringList &filters) { m_history.setRecent(filters); }

    QAction *undoAction() const { return m_undo; }
    QAction *redoAction() const { return m_redo; }
    QAction *helpAction() const { return m_help; }
    FilterCompleter *completer() const { return m_completer; }

public Q_SLOTS:
    /// Puts the cursor there and selects what stands there.
    void edit();

Q_SIGNALS:
    /// Those that were applied, the last one first.
    void recentChanged(const QStringList &filters);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAction *addButton(const QString &name, const QString &text, const QString &sign, const QKeySequence &key);
    void apply(const QString &text);
    /// What stands there is meant so: a step to come back to.
    void commit();
    void step(const std::optional<QString> &text);
    void showSteps();
    void showRecent();
    void showLineMenu(const QPoint &position);
    void showHelp();
    void showValidity();

    FilterState &m_filter;
    FilterHistory m_history;
    QLineEdit *m_edit;
    FilterCompleter *m_completer;
    QLabel *m_message;
    QLabel *m_counts;
    QAction *m_undo;
    QAction *m_redo;
    QAction *m_recent;
    QAction *m_help;
};

} // namespace inspector
