#include "inspector/models/sockettablemodel.h"

#include "inspector/models/objectsource.h"
#include "inspector/models/strangetext.h"

#include <algorithm>

namespace inspector {

// Ten thousand sockets are not sorted anew with every frame.
static constexpr qint64 period = 400'000'000;

SocketTableModel::SocketTableModel(LiveView &view, FilterState &filter, QObject *parent)
    : QAbstractTableModel(parent),
      m_view(view),
      m_filter(filter)
{
    connect(&m_view, &LiveView::framed, this, &SocketTableModel::takeFrame);
    connect(&m_filter, &FilterState::changed, this, [this] {
        if (m_active)
            look();
    });
}

void SocketTableModel::setActive(bool active)
{
    m_active = active;
    if (!m_active) {
        rest();
        return;
    }
    readOn();
    look();
}

void SocketTableModel::takeFrame()
{
    if (!m_active)
        return;
    readOn();
    if (m_view.now() - m_lookedAt >= period)
        look();
}

void SocketTableModel::look()
{
    m_lookedAt = m_view.now();
    forget();
    std::vector<std::pair<double, int>> found;
    for (int row = 0; row < table().size(); ++row) {
        if (!table().isShown(row) || !isSocket(table().identity(row).kind))
            continue;
        const double heavy = weight(row);
        if (heavy >= 0 &&
            (m_filter.filter().isEmpty() || m_filter.filter().matches(ObjectSource(table(), row, m_view.now()))))
            found.emplace_back(-heavy, row);
    }
    std::ranges::sort(found);
    std::vector<int> rows;
    rows.reserve(found.size());
    for (const auto &[heavy, row] : found)
        rows.push_back(row);
    take(rows);

    QList<SubjectKey> keys;
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(rowLimit); ++i)
        keys += table().identity(rows[i]).key;
    if (keys == m_rows) {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    } else {
        beginResetModel();
        m_rows = std::move(keys);
        endResetModel();
    }
    Q_EMIT looked();
}

SubjectKey SocketTableModel::keyOf(const QModelIndex &index) const
{
    return index.isValid() ? m_rows.at(index.row()) : SubjectKey();
}

int SocketTableModel::rowOf(SubjectKey key) const
{
    return static_cast<int>(m_rows.indexOf(key));
}

int SocketTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SocketTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
}

QString SocketTableModel::sample(int column) const
{
    const Heading &heading = m_headings.at(column);
    return heading.sample.isEmpty() ? QStringLiteral("99.9 ms") : heading.sample;
}

double SocketTableModel::fill(int, int) const
{
    return -1;
}

QVariant SocketTableModel::data(const QModelIndex &index, int role) const
{
    const int row = index.isValid() ? table().find(m_rows.at(index.row())) : -1;
    if (row < 0)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return m_headings.at(index.column()).isNumeric ? QVariant() : QVariant(plainTip(text(row, index.column())));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (m_headings.at(index.column()).isNumeric ? Qt::AlignRight : Qt::AlignLeft));
    case KeyRole:
        return QVariant::fromValue(m_rows.at(index.row()));
    case ToneRole:
        return static_cast<int>(tone(row, index.column()));
    case FillRole: {
        const double full = fill(row, index.column());
        return full < 0 ? QVariant() : QVariant(full);
    }
    default:
        return {};
    }
}

QVariant SocketTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= m_headings.size())
        return {};
    const Heading &heading = m_headings.at(section);
    if (role == Qt::DisplayRole)
        return heading.title;
    if (role == Qt::ToolTipRole)
        return heading.help;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (heading.isNumeric ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

} // namespace inspector
