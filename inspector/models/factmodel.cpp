#include "inspector/models/factmodel.h"

#include "inspector/models/facts.h"
#include "inspector/models/strangetext.h"
#include "inspector/symbols/symbolizer.h"

namespace inspector {

FactModel::FactModel(LiveView &view, Symbolizer *symbolizer, QObject *parent)
    : QAbstractTableModel(parent),
      m_view(view),
      m_symbolizer(symbolizer)
{
    if (m_symbolizer)
        connect(m_symbolizer, &Symbolizer::found, this, &FactModel::update);
    connect(&m_view, &LiveView::framed, this, &FactModel::update);
}

void FactModel::setSubject(SubjectKey key)
{
    m_subject = key;
    const int row = m_view.objects().find(key);
    const bool isOfSocket = row >= 0 && isSocket(m_view.objects().identity(row).kind);
    m_view.session().watchKernel(Session::Watcher::Details, isOfSocket ? QSet{key} : QSet<SubjectKey>());
    update();
}

QString FactModel::title() const
{
    const int row = m_view.objects().find(m_subject);
    return row < 0 ? QString() : rowTitle(m_view.objects(), row);
}

void FactModel::update()
{
    const int row = m_view.objects().find(m_subject);
    QList<Fact> facts = row < 0 ? QList<Fact>() : factsOf(m_view, row, m_symbolizer);
    if (facts == m_facts)
        return;
    if (facts.size() != m_facts.size()) {
        beginResetModel();
        m_facts = std::move(facts);
        endResetModel();
        return;
    }
    m_facts = std::move(facts);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 1));
}

int FactModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_facts.size());
}

int FactModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

SubjectKey FactModel::leadsTo(const QModelIndex &index) const
{
    return index.isValid() ? m_facts.at(index.row()).leadsTo : SubjectKey();
}

Column FactModel::objectColumn(const QModelIndex &index) const
{
    return index.isValid() ? m_facts.at(index.row()).column : Column::Name;
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Fact") : tr("Value");
}

QVariant FactModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Fact &fact = m_facts.at(index.row());
    switch (role) {
    case Qt::ToolTipRole:
        if (!fact.leadsTo.isNull())
            return plainTip(tr("%1 (a double click or Return goes there)").arg(fact.value));
        return plainTip(index.column() == 0 ? fact.label : fact.value);
    case Qt::DisplayRole:
        return index.column() == 0 ? fact.label : fact.value;
    case ToneRole:
        return static_cast<int>(index.column() == 0 ? Tone::Dim : fact.tone);
    default:
        return {};
    }
}

} // namespace inspector
