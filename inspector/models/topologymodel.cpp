#include "inspector/models/topologymodel.h"

namespace inspector {

// Ten thousand sockets take some milliseconds to be joined.
static constexpr qint64 period = 250'000'000;
static constexpr qint64 largePeriod = 1'000'000'000;
static constexpr int large = 3000;

TopologyModel::TopologyModel(LiveView &view, FilterState &filter, QObject *parent)
    : QObject(parent),
      m_view(view),
      m_filter(filter)
{
    connect(&m_view, &LiveView::framed, this, [this] {
        if (!m_active)
            return;
        if (m_view.now() - m_builtAt >= (m_view.objects().size() > large ? largePeriod : period))
            build();
        Q_EMIT framed();
    });
    connect(&m_filter, &FilterState::changed, this, &TopologyModel::build);
}

void TopologyModel::setActive(bool active)
{
    m_active = active;
    build();
}

void TopologyModel::build()
{
    if (!m_active)
        return;
    m_builtAt = m_view.now();
    m_topology = topologyOf(m_view.objects(), m_filter.filter(), m_view.now());
    Q_EMIT changed();
}

bool TopologyModel::standsFor(const TopologyNode &node, SubjectKey key) const
{
    if (key.isNull() || node.key.isNull() || node.key.process != key.process)
        return false;
    if (node.key == key)
        return true;
    const ObjectTable &table = m_view.objects();
    const int row = table.find(key);
    if (row < 0 || key.isProcess())
        return false;
    const int server = table.serverOf(row);
    return server >= 0 ? table.identity(server).key == node.key : node.key.isProcess() && !node.right;
}

} // namespace inspector
