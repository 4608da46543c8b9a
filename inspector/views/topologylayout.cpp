#include "inspector/views/topologylayout.h"

#include <algorithm>

namespace inspector {

static constexpr int margin = 14;
static constexpr int gap = 10;

int TopologyLayout::column(const Topology &topology, bool right, int left, int width, const QFontMetrics &metrics)
{
    int y = margin;
    for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
        if (topology.nodes[i].right != right)
            continue;
        // Room for a label at each edge's end.
        const auto edges = std::ranges::count_if(topology.edges, [&](const TopologyEdge &edge) {
            return (right ? edge.to : edge.from) == static_cast<int>(i);
        });
        const int lines = std::max(2, right ? static_cast<int>(edges) : 2);
        const int height = lines * metrics.height() + 10;
        m_boxes[i] = QRect(left, y, width, height);
        y += height + gap;
    }
    return y + margin - gap;
}

void TopologyLayout::arrange(const Topology &topology, int width, const QFontMetrics &metrics)
{
    m_boxes.assign(topology.nodes.size(), {});
    const int box = std::clamp(width * 3 / 10, 80, metrics.averageCharWidth() * 34);
    const int left = column(topology, false, margin, box, metrics);
    const int right = column(topology, true, width - margin - box, box, metrics);
    m_height = std::max(left, right);
    // The shorter column stands in the middle of the longer one.
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        m_boxes[i].translate(0, (m_height - (topology.nodes[i].right ? right : left)) / 2);

    m_ends.clear();
    std::vector<int> used(m_boxes.size(), 0);
    std::vector<int> all(m_boxes.size(), 0);
    for (const TopologyEdge &edge : topology.edges) {
        ++all[static_cast<std::size_t>(edge.from)];
        ++all[static_cast<std::size_t>(edge.to)];
    }
    const auto attach = [&](int node) {
        const auto at = static_cast<std::size_t>(node);
        const QRect &rect = m_boxes[at];
        const int y = rect.top() + rect.height() * (2 * used[at] + 1) / (2 * all[at]);
        ++used[at];
        return QPoint(topology.nodes[at].right ? rect.left() : rect.right() + 1, y);
    };
    for (const TopologyEdge &edge : topology.edges) {
        const QPoint from = attach(edge.from);
        m_ends.push_back({from, attach(edge.to)});
    }
}

QPainterPath TopologyLayout::path(int edge, double offset) const
{
    const auto &[from, to] = m_ends[static_cast<std::size_t>(edge)];
    const QPointF shift(0, offset);
    const QPointF reach((to.x() - from.x()) * 0.45, 0);
    QPainterPath path(QPointF(from) + shift);
    path.cubicTo(QPointF(from) + shift + reach, QPointF(to) + shift - reach, QPointF(to) + shift);
    return path;
}

} // namespace inspector
