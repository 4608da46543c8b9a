#include "inspector/views/eventlogview.h"

#include "inspector/views/celldelegate.h"
#include "inspector/views/copyrows.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/flatheader.h"
#include "inspector/views/latestpill.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace inspector {

using namespace Qt::StringLiterals;
using EventColumn = EventModel::EventColumn;

EventLogView::EventLogView(EventModel &model, QWidget *parent)
    : QTableView(parent),
      m_model(model),
      m_empty(new EmptyState(viewport())),
      m_pill(new LatestPill(this))
{
    setObjectName(u"events"_s);
    setAccessibleName(tr("Event log"));
    setModel(&m_model);
    setItemDelegate(new CellDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false);
    // Whole rows: the front of the log can be cut off without a tremble of what one is reading.
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4);
    makeFlat(*horizontalHeader());
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    setColumnWidth(static_cast<int>(EventColumn::Time), fontMetrics().horizontalAdvance(u"00:00:00.000"_s) + 14);
    const int character = fontMetrics().averageCharWidth();
    for (const auto &[column, width] :
         {std::pair(EventColumn::Process, 12), std::pair(EventColumn::Object, 17), std::pair(EventColumn::Event, 14)})
        setColumnWidth(static_cast<int>(column), character * width + 12);
    setColumnHidden(static_cast<int>(EventColumn::Process), true);

    connect(m_pill, &QPushButton::clicked, this, &EventLogView::follow);
    connect(&m_model, &EventModel::advanced, this, &EventLogView::advance);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &EventLogView::scrolled);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_following)
            follow();
    });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, &m_model, &EventModel::choose);
    connect(this, &QTableView::doubleClicked, this,
            [this](const QModelIndex &index) { Q_EMIT chosen(m_model.keyOf(index)); });
}

void EventLogView::setEmptyText(const QString &title, const QString &hint)
{
    m_empty->setText(title, hint);
}

void EventLogView::follow()
{
    const QScopedValueRollback moving(m_moving, true);
    m_following = true;
    m_unseen = 0;
    scrollToBottom();
    showPill();
}

void EventLogView::advance(int count, int removed)
{
    // One process needs no column to tell it from others.
    setColumnHidden(static_cast<int>(EventColumn::Process), !m_model.hasSeveralProcesses());
    if (m_following) {
        follow();
        return;
    }
    m_unseen += count;
    if (removed > 0) {
        const QScopedValueRollback moving(m_moving, true);
        verticalScrollBar()->setValue(verticalScrollBar()->value() - removed);
    }
    showPill();
}

void EventLogView::scrolled()
{
    if (m_moving)
        return;
    m_following = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    if (m_following)
        m_unseen = 0;
    showPill();
}

void EventLogView::showPill()
{
    m_pill->showFor(m_following, m_unseen);
}

void EventLogView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (m_following)
        follow();
    else
        showPill();
}

void EventLogView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKeyboard ? currentIndex() : indexAt(event->pos());
    const bool isProcess = index.column() == static_cast<int>(EventColumn::Process);
    if (index.isValid())
        Q_EMIT menuRequested(m_model.keyOf(index), static_cast<int>(isProcess ? Column::Process : Column::Name),
                             byKeyboard ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

void EventLogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRows(*this, RowForm::Text, false);
        return;
    }
    if (event->key() == Qt::Key_Space) {
        event->ignore();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT chosen(m_model.keyOf(currentIndex()));
        return;
    }
    QTableView::keyPressEvent(event);
    if (event->key() == Qt::Key_End)
        follow();
}

} // namespace inspector
