#include "inspector/views/filtercompleter.h"

#include "inspector/views/colours.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTreeView>

#include <algorithm>

namespace inspector {

static QTreeView *makePopup()
{
    auto *popup = new QTreeView;
    popup->setObjectName(QStringLiteral("filterCompletion"));
    popup->setAccessibleName(FilterCompleter::tr("Completion"));
    popup->setHeaderHidden(true);
    popup->setRootIsDecorated(false);
    popup->setUniformRowHeights(true);
    popup->setSelectionBehavior(QAbstractItemView::SelectRows);
    popup->setEditTriggers(QAbstractItemView::NoEditTriggers);
    popup->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return popup;
}

FilterCompleter::FilterCompleter(QLineEdit *edit, FilterCompletion::Seen seen)
    : QCompleter(edit),
      m_edit(edit),
      m_seen(std::move(seen)),
      m_items(new QStandardItemModel(this))
{
    setModel(m_items);
    setCompletionMode(UnfilteredPopupCompletion);
    setMaxVisibleItems(12);
    setPopup(makePopup());
    setWidget(m_edit);
    connect(this, qOverload<const QString &>(&QCompleter::activated), this, &FilterCompleter::take);
}

void FilterCompleter::offer(bool asked)
{
    m_completion = FilterCompletion::at(m_edit->text(), m_edit->cursorPosition(), m_seen);
    if (m_completion.candidates.isEmpty() || !(asked || m_completion.isAsked)) {
        popup()->hide();
        return;
    }
    m_items->clear();
    int width = 0;
    const QFontMetrics metrics(popup()->font());
    for (const FilterCompletion::Candidate &candidate : std::as_const(m_completion.candidates)) {
        auto *help = new QStandardItem(candidate.help);
        help->setForeground(Colours::of(m_edit->palette()).dim);
        auto *text = new QStandardItem(candidate.text);
        text->setSizeHint({0, metrics.height() + 6});
        m_items->appendRow({text, help});
        width = std::max(width, metrics.horizontalAdvance(candidate.text));
    }
    const QPoint corner = m_edit->inputMethodQuery(Qt::ImCursorRectangle).toRect().bottomLeft();
    const int character = metrics.averageCharWidth();
    auto *const tree = qobject_cast<QTreeView *>(popup());
    complete(QRect(corner.x(), 0, std::min(width + 70 * character, std::max(320, m_edit->width() - corner.x())),
                   m_edit->height()));
    tree->setColumnWidth(0, width + 4 * character);
}

QStringList FilterCompleter::offered() const
{
    QStringList texts;
    if (popup()->isVisible()) {
        for (int row = 0; row < m_items->rowCount(); ++row)
            texts += m_items->item(row)->text();
    }
    return texts;
}

void FilterCompleter::take(const QString &text)
{
    QString line = m_edit->text();
    line.replace(m_completion.start, m_completion.length, text);
    m_edit->setText(line);
    m_edit->setCursorPosition(m_completion.start + static_cast<int>(text.size()));
    // An operator wants its value at once.
    offer(false);
}

} // namespace inspector
