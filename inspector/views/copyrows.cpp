#include "inspector/views/copyrows.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QTableView>
#include <QTreeView>

namespace inspector {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::CopyRows)
};

} // namespace

// In the order and number in which they are seen.
static QList<int> seenColumns(const QAbstractItemView &view)
{
    const auto *table = qobject_cast<const QTableView *>(&view);
    const auto *tree = qobject_cast<const QTreeView *>(&view);
    const QHeaderView *header = table ? table->horizontalHeader() : tree ? tree->header() : nullptr;
    QList<int> columns;
    for (int place = 0; header && place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (!header->isSectionHidden(column))
            columns += column;
    }
    return columns;
}

static void addRows(QModelIndexList &rows, const QAbstractItemModel &model, const QModelIndex &parent)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        rows += index;
        addRows(rows, model, index);
    }
}

void copyRows(const QAbstractItemView &view, RowForm form, bool all)
{
    QModelIndexList rows;
    if (all)
        addRows(rows, *view.model(), view.rootIndex());
    else if (view.currentIndex().isValid())
        rows += view.currentIndex().siblingAtColumn(0);
    if (!rows.isEmpty())
        QApplication::clipboard()->setText(rowText(form, rows, seenColumns(view)));
}

void addCopyMenu(QMenu &menu, QAbstractItemView &view)
{
    const QPointer<QAbstractItemView> alive(&view);
    for (const bool all : {false, true}) {
        QMenu *const copies = menu.addMenu(all ? Texts::tr("Copy a&ll rows as") : Texts::tr("Copy ro&w as"));
        copies->setObjectName(all ? QStringLiteral("copyAllRows") : QStringLiteral("copyRow"));
        copies->setEnabled(all ? view.model()->rowCount() > 0 : view.currentIndex().isValid());
        for (const auto &[form, text] :
             {std::pair(RowForm::Text, Texts::tr("&Text")), std::pair(RowForm::Csv, Texts::tr("&CSV")),
              std::pair(RowForm::Json, Texts::tr("&JSON"))}) {
            copies->addAction(text, &menu, [alive, form = form, all] {
                if (alive)
                    copyRows(*alive, form, all);
            });
        }
    }
}

} // namespace inspector
