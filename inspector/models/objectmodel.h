#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/models/liveview.h"
#include "inspector/models/objectcolumns.h"
#include "inspector/models/objectnode.h"

#include <QAbstractItemModel>
#include <QSet>

#include <functional>
#include <memory>

namespace inspector {

/// Processes, servers and sockets for a view: as a tree (process, its servers and clients, their connections) or as
/// a flat table without the processes. Filters and sorts by itself, and once a frame touches only what changed.
class ObjectModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum class Shape : quint8 { Tree, Table };

    ObjectModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);
    ~ObjectModel() override;

    Shape shape() const { return m_shape; }
    void setShape(Shape shape);
    /// Rows that pass the filter, and all that could; processes and shared listeners are not counted.
    int shownCount() const { return m_shown; }
    int totalCount() const { return m_total; }

    QModelIndex indexOf(SubjectKey key, Column column = Column::Name) const;
    SubjectKey keyOf(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    /// The counts, or what is shown, have changed.
    void updated();

private:
    using Rows = std::vector<int>;
    using Nodes = QSet<ObjectNode *>;

    void takeFrame(const FrameChanges &changes);
    void filterAll();
    void rebuild();
    /// Brings the nodes of \a rows in line with what they should be: there or not, and under whom.
    void place(const Rows &rows);
    bool isWanted(int row) const;
    static bool isCounted(SubjectKey key) { return !key.isProcess() && !key.isListener(); }
    /// The row below which \a row stands; -1: below the root.
    int parentRow(int row) const;

    void doom(ObjectNode *node, Rows &orphans);
    void removeDoomed();
    void removeDoomedChildren(ObjectNode *parent);
    void forget(ObjectNode *node);
    void insert(const Rows &rows);
    void insertBelow(ObjectNode *parent, Rows &rows);
    bool before(int a, int b) const;
    void sortChildren(const Nodes &parents);
    /// The children of \a node in their order; nothing if they stand in it already.
    std::vector<ObjectNode *> byRank(const ObjectNode &node) const;
    std::vector<ObjectNode *> byComparison(const ObjectNode &node) const;
    void rearrange(const Nodes &parents, const std::function<void(ObjectNode &)> &arrange);
    void announce(const FrameChanges &changes);
    /// All that have children.
    Nodes parents();
    void count();

    ObjectNode *node(int row) const;
    ObjectNode *nodeOf(const QModelIndex &index) const;
    QModelIndex indexOf(const ObjectNode *node, int column = 0) const;
    std::pair<RowMark, double> mark(int row) const;

    LiveView &m_view;
    FilterState &m_filter;
    ObjectNode m_root;
    std::vector<std::unique_ptr<ObjectNode>> m_nodes; ///< by row of the records
    std::vector<Nodes> m_shrinking;                   ///< with doomed children, by depth
    Shape m_shape = Shape::Tree;
    Column m_sortColumn = Column::Name;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    int m_shown = 0;
    int m_total = 0;
    qint64 m_fadeUntil = 0; ///< some row's mark is visible until then
    qint64 m_lastFull = 0;  ///< when every cell was announced last
};

} // namespace inspector
