#include "inspector/models/units.h"
#include "inspector/views/colours.h"
#include "inspector/views/topologyview.h"

#include <QPainter>
#include <QScrollBar>

#include <cmath>

namespace inspector {

using namespace Qt::StringLiterals;

void TopologyView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0, -verticalScrollBar()->value());
    const Topology &topology = m_model.topology();
    for (int edge = 0; edge < static_cast<int>(topology.edges.size()); ++edge)
        paintEdge(painter, edge);
    for (int node = 0; node < static_cast<int>(topology.nodes.size()); ++node)
        paintNode(painter, node);
}

// From a byte to a gigabyte a second in nine steps: all of them can be told apart.
static double strength(double rate)
{
    return rate < 1 ? 0 : std::clamp(std::log10(rate), 0.5, 9.0);
}

void TopologyView::paintStrand(QPainter &painter, const QPainterPath &path, double rate, bool forth) const
{
    const Colours &colours = Colours::of(palette());
    const double power = strength(rate);
    if (power <= 0) {
        painter.setPen(QPen(colours.grid, 1));
        painter.drawPath(path);
        return;
    }
    QColor colour = forth ? colours.out : colours.in;
    QPen pen(colour, 1 + power / 3, Qt::CustomDashLine, Qt::FlatCap);
    static constexpr double dash = 10;
    pen.setDashPattern({dash * 0.6 / pen.widthF(), dash * 0.4 / pen.widthF()});
    // Forth it moves with the path, back against it.
    const double moved = std::fmod(m_travel * power, dash) / pen.widthF();
    pen.setDashOffset(forth ? -moved : moved);
    painter.setPen(pen);
    painter.drawPath(path);
}

void TopologyView::paintEdge(QPainter &painter, int edge) const
{
    const Colours &colours = Colours::of(palette());
    const TopologyEdge &at = m_model.topology().edges[static_cast<std::size_t>(edge)];
    painter.setBrush(Qt::NoBrush);
    paintStrand(painter, m_layout.path(edge, -2.5), at.forth, true);
    paintStrand(painter, m_layout.path(edge, 2.5), at.back, false);

    QStringList parts;
    if (at.waits)
        parts += u"⚠"_s;
    if (at.connections > 1)
        parts += u"×%1"_s.arg(countText(static_cast<quint64>(at.connections)));
    if (at.forth >= 1)
        parts += u"▶ "_s + rateText(at.forth);
    if (at.back >= 1)
        parts += u"◀ "_s + rateText(at.back);
    if (parts.isEmpty())
        return;
    const QString text = parts.join(u"  "_s);
    const QPoint end = m_layout.end(edge);
    const int width = fontMetrics().horizontalAdvance(text) + 10;
    const QRect label(end.x() - width - 14, end.y() - fontMetrics().height() / 2, width, fontMetrics().height());
    QColor base = palette().color(QPalette::Base);
    base.setAlpha(225);
    painter.setPen(Qt::NoPen);
    painter.setBrush(base);
    painter.drawRoundedRect(label, 4, 4);
    painter.setPen(at.waits ? colours.warning : colours.dim);
    painter.drawText(label, Qt::AlignCenter, text);
}

void TopologyView::paintNode(QPainter &painter, int node) const
{
    const Colours &colours = Colours::of(palette());
    const TopologyNode &at = m_model.topology().nodes[static_cast<std::size_t>(node)];
    const QRect &box = m_layout.boxes()[static_cast<std::size_t>(node)];
    const bool isKnown = at.kind == TopologyNode::Kind::Process || at.kind == TopologyNode::Kind::Server;
    const bool isChosen = m_model.standsFor(at, m_chosen);
    const bool isCurrent = node == m_current && hasFocus();
    painter.setBrush(palette().color(isChosen ? QPalette::Highlight : isKnown ? QPalette::Window : QPalette::Base));
    QPen frame(isCurrent ? palette().color(QPalette::Link) : palette().color(QPalette::Mid), isCurrent ? 2 : 1);
    // Who is not attached is drawn in dashes: only one end of its connections is known.
    frame.setStyle(isKnown ? Qt::SolidLine : Qt::DashLine);
    painter.setPen(frame);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);

    const int line = fontMetrics().height();
    const int top = box.center().y() - line;
    const QRect title(box.left() + 10, top, box.width() - 20, line);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(isChosen ? QPalette::HighlightedText : QPalette::Text));
    painter.drawText(title, Qt::AlignVCenter, QFontMetrics(bold).elidedText(at.title, Qt::ElideRight, title.width()));
    painter.setFont(font());
    painter.setPen(isChosen ? palette().color(QPalette::HighlightedText) : colours.dim);
    painter.drawText(title.translated(0, line), Qt::AlignVCenter,
                     fontMetrics().elidedText(describe(at), Qt::ElideRight, title.width()));
}

} // namespace inspector
