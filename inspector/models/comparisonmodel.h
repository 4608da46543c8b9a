#pragma once
#include "inspector/models/comparison.h"

#include <QAbstractItemModel>

namespace inspector {

/// A comparison as a tree: the groups, and what is in them. It does not change, but may show only what differs.
class ComparisonModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    /// Columns of a measure, after the name.
    enum Part { First, Second, Difference, partCount };

    explicit ComparisonModel(const Comparison &comparison, QObject *parent = nullptr);

    void setOnlyDifferences(bool only);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Branch
    {
        Comparison::Group group = Comparison::Group::All;
        std::vector<int> lines;
    };
    void arrange();
    /// Null for the head of a group that has no counts of its own.
    const Comparison::Line *lineAt(const QModelIndex &index) const;

    Comparison m_comparison;
    std::vector<Branch> m_branches;
    bool m_onlyDifferences = false;
};

} // namespace inspector
