#include "inspector/views/socketpane.h"

#include "inspector/views/celldelegate.h"
#include "inspector/views/copyrows.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/flatheader.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

SocketPane::SocketPane(SocketTableModel &model, const Words &words, QWidget *plot, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_summary(new QLabel),
      m_head(new QHBoxLayout),
      m_table(new QTableView),
      m_empty(new EmptyState(m_table->viewport())),
      m_words(words)
{
    dress(words);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_head->setContentsMargins(8, 2, 8, 2);
    m_head->addWidget(m_summary);
    m_head->addStretch();
    layout->addLayout(m_head);
    if (plot)
        layout->addWidget(plot, 2);
    layout->addWidget(m_table, 3);
    setFocusProxy(m_table);
    connect(&m_model, &SocketTableModel::looked, this, &SocketPane::refresh);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &SocketPane::select);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (m_quiet || !current.isValid())
                    return;
                m_chosen = m_model.keyOf(current);
                Q_EMIT chosen(m_chosen);
            });
    refresh();
}

void SocketPane::dress(const Words &words)
{
    m_summary->setObjectName(words.name + QStringLiteral("Summary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setMinimumWidth(1); // what it says must not make the window wider than the screen
    m_table->setObjectName(words.name);
    m_table->setAccessibleName(words.title);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 5);
    makeFlat(*m_table->horizontalHeader());
    m_table->horizontalHeader()->setStretchLastSection(true);
    for (int column = 0; column < m_model.columnCount() - 1; ++column) {
        const QString title = m_model.headerData(column, Qt::Horizontal).toString();
        m_table->setColumnWidth(column, std::max(fontMetrics().horizontalAdvance(m_model.sample(column)),
                                                 fontMetrics().horizontalAdvance(title)) +
                                            14);
    }
    m_table->installEventFilter(this);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &SocketPane::showMenu);
}

void SocketPane::addToHead(QWidget *widget)
{
    m_head->addWidget(widget);
}

QString SocketPane::summary() const
{
    return m_summary->text();
}

void SocketPane::refresh()
{
    m_summary->setText(m_model.summary());
    if (m_model.rowCount() > 0)
        m_empty->setText({}, {});
    else
        m_empty->setText(m_words.emptyTitle, m_words.emptyHint);
}

void SocketPane::choose(SubjectKey key)
{
    m_chosen = key;
    select();
}

// Rows come and go by themselves: that chooses nothing.
void SocketPane::select()
{
    const QScopedValueRollback quiet(m_quiet, true);
    const int row = m_model.rowOf(m_chosen);
    if (row < 0)
        m_table->setCurrentIndex({});
    else if (m_table->currentIndex().row() != row)
        m_table->setCurrentIndex(m_model.index(row, 0));
}

void SocketPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
}

void SocketPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

void SocketPane::showMenu(const QPoint &position)
{
    QModelIndex index = m_table->indexAt(position);
    QPoint place = m_table->viewport()->mapToGlobal(position);
    if (!index.isValid()) {
        index = m_table->currentIndex();
        place = m_table->viewport()->mapToGlobal(m_table->visualRect(index).bottomLeft());
    }
    if (index.isValid())
        Q_EMIT menuRequested(m_model.keyOf(index), static_cast<int>(m_model.objectColumn(index.column())), place);
}

bool SocketPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *const key = static_cast<QKeyEvent *>(event);
    if (key->matches(QKeySequence::Copy)) {
        copyRows(*m_table, RowForm::Text, false);
        return true;
    }
    if (key->key() != Qt::Key_Space)
        return QWidget::eventFilter(watched, event);
    // Left to the window, where it pauses the view.
    event->ignore();
    return true;
}

} // namespace inspector
