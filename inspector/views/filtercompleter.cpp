#include "inspector/views/filtercompleter.h"

#include "inspector/views/colours.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
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
      m_items(new QStandardItemModel(this)),
      m_popup(makePopup())
{
    setModel(m_items);
    setCompletionMode(UnfilteredPopupCompletion);
    setMaxVisibleItems(12);
    setPopup(m_popup);
    setWidget(m_edit);
    connect(this, qOverload<const QString &>(&QCompleter::activated), this, &FilterCompleter::take);
}

void FilterCompleter::offer(bool asked)
{
    m_completion = FilterCompletion::at(m_edit->text(), m_edit->cursorPosition(), m_seen);
    if (m_completion.candidates.isEmpty() || !(asked || m_completion.isAsked)) {
        close();
        return;
    }
    m_items->clear();
    int width = 0;
    const QFontMetrics metrics(m_popup->font());
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
    complete(QRect(corner.x(), 0, std::min(width + 70 * character, std::max(320, m_edit->width() - corner.x())),
                   m_edit->height()));
    m_popup->setColumnWidth(0, width + 4 * character);
}

void FilterCompleter::close()
{
    m_popup->hide();
}

QString FilterCompleter::chosen() const
{
    const QModelIndexList rows = m_popup->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.constFirst().data().toString();
}

QString FilterCompleter::continuation() const
{
    const auto bare = [](QStringView text) {
        return text.startsWith(u'"') ? text.sliced(1) : text;
    };
    const QString line = m_edit->text();
    const QStringView typed = bare(QStringView(line).mid(m_completion.start, m_completion.length));
    const QString first = m_completion.candidates.isEmpty() ? QString() : m_completion.candidates.constFirst().text;
    return !typed.isEmpty() && bare(first).startsWith(typed, Qt::CaseInsensitive) ? first : QString();
}

// QCompleter itself takes the first row, which is the current one without anyone having moved there.
bool FilterCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_popup || event->type() != QEvent::KeyPress)
        return QCompleter::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool isReturn = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!isReturn && key != Qt::Key_Tab)
        return QCompleter::eventFilter(watched, event);
    QString text = chosen();
    if (text.isEmpty() && !isReturn)
        text = continuation();
    close();
    if (!text.isEmpty())
        take(text);
    else
        QCoreApplication::sendEvent(m_edit, event);
    return true;
}

QStringList FilterCompleter::offered() const
{
    QStringList texts;
    if (m_popup->isVisible()) {
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
