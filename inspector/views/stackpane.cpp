#include "inspector/views/stackpane.h"

#include "inspector/views/celldelegate.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/flatheader.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

StackPane::StackPane(StackModel &model, QAction *record, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(new QTreeView),
      m_empty(new EmptyState(m_view->viewport()))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead(record));
    layout->addWidget(m_view);
    dress();
    connect(m_view, &QTreeView::activated, this, &StackPane::open);
    connect(m_view, &QWidget::customContextMenuRequested, this, &StackPane::showMenu);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &StackPane::unfold);
    connect(record, &QAction::toggled, this, &StackPane::showAbsence);
    showAbsence();
}

QWidget *StackPane::buildHead(QAction *record)
{
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(8, 0, 4, 0);
    auto *title = new QLabel(tr("Who called"));
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    layout->addWidget(title);
    layout->addStretch();
    auto *button = new QToolButton;
    button->setObjectName(u"recordStacks"_s);
    button->setDefaultAction(record);
    button->setFocusPolicy(Qt::TabFocus);
    layout->addWidget(button);
    return head;
}

void StackPane::dress()
{
    m_view->setObjectName(u"stacks"_s);
    m_view->setAccessibleName(tr("Call stacks of the chosen object"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformRowHeights(true);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setTabKeyNavigation(false);
    makeFlat(*m_view->header());
    m_view->header()->setStretchLastSection(true);
    m_view->setColumnWidth(StackModel::Function, fontMetrics().averageCharWidth() * 56);
    m_view->setColumnWidth(StackModel::Source, fontMetrics().averageCharWidth() * 28);
}

void StackPane::setSubject(SubjectKey key)
{
    m_model.setSubject(key);
    showAbsence();
}

void StackPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setActive(true);
    showAbsence();
}

void StackPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setActive(false);
}

// What one looks for first: who in the application it was.
void StackPane::unfold()
{
    m_view->expandAll();
    const QModelIndex own = m_model.firstOwn();
    if (own.isValid()) {
        m_view->setCurrentIndex(own);
        m_view->scrollTo(own.parent(), QAbstractItemView::PositionAtTop);
        m_view->scrollTo(own);
    }
    showAbsence();
}

void StackPane::showAbsence()
{
    const auto [title, hint] = m_model.absence();
    m_empty->setText(title, hint);
}

void StackPane::open(const QModelIndex &index)
{
    if (const CallFrame *frame = m_model.frame(index))
        Q_EMIT sourceChosen(frame->file, frame->line);
}

void StackPane::showMenu(const QPoint &position)
{
    QModelIndex index = m_view->indexAt(position);
    if (!index.isValid())
        index = m_view->currentIndex();
    auto *menu = new QMenu(this);
    menu->setObjectName(u"stackMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto copy = [](const QString &text) {
        QApplication::clipboard()->setText(text);
    };
    if (const CallFrame *frame = m_model.frame(index)) {
        const QString place = frame->line > 0 ? u"%1:%2"_s.arg(frame->file).arg(frame->line) : frame->file;
        menu->addAction(tr("&Open in the editor"), this,
                        [this, file = frame->file, line = frame->line] { Q_EMIT sourceChosen(file, line); })
            ->setEnabled(!frame->file.isEmpty());
        menu->addAction(tr("Copy the &place"), this, [copy, place] { copy(place); })->setEnabled(!place.isEmpty());
        menu->addAction(tr("Copy the &function"), this, [copy, name = frame->signature] { copy(name); });
    }
    if (index.isValid())
        menu->addAction(tr("&Copy the stack"), this, [copy, text = m_model.text(index)] { copy(text); });
    menu->addSeparator();
    menu->addAction(tr("Choose the &editor…"), this, &StackPane::editorRequested);
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

} // namespace inspector
