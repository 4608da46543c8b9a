#include "inspector/views/connectionview.h"

#include "inspector/views/celldelegate.h"
#include "inspector/views/copyrows.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/flatheader.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace inspector {

ConnectionView::ConnectionView(ObjectModel &model, QWidget *parent)
    : QTreeView(parent),
      m_model(model),
      m_empty(new EmptyState(viewport()))
{
    setObjectName(QStringLiteral("connections"));
    setAccessibleName(tr("Servers and connections"));
    setModel(&m_model);
    setUniformRowHeights(true); // without it every layout asks every row
    setAllColumnsShowFocus(true);
    setAlternatingRowColors(false);
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setIndentation(16);
    setFrameShape(NoFrame);
    setUpColumns();

    connect(this, &QTreeView::collapsed, this,
            [this](const QModelIndex &index) { m_collapsed += m_model.keyOf(index); });
    connect(this, &QTreeView::expanded, this,
            [this](const QModelIndex &index) { m_collapsed -= m_model.keyOf(index); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        expandNew({}, 0, m_model.rowCount() - 1);
        restoreCurrent();
    });
    connect(&m_model, &ObjectModel::updated, this, &ConnectionView::keepInPlace);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ConnectionView::dropAnchor);
    expandNew({}, 0, m_model.rowCount() - 1);
}

void ConnectionView::setUpColumns()
{
    auto *delegate = new CellDelegate(this);
    delegate->setElideLeft(static_cast<int>(Column::Local));
    delegate->setElideLeft(static_cast<int>(Column::Remote));
    setItemDelegate(delegate);

    // Room for what usually stands there; the margins are the delegate's and the indentation's.
    static constexpr std::pair<Column, const char *> samples[] = {{Column::Name, "local download sender"},
                                                                  {Column::Process, "application"},
                                                                  {Column::Kind, "accepted"},
                                                                  {Column::State, "open - waits for drain"},
                                                                  {Column::Local, "127.0.0.1:50000"},
                                                                  {Column::Remote, "4 open, 1,000 accepted"},
                                                                  {Column::Received, "v Received"},
                                                                  {Column::Sent, "1023 MiB"},
                                                                  {Column::RateIn, "1023 KiB/s"},
                                                                  {Column::RateOut, "1023 KiB/s"},
                                                                  {Column::Queue, "1023 KiB of 64.0 KiB"},
                                                                  {Column::Age, "59 min 59 s"},
                                                                  {Column::Idle, "59 min 59 s"},
                                                                  {Column::Error, "ECONNREFUSED"}};
    for (const auto &[column, text] : samples) {
        const int indentations = column == Column::Name ? 2 * indentation() : 0;
        setColumnWidth(static_cast<int>(column),
                       fontMetrics().horizontalAdvance(QString::fromLatin1(text)) + 16 + indentations);
    }
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(true);
    makeFlat(*header());
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header(), &QHeaderView::customContextMenuRequested, this, &ConnectionView::showColumnMenu);
    header()->setSortIndicator(static_cast<int>(Column::Name), Qt::AscendingOrder);
    setSortingEnabled(true);
    setColumnHidden(static_cast<int>(Column::Process), true);
    setColumnHidden(static_cast<int>(Column::Idle), true);
}

void ConnectionView::setShape(ObjectModel::Shape shape)
{
    const bool isTree = shape == ObjectModel::Shape::Tree;
    setRootIsDecorated(isTree);
    setColumnHidden(static_cast<int>(Column::Process), isTree);
    m_model.setShape(shape);
}

void ConnectionView::sortBy(Column column)
{
    sortByColumn(static_cast<int>(column), isNumeric(column) ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void ConnectionView::choose(SubjectKey key)
{
    m_chosen = key;
    const QScopedValueRollback quiet(m_quiet, true);
    restoreCurrent();
}

void ConnectionView::restoreCurrent()
{
    const QModelIndex index = m_model.indexOf(m_chosen);
    if (!index.isValid())
        return;
    const QScopedValueRollback quiet(m_quiet, true);
    setCurrentIndex(index);
}

SubjectKey ConnectionView::current() const
{
    return m_model.keyOf(currentIndex());
}

void ConnectionView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (m_quiet || !current.isValid())
        return;
    m_chosen = m_model.keyOf(current);
    Q_EMIT chosen(m_chosen);
}

// Rows that come and go above must not move the row that one is reading from under one's eyes.
void ConnectionView::keepInPlace()
{
    const QModelIndex index = m_model.indexOf(m_anchor);
    if (index.isValid() && verticalScrollBar()->value() > 0) {
        if (const int moved = visualRect(index).top() - m_anchorTop)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
    }
    dropAnchor();
}

void ConnectionView::dropAnchor()
{
    QModelIndex index = currentIndex();
    if (!index.isValid() || !viewport()->rect().intersects(visualRect(index)))
        index = indexAt({0, 0});
    m_anchor = m_model.keyOf(index);
    m_anchorTop = visualRect(index).top();
}

void ConnectionView::setEmptyText(const QString &title, const QString &hint)
{
    m_empty->setText(title, hint);
}

// The base class adds up the places of all cells, seen or not: with ten thousand rows a fifth of all work. Of a single
// row it asks how high it has become; ours never do.
void ConnectionView::dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    if (QAccessible::isActive())
        QTreeView::dataChanged(first, last, roles);
    else
        viewport()->update();
}

void ConnectionView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTreeView::rowsInserted(parent, start, end);
    expandNew(parent, start, end);
    if (!currentIndex().isValid())
        restoreCurrent();
}

void ConnectionView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // The base class makes a neighbour the current row; the choice was not made for that one.
    const QScopedValueRollback quiet(m_quiet, true);
    const bool had = currentIndex().isValid();
    QTreeView::rowsAboutToBeRemoved(parent, start, end);
    if (had && current() != m_chosen)
        selectionModel()->clear();
}

void ConnectionView::expandNew(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid() && !isExpanded(parent) && !m_collapsed.contains(m_model.keyOf(parent)))
        expand(parent);
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        if (const int children = m_model.rowCount(index))
            expandNew(index, 0, children - 1);
    }
}

void ConnectionView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKeyboard ? currentIndex() : indexAt(event->pos());
    const QPoint position = byKeyboard ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos();
    Q_EMIT menuRequested(m_model.keyOf(index), index.column(), position);
}

void ConnectionView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRows(*this, RowForm::Text, false);
        return;
    }
    // Left to the window, where it pauses the view; a tree would take it for a selection.
    if (event->key() == Qt::Key_Space) {
        event->ignore();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void ConnectionView::showColumnMenu(const QPoint &position)
{
    QMenu menu(this);
    for (int column = 1; column < columnCount; ++column) {
        QAction *const action = menu.addAction(columnTitle(static_cast<Column>(column)));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnHidden(column, !shown); });
    }
    menu.exec(header()->mapToGlobal(position));
}

QByteArray ConnectionView::saveColumns() const
{
    return header()->saveState();
}

bool ConnectionView::restoreColumns(const QByteArray &state)
{
    return header()->restoreState(state);
}

} // namespace inspector
