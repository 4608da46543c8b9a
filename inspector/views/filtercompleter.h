#pragma once
#include "inspector/models/filtercompletion.h"

#include <QCompleter>

class QLineEdit;
class QStandardItemModel;
class QTreeView;

namespace inspector {

/// Offers fields, operators and values below the cursor of a filter's line: by itself once something is begun, and all
/// there is with Ctrl+Space. Return takes a row that was moved to, else what is typed stays as it is; Tab also takes
/// the first row, if that only goes on with what is typed.
class FilterCompleter : public QCompleter
{
    Q_OBJECT

public:
    FilterCompleter(QLineEdit *edit, FilterCompletion::Seen seen);

    /// \a asked: also where nothing was begun.
    void offer(bool asked);
    /// What is offered was for another text.
    void close();
    QStringList offered() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString chosen() const;
    /// The first candidate, if it begins with what is typed; else empty.
    QString continuation() const;
    void take(const QString &text);

    QLineEdit *m_edit;
    FilterCompletion::Seen m_seen;
    QStandardItemModel *m_items;
    QTreeView *m_popup; ///< popup() would make another one while it is being set
    FilterCompletion m_completion;
};

} // namespace inspector
