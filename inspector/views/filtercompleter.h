#pragma once
#include "inspector/models/filtercompletion.h"

#include <QCompleter>

class QLineEdit;
class QStandardItemModel;

namespace inspector {

/// Offers fields, operators and values below the cursor of a filter's line: by itself once something is begun, and all
/// there is with Ctrl+Space.
class FilterCompleter : public QCompleter
{
    Q_OBJECT

public:
    FilterCompleter(QLineEdit *edit, FilterCompletion::Seen seen);

    /// \a asked: also where nothing was begun.
    void offer(bool asked);
    QStringList offered() const;

private:
    void take(const QString &text);

    QLineEdit *m_edit;
    FilterCompletion::Seen m_seen;
    QStandardItemModel *m_items;
    FilterCompletion m_completion;
};

} // namespace inspector
