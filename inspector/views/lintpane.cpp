#include "inspector/views/lintpane.h"

#include "inspector/models/objectcolumns.h"
#include "inspector/views/celldelegate.h"
#include "inspector/views/copyrows.h"
#include "inspector/views/emptystate.h"
#include "inspector/views/flatheader.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

LintPane::LintPane(LintModel &model, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_table(new QTableView),
      m_advice(new QLabel),
      m_empty(new EmptyState(m_table->viewport()))
{
    m_table->setObjectName(QStringLiteral("lints"));
    m_table->setAccessibleName(tr("Lints"));
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new CellDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 5);
    makeFlat(*m_table->horizontalHeader());
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setColumnWidth(0, fontMetrics().averageCharWidth() * 30);
    m_table->setColumnWidth(1, fontMetrics().averageCharWidth() * 38);
    m_advice->setObjectName(QStringLiteral("lintAdvice"));
    m_advice->setAccessibleName(tr("What to do"));
    m_advice->setWordWrap(true);
    m_advice->setTextFormat(Qt::PlainText);
    m_advice->setContentsMargins(10, 6, 10, 8);
    m_advice->setMinimumHeight(2 * fontMetrics().lineSpacing() + 14);
    m_advice->setAlignment(Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_advice);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                showAdvice();
                if (m_quiet || !current.isValid())
                    return;
                m_lint = m_model.at(current.row()).lint;
                m_chosen = m_model.at(current.row()).example;
                Q_EMIT chosen(m_chosen);
            });
    connect(&m_model, &LintModel::looked, this, [this] {
        follow();
        showHint();
        showAdvice();
    });
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT chosen(m_model.at(index.row()).example); });
    connect(m_table, &QTableView::clicked, this,
            [this](const QModelIndex &index) { Q_EMIT chosen(m_model.at(index.row()).example); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &LintPane::showMenu);
    showHint();
    showAdvice();
}

void LintPane::choose(SubjectKey key)
{
    m_chosen = key;
    follow();
}

// One connection may make several mistakes.
int LintPane::rowToFollow() const
{
    int found = -1;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (!m_model.concerns(row, m_chosen))
            continue;
        if (m_model.at(row).lint == m_lint)
            return row;
        if (found < 0)
            found = row;
    }
    return found;
}

// Rows come and go by themselves: that chooses nothing.
void LintPane::follow()
{
    const QScopedValueRollback quiet(m_quiet, true);
    const int row = rowToFollow();
    if (row < 0)
        m_table->setCurrentIndex({});
    else if (m_table->currentIndex().row() != row)
        m_table->setCurrentIndex(m_model.index(row, 0));
}

QString LintPane::advice() const
{
    return m_advice->text();
}

void LintPane::showHint()
{
    if (m_model.rowCount() > 0)
        m_empty->setText({}, {});
    else
        m_empty->setText(tr("Nothing looks wrong"),
                         tr("Connections that are never closed, paused and forgotten, without an error handler and the "
                            "like are listed here, with what to do. A filter above may hide some."));
}

void LintPane::showAdvice()
{
    const QModelIndex current = m_table->currentIndex();
    const bool is = current.isValid() && current.row() < m_model.rowCount();
    m_advice->setVisible(m_model.rowCount() > 0);
    m_advice->setText(is ? infoOf(m_model.at(current.row()).lint).adviceText()
                         : tr("Choose one of them to see what to do about it."));
}

void LintPane::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (!index.isValid())
        return;
    const LintModel::Finding finding = m_model.at(index.row());
    const QString condition = m_model.condition(finding);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Only these: %1").arg(QString(condition).replace(QLatin1Char('&'), QStringLiteral("&&"))), this,
                    [this, condition] { Q_EMIT conditionChosen(condition); });
    menu->addAction(tr("&Not these"), this, [this, condition] { Q_EMIT conditionChosen(u"-("_s + condition + u')'); });
    menu->addAction(tr("&Show one of them"), this, [this, finding] { Q_EMIT chosen(finding.example); });
    menu->addSeparator();
    menu->addAction(tr("&Copy the advice"), this,
                    [finding] { QApplication::clipboard()->setText(infoOf(finding.lint).adviceText()); });
    addCopyMenu(*menu, *m_table);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

} // namespace inspector
