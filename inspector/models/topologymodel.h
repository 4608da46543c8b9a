#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/models/liveview.h"
#include "inspector/models/topology.h"

#include <QObject>

namespace inspector {

/// The graph of what passes the filter, as it is now; some four times a second anew while somebody looks.
class TopologyModel : public QObject
{
    Q_OBJECT

public:
    TopologyModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    void setActive(bool active);
    const Topology &topology() const { return m_topology; }
    /// Whether \a node stands for \a key: itself, its server or its process.
    bool standsFor(const TopologyNode &node, SubjectKey key) const;

Q_SIGNALS:
    void changed();
    /// A frame has passed, with or without a change; not while nobody looks or the view is paused.
    void framed();

private:
    void build();

    LiveView &m_view;
    FilterState &m_filter;
    Topology m_topology;
    qint64 m_builtAt = 0;
    bool m_active = false;
};

} // namespace inspector
