#pragma once
#include "inspector/models/topology.h"

#include <QFontMetrics>
#include <QPainterPath>
#include <QRect>

namespace inspector {

/// Where everything of a graph is drawn: two columns of boxes, and the edges between them.
class TopologyLayout
{
public:
    void arrange(const Topology &topology, int width, const QFontMetrics &metrics);

    int height() const { return m_height; }
    const std::vector<QRect> &boxes() const { return m_boxes; }
    /// The way of an edge, moved aside by \a offset pixels: there and back do not lie on each other.
    QPainterPath path(int edge, double offset) const;
    /// Where an edge ends, at the box on the right.
    QPoint end(int edge) const { return m_ends[static_cast<std::size_t>(edge)].second; }

private:
    int column(const Topology &topology, bool right, int left, int width, const QFontMetrics &metrics);

    std::vector<QRect> m_boxes;
    std::vector<std::pair<QPoint, QPoint>> m_ends;
    int m_height = 0;
};

} // namespace inspector
