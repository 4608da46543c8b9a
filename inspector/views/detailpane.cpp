#include "inspector/views/detailpane.h"

#include "inspector/views/celldelegate.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/streamview.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

DetailPane::DetailPane(FactModel &facts, StreamModel &stream, QWidget *parent)
    : QWidget(parent),
      m_facts(facts),
      m_stream(stream),
      m_title(new QLabel),
      m_factView(new QTableView),
      m_empty(new EmptyState(m_factView->viewport())),
      m_streamView(new StreamView(stream)),
      m_find(new QLineEdit),
      m_found(new QLabel),
      m_text(new QToolButton),
      m_hex(new QToolButton)
{
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(u"detailSplitter"_s);
    splitter->addWidget(buildFacts());
    splitter->addWidget(buildStream());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({430, 510});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(&m_facts, &QAbstractItemModel::modelReset, this, &DetailPane::showTitle);
    connect(&m_facts, &QAbstractItemModel::dataChanged, this, &DetailPane::showTitle);
    showTitle();
}

static QToolButton *modeButton(QToolButton *button, const QString &text, const QString &help, QButtonGroup *group)
{
    button->setText(text);
    button->setToolTip(help);
    button->setAccessibleName(help);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    group->addButton(button);
    return button;
}

QWidget *DetailPane::buildFacts()
{
    m_factView->setObjectName(u"facts"_s);
    connect(m_factView, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (const SubjectKey key = m_facts.leadsTo(index); !key.isNull())
            Q_EMIT chosen(key);
    });
    m_factView->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_factView, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        QModelIndex index = m_factView->indexAt(position);
        if (!index.isValid())
            index = m_factView->currentIndex();
        if (index.isValid())
            Q_EMIT menuRequested(m_facts.subject(), static_cast<int>(m_facts.objectColumn(index)),
                                 m_factView->viewport()->mapToGlobal(position));
    });
    m_factView->setAccessibleName(tr("Facts about the chosen object"));
    m_factView->setModel(&m_facts);
    m_factView->setItemDelegate(new CellDelegate(m_factView));
    m_factView->setShowGrid(false);
    m_factView->setFrameShape(QFrame::NoFrame);
    m_factView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_factView->setTabKeyNavigation(false);
    m_factView->setWordWrap(false);
    m_factView->horizontalHeader()->hide();
    m_factView->horizontalHeader()->setStretchLastSection(true);
    m_factView->setColumnWidth(0, fontMetrics().averageCharWidth() * 20); // "Peer has room for"
    m_factView->verticalHeader()->hide();
    m_factView->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_factView->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 5);

    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setContentsMargins(8, 4, 8, 4);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setMinimumWidth(40);
    layout->addWidget(m_title);
    layout->addWidget(m_factView);
    return pane;
}

QWidget *DetailPane::buildStream()
{
    auto *modes = new QButtonGroup(this);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(8, 0, 4, 0);
    head->addWidget(new QLabel(tr("Stream")));
    head->addStretch();
    addFind(*head);
    head->addWidget(modeButton(m_text, tr("Text"), tr("Show the stream as text"), modes));
    head->addWidget(modeButton(m_hex, tr("Hex"), tr("Show the stream in hex"), modes));
    m_text->setObjectName(u"streamText"_s);
    m_hex->setObjectName(u"streamHex"_s);
    m_text->setChecked(true);
    connect(m_text, &QToolButton::toggled, this,
            [this](bool text) { m_stream.setMode(text ? StreamLines::Mode::Text : StreamLines::Mode::Hex); });

    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_streamView);
    return pane;
}

void DetailPane::addFind(QHBoxLayout &head)
{
    m_find->setObjectName(u"streamFind"_s);
    m_find->setAccessibleName(tr("Find in the stream"));
    m_find->setPlaceholderText(tr("Find (F3)"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(fontMetrics().averageCharWidth() * 28);
    m_found->setObjectName(u"streamFound"_s);
    m_found->setContentsMargins(0, 0, 8, 0);
    head.addWidget(m_found);
    head.addWidget(m_find);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(true); });
    connect(m_find, &QLineEdit::textChanged, m_found, &QLabel::clear);
    for (const bool forward : {true, false}) {
        auto *action = new QAction(forward ? tr("Find next") : tr("Find previous"), this);
        action->setShortcut(forward ? Qt::Key_F3 : Qt::SHIFT | Qt::Key_F3);
        connect(action, &QAction::triggered, this, [this, forward] { find(forward); });
        addAction(action);
    }
}

void DetailPane::find(bool forward)
{
    if (m_find->text().isEmpty()) {
        m_find->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_found->setText(m_streamView->find(m_find->text(), forward) ? QString() : tr("✗ not found"));
}

void DetailPane::setSubject(SubjectKey key)
{
    m_facts.setSubject(key);
    m_stream.setSubject(key);
    showTitle();
}

void DetailPane::showTitle()
{
    const QString title = m_facts.title();
    m_title->setText(title.isEmpty() ? tr("Facts") : title);
    if (m_facts.rowCount() > 0)
        m_empty->setText({}, {});
    else
        m_empty->setText(tr("Nothing is chosen"), tr("Choose a row above to see all that is known of it."));
}

} // namespace inspector
