#include "inspector/models/comparisonmodel.h"

#include "inspector/models/objectcolumns.h"
#include "inspector/models/strangetext.h"

namespace inspector {

using Group = Comparison::Group;

// The internal id of a group's head; of what is in it, its place among the groups and one more.
static constexpr quintptr headId = 0;

ComparisonModel::ComparisonModel(const Comparison &comparison, QObject *parent)
    : QAbstractItemModel(parent),
      m_comparison(comparison)
{
    arrange();
}

void ComparisonModel::setOnlyDifferences(bool only)
{
    if (m_onlyDifferences == only)
        return;
    beginResetModel();
    m_onlyDifferences = only;
    arrange();
    endResetModel();
}

void ComparisonModel::arrange()
{
    m_branches.clear();
    const std::vector<Comparison::Line> &lines = m_comparison.lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (m_branches.empty() || m_branches.back().group != lines[i].group)
            m_branches.push_back({lines[i].group, {}});
        // Everything is always to be seen, on the head itself.
        const bool isShown = lines[i].group == Group::All || !m_onlyDifferences || !lines[i].isSame();
        if (isShown)
            m_branches.back().lines.push_back(static_cast<int>(i));
    }
}

QModelIndex ComparisonModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : headId);
}

QModelIndex ComparisonModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == headId)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, headId);
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_branches.size());
    if (parent.internalId() != headId || parent.column() != 0)
        return 0;
    const Branch &branch = m_branches[static_cast<std::size_t>(parent.row())];
    return branch.group == Group::All ? 0 : static_cast<int>(branch.lines.size());
}

int ComparisonModel::columnCount(const QModelIndex &) const
{
    return 1 + measureCount * partCount;
}

const Comparison::Line *ComparisonModel::lineAt(const QModelIndex &index) const
{
    const bool isHead = index.internalId() == headId;
    const Branch &branch = m_branches[static_cast<std::size_t>(isHead ? index.row() : index.internalId() - 1)];
    if (isHead && branch.group != Group::All)
        return nullptr;
    const int line = branch.lines[static_cast<std::size_t>(isHead ? 0 : index.row())];
    return &m_comparison.lines()[static_cast<std::size_t>(line)];
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Comparison::Line *const line = lineAt(index);
    if (index.column() == 0) {
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        const QString name = line && line->group != Group::All
                                 ? line->name
                                 : groupTitle(m_branches[static_cast<std::size_t>(index.row())].group);
        return role == Qt::ToolTipRole ? plainTip(name) : name;
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (!line)
        return {};
    const int place = (index.column() - 1) / partCount;
    const auto measure = static_cast<Measure>(place);
    const quint64 first = line->first[static_cast<std::size_t>(place)];
    const quint64 second = line->second[static_cast<std::size_t>(place)];
    const auto part = static_cast<Part>((index.column() - 1) % partCount);
    if (role == Qt::DisplayRole) {
        return part == First    ? measureText(measure, first)
               : part == Second ? measureText(measure, second)
                                : differenceText(measure, first, second);
    }
    if (role == ToneRole) {
        if (part == Difference)
            return static_cast<int>(measure != Measure::Errors ? Tone::Warning
                                    : second > first           ? Tone::Bad
                                                               : Tone::Good);
        return static_cast<int>((part == First ? first : second) == 0 ? Tone::Dim : Tone::Plain);
    }
    return {};
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section == 0)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    const QString title = measureTitle(static_cast<Measure>((section - 1) / partCount));
    switch (static_cast<Part>((section - 1) % partCount)) {
    case First:
        return tr("%1 ①").arg(title);
    case Second:
        return tr("%1 ②").arg(title);
    case Difference:
    case partCount:
        break;
    }
    return tr("±");
}

} // namespace inspector
