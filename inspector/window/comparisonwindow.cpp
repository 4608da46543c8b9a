#include "inspector/window/comparisonwindow.h"

#include "inspector/views/celldelegate.h"
#include "inspector/views/flatheader.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace inspector {

using namespace Qt::StringLiterals;

ComparisonWindow::ComparisonWindow(const Comparison &comparison, const QString &first, const QString &second,
                                   QWidget *parent)
    : QDialog(parent),
      m_model(comparison),
      m_tree(new QTreeView)
{
    setObjectName(u"comparison"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Two sessions compared - net-inspector"));
    resize(1240, 640);
    auto *sessions = new QLabel(u"① %1\n② %2"_s.arg(first, second));
    sessions->setObjectName(u"comparedSessions"_s);
    sessions->setTextFormat(Qt::PlainText);
    sessions->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *only = new QCheckBox(tr("&Only what differs"));
    only->setObjectName(u"onlyDifferences"_s);
    connect(only, &QCheckBox::toggled, this, [this](bool on) {
        m_model.setOnlyDifferences(on);
        m_tree->expandAll();
    });
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *const copy = buttons->addButton(tr("&Copy as text"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"copyComparison"_s);
    connect(copy, &QPushButton::clicked, this,
            [text = comparison.text(first, second)] { QApplication::clipboard()->setText(text); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);

    layOut();
    auto *top = new QHBoxLayout;
    top->addWidget(sessions, 1);
    top->addWidget(only);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    layout->addWidget(buttons);
    m_tree->setFocus();
}

void ComparisonWindow::layOut()
{
    m_tree->setObjectName(u"comparisonTree"_s);
    m_tree->setAccessibleName(tr("Counts of both sessions"));
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new CellDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makeFlat(*m_tree->header());
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    const int character = fontMetrics().averageCharWidth();
    for (int column = 1; column < m_model.columnCount(); ++column) {
        const bool isCount = (column - 1) / ComparisonModel::partCount == static_cast<int>(Measure::Sockets) ||
                             (column - 1) / ComparisonModel::partCount == static_cast<int>(Measure::Errors);
        const bool isDifference = (column - 1) % ComparisonModel::partCount == ComparisonModel::Difference;
        m_tree->setColumnWidth(column, character * (isCount ? (isDifference ? 9 : 12) : 14));
    }
    m_tree->expandAll();
}

} // namespace inspector
