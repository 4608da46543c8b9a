#include "inspector/models/objectmodel.h"

#include "inspector/models/strangetext.h"

#include <algorithm>

namespace inspector {

// How long a new and a changed row stand out: long enough to find, short enough not to pile up.
static constexpr qint64 addedSpan = 2'500'000'000;
static constexpr qint64 closedSpan = 5'000'000'000;
static constexpr qint64 changedSpan = 1'500'000'000;
// What came together with its process is not news.
static constexpr qint64 arrivalSpan = 1'500'000'000;

ObjectModel::ObjectModel(LiveView &view, FilterState &filter, QObject *parent)
    : QAbstractItemModel(parent),
      m_view(view),
      m_filter(filter)
{
    connect(&m_view, &LiveView::framed, this, &ObjectModel::takeFrame);
    connect(&m_filter, &FilterState::changed, this, &ObjectModel::filterAll);
    rebuild();
}

ObjectModel::~ObjectModel() = default;

void ObjectModel::setShape(Shape shape)
{
    if (m_shape == shape)
        return;
    m_shape = shape;
    rebuild();
    Q_EMIT updated();
}

ObjectNode *ObjectModel::node(int row) const
{
    const auto index = static_cast<std::size_t>(row);
    return row >= 0 && index < m_nodes.size() ? m_nodes[index].get() : nullptr;
}

ObjectNode *ObjectModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<ObjectNode *>(index.internalPointer()) : const_cast<ObjectNode *>(&m_root);
}

QModelIndex ObjectModel::indexOf(const ObjectNode *node, int column) const
{
    return !node || node == &m_root ? QModelIndex() : createIndex(node->place, column, node);
}

QModelIndex ObjectModel::indexOf(SubjectKey key, Column column) const
{
    const ObjectNode *const found = node(m_view.objects().find(key));
    return found && found->key == key ? indexOf(found, static_cast<int>(column)) : QModelIndex();
}

SubjectKey ObjectModel::keyOf(const QModelIndex &index) const
{
    return index.isValid() ? nodeOf(index)->key : SubjectKey();
}

QModelIndex ObjectModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[static_cast<std::size_t>(row)]);
}

QModelIndex ObjectModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(nodeOf(child)->parent) : QModelIndex();
}

int ObjectModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int ObjectModel::columnCount(const QModelIndex &) const
{
    return inspector::columnCount;
}

QVariant ObjectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= inspector::columnCount)
        return {};
    const auto column = static_cast<Column>(section);
    switch (role) {
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::ToolTipRole:
        return columnHelp(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant ObjectModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ObjectTable &table = m_view.objects();
    const int row = nodeOf(index)->row;
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(table, row, column, m_view.now());
    case Qt::ToolTipRole:
        return plainTip(cellText(table, row, column, m_view.now()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft));
    case ToneRole:
        return static_cast<int>(cellTone(table, row, column));
    case FillRole: {
        const net::wire::CounterRecord &counters = table.counters(row);
        const bool over = table.identity(row).life != RowLife::Live;
        if (column != Column::Queue || over || !counters.highWaterMark || !counters.queued)
            return {};
        return static_cast<double>(counters.queued) / static_cast<double>(counters.highWaterMark);
    }
    case MarkRole:
        return static_cast<int>(mark(row).first);
    case MarkStrengthRole:
        return mark(row).second;
    case KeyRole:
        return QVariant::fromValue(nodeOf(index)->key);
    case KindRole:
        return static_cast<int>(table.identity(row).kind);
    default:
        return {};
    }
}

std::pair<RowMark, double> ObjectModel::mark(int row) const
{
    const ObjectTable &table = m_view.objects();
    const RowMarks &marks = table.marks(row);
    if (table.identity(row).life == RowLife::Closed) {
        // What stays longer than that is of an ended application, or of a recording, and no news any more.
        const qint64 linger = std::chrono::nanoseconds(m_view.session().options().linger).count();
        const qint64 span = m_view.session().isLive() ? std::max(linger, closedSpan) : closedSpan;
        const bool isNews = m_view.now() - marks.closedAt < span;
        return isNews ? std::pair(RowMark::Closed, 1.0) : std::pair(RowMark::None, 0.0);
    }
    const auto strength = [now = m_view.now()](qint64 since, qint64 span) {
        const double age = static_cast<double>(now - since) / static_cast<double>(span);
        return since && age < 1 ? 1 - std::max(0.0, age) : 0.0;
    };
    const int process = table.processOf(row);
    const bool arrived = process >= 0 && marks.addedAt - table.marks(process).addedAt < arrivalSpan;
    if (const double added = arrived ? 0 : strength(marks.addedAt, addedSpan); added > 0)
        return {RowMark::Added, added};
    if (const double changed = strength(marks.changedAt, changedSpan); changed > 0)
        return {RowMark::Changed, changed};
    return {RowMark::None, 0};
}

void ObjectModel::announce(const FrameChanges &changes)
{
    const qint64 now = m_view.now();
    if (!changes.isEmpty())
        m_fadeUntil = now + addedSpan;
    // Ages move by themselves, but nobody reads them ten times a second.
    const bool full = now < m_fadeUntil || now - m_lastFull >= 1'000'000'000;
    if (!full)
        return;
    m_lastFull = now;
    for (const ObjectNode *parent : parents()) {
        if (!parent->children.empty())
            Q_EMIT dataChanged(indexOf(parent->children.front()),
                               indexOf(parent->children.back(), inspector::columnCount - 1));
    }
}

QSet<ObjectNode *> ObjectModel::parents()
{
    Nodes found;
    const auto add = [&](ObjectNode *node, const auto &again) -> void {
        if (node->children.empty())
            return;
        found.insert(node);
        for (ObjectNode *child : node->children)
            again(child, again);
    };
    add(&m_root, add);
    return found;
}

void ObjectModel::count()
{
    const ObjectTable &table = m_view.objects();
    int total = 0;
    for (int row = 0; row < table.size(); ++row)
        total += table.isShown(row) && isCounted(table.identity(row).key);
    m_total = total;
}

} // namespace inspector
