#include "inspector/models/objectmodel.h"

#include "inspector/models/objectsource.h"

#include <algorithm>
#include <map>
#include <tuple>

// How a frame's changes reach the nodes. Many scattered removals are gathered at the end first: one signal that moves
// rows and one that removes them cost less than a signal for each.
namespace inspector {

static constexpr int runLimit = 32;

bool ObjectModel::isWanted(int row) const
{
    const ObjectTable &table = m_view.objects();
    if (!table.isShown(row))
        return false;
    // A process or shared listener is what its rows stand under: it comes and goes with them, unless everything is
    // shown.
    if (!isCounted(table.identity(row).key))
        return m_shape == Shape::Tree && m_filter.filter().isEmpty();
    return m_filter.filter().isEmpty() || m_filter.filter().matches(ObjectSource(table, row, m_view.now()));
}

int ObjectModel::parentRow(int row) const
{
    const ObjectTable &table = m_view.objects();
    if (m_shape == Shape::Table)
        return -1;
    const int parent = table.parent(row);
    if (parent >= 0 && table.isShown(parent))
        return parent;
    return table.identity(row).kind == RowKind::Process ? -1 : table.processOf(row);
}

void ObjectModel::takeFrame(const FrameChanges &changes)
{
    Rows orphans;
    for (const int row : changes.removed) {
        if (ObjectNode *const gone = node(row))
            doom(gone, orphans);
    }
    removeDoomed();
    Rows rows = changes.added;
    rows.insert(rows.end(), changes.changed.begin(), changes.changed.end());
    rows.insert(rows.end(), orphans.begin(), orphans.end());
    place(rows);

    const bool timePasses = m_view.now() - m_lastFull >= 1'000'000'000;
    if (timePasses && m_filter.filter().dependsOnTime())
        filterAll();
    else if (isVolatile(m_sortColumn) && !changes.isEmpty())
        sortChildren(parents());
    announce(changes);
    count();
    Q_EMIT updated();
}

void ObjectModel::filterAll()
{
    Rows rows(static_cast<std::size_t>(m_view.objects().size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = static_cast<int>(i);
    place(rows);
    if (isVolatile(m_sortColumn))
        sortChildren(parents());
    count();
    Q_EMIT updated();
}

void ObjectModel::rebuild()
{
    beginResetModel();
    m_root.children.clear();
    m_nodes.clear();
    m_shown = 0;
    endResetModel();
    filterAll();
}

void ObjectModel::place(const Rows &rows)
{
    Rows wanted;
    Rows orphans;
    for (const int row : rows) {
        const bool isWantedNow = isWanted(row);
        ObjectNode *const at = node(row);
        const ObjectNode *const above = at && at->parent != &m_root ? at->parent : nullptr;
        const bool moved = at && (above ? above->row : -1) != parentRow(row);
        if (at && (moved || (!isWantedNow && at->children.empty())))
            doom(at, orphans);
        if (isWantedNow && (!at || moved))
            wanted.push_back(row);
    }
    removeDoomed();
    for (const int row : orphans) {
        if (isWanted(row))
            wanted.push_back(row);
    }
    insert(wanted);
}

void ObjectModel::doom(ObjectNode *node, Rows &orphans)
{
    if (node->doomed)
        return;
    node->doomed = true;
    for (ObjectNode *child : node->children) {
        orphans.push_back(child->row);
        doom(child, orphans);
    }
    std::size_t depth = 0;
    for (const ObjectNode *above = node->parent; above != &m_root; above = above->parent)
        ++depth;
    m_shrinking.resize(std::max(m_shrinking.size(), depth + 1));
    m_shrinking[depth].insert(node->parent);
}

void ObjectModel::removeDoomed()
{
    // The deepest first, so that no parent is gone before its children.
    for (std::size_t depth = m_shrinking.size(); depth-- > 0;) {
        const Nodes shrinking = std::exchange(m_shrinking[depth], {});
        for (ObjectNode *parent : shrinking) {
            removeDoomedChildren(parent);
            Rows none;
            if (parent != &m_root && parent->children.empty() && !isWanted(parent->row))
                doom(parent, none);
        }
    }
}

void ObjectModel::removeDoomedChildren(ObjectNode *parent)
{
    std::vector<ObjectNode *> &children = parent->children;
    const auto isDoomed = [](const ObjectNode *node) {
        return node->doomed;
    };
    int runs = 0;
    for (std::size_t i = 0; i < children.size(); ++i)
        runs += children[i]->doomed && (i == 0 || !children[i - 1]->doomed);
    if (runs > runLimit) {
        rearrange({parent}, [&](ObjectNode &node) {
            std::stable_partition(node.children.begin(), node.children.end(),
                                  [](const ObjectNode *child) { return !child->doomed; });
        });
    }
    auto end = children.end();
    while (true) {
        const auto last = std::find_if(std::make_reverse_iterator(end), children.rend(), isDoomed).base();
        if (last == children.begin())
            break;
        const auto first = std::find_if_not(std::make_reverse_iterator(last), children.rend(), isDoomed).base();
        const auto from = first - children.begin();
        const std::vector<ObjectNode *> gone(first, last);
        beginRemoveRows(indexOf(parent), static_cast<int>(from), static_cast<int>(last - children.begin()) - 1);
        children.erase(first, last);
        parent->number(static_cast<std::size_t>(from));
        endRemoveRows();
        for (ObjectNode *node : gone)
            forget(node);
        end = children.begin() + from;
    }
}

void ObjectModel::forget(ObjectNode *node)
{
    for (ObjectNode *child : node->children)
        forget(child);
    m_shown -= isCounted(node->key);
    m_nodes[static_cast<std::size_t>(node->row)].reset();
}

void ObjectModel::insert(const Rows &rows)
{
    if (rows.empty())
        return;
    m_nodes.resize(std::max(m_nodes.size(), static_cast<std::size_t>(m_view.objects().size())));
    // Whoever has something to show needs its parents, whether they pass the filter or not.
    std::vector<std::map<int, Rows>> levels;
    QHash<int, std::size_t> level; // of the rows on their way in
    const auto add = [&](int row, const auto &again) -> std::size_t {
        if (node(row))
            return 0;
        if (const auto found = level.constFind(row); found != level.cend())
            return *found;
        const int above = parentRow(row);
        const std::size_t mine = above < 0 ? 0 : again(above, again) + 1;
        level.insert(row, mine);
        levels.resize(std::max(levels.size(), mine + 1));
        levels[mine][above].push_back(row);
        return mine;
    };
    for (const int row : rows)
        add(row, add);
    Nodes grown;
    for (auto &wave : levels) {
        for (auto &[above, below] : wave) {
            ObjectNode *const parent = above < 0 ? &m_root : node(above);
            insertBelow(parent, below);
            grown.insert(parent);
        }
    }
    sortChildren(grown);
}

void ObjectModel::insertBelow(ObjectNode *parent, Rows &rows)
{
    std::ranges::sort(rows, [this](int a, int b) { return before(a, b); });
    const int first = static_cast<int>(parent->children.size());
    beginInsertRows(indexOf(parent), first, first + static_cast<int>(rows.size()) - 1);
    for (const int row : rows) {
        auto node = std::make_unique<ObjectNode>();
        node->parent = parent;
        node->key = m_view.objects().identity(row).key;
        node->row = row;
        node->place = static_cast<int>(parent->children.size());
        parent->children.push_back(node.get());
        m_shown += isCounted(node->key);
        m_nodes[static_cast<std::size_t>(row)] = std::move(node);
    }
    endInsertRows();
}

bool ObjectModel::before(int a, int b) const
{
    const ObjectTable &table = m_view.objects();
    const int order = compareCells(table, a, b, m_sortColumn);
    if (order)
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    const SubjectKey left = table.identity(a).key;
    const SubjectKey right = table.identity(b).key;
    return std::pair(left.process, left.subject) < std::pair(right.process, right.subject);
}

void ObjectModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= inspector::columnCount)
        return;
    m_sortColumn = static_cast<Column>(column);
    m_sortOrder = order;
    sortChildren(parents());
}

// All may have moved, and ten thousand are compared a hundred thousand times: by numbers that are looked up once.
std::vector<ObjectNode *> ObjectModel::byRank(const ObjectNode &node) const
{
    struct Place
    {
        quint64 rank;
        quint32 process;
        quint64 subject;
        ObjectNode *node;

        bool operator<(const Place &other) const
        {
            return std::tie(rank, process, subject) < std::tie(other.rank, other.process, other.subject);
        }
    };
    std::vector<Place> places;
    places.reserve(node.children.size());
    for (ObjectNode *child : node.children) {
        const quint64 rank = cellRank(m_view.objects(), child->row, m_sortColumn);
        places.push_back(
            {m_sortOrder == Qt::AscendingOrder ? rank : ~rank, child->key.process, child->key.subject, child});
    }
    if (std::ranges::is_sorted(places, std::less()))
        return {};
    std::ranges::sort(places, std::less());
    std::vector<ObjectNode *> order;
    order.reserve(places.size());
    for (const Place &place : places)
        order.push_back(place.node);
    return order;
}

// Those that were there stand in their order already, and the new ones behind them.
std::vector<ObjectNode *> ObjectModel::byComparison(const ObjectNode &node) const
{
    const auto less = [this](const ObjectNode *a, const ObjectNode *b) {
        return before(a->row, b->row);
    };
    const auto sorted = std::ranges::is_sorted_until(node.children, less) - node.children.begin();
    if (sorted == static_cast<std::ptrdiff_t>(node.children.size()))
        return {};
    std::vector<ObjectNode *> order = node.children;
    std::sort(order.begin() + sorted, order.end(), less);
    std::inplace_merge(order.begin(), order.begin() + sorted, order.end(), less);
    return order;
}

void ObjectModel::sortChildren(const Nodes &parents)
{
    QHash<ObjectNode *, std::vector<ObjectNode *>> orders;
    Nodes unsorted;
    for (ObjectNode *parent : parents) {
        std::vector<ObjectNode *> order = isVolatile(m_sortColumn) ? byRank(*parent) : byComparison(*parent);
        if (order.empty())
            continue;
        orders.insert(parent, std::move(order));
        unsorted.insert(parent);
    }
    if (!unsorted.isEmpty())
        rearrange(unsorted, [&](ObjectNode &node) { node.children = std::move(orders[&node]); });
}

void ObjectModel::rearrange(const Nodes &parents, const std::function<void(ObjectNode &)> &arrange)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    for (ObjectNode *parent : parents) {
        arrange(*parent);
        parent->number();
    }
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &index : before)
        after.append(indexOf(nodeOf(index), index.column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace inspector
