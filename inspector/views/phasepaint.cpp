#include "inspector/views/phasepaint.h"

#include <QPainter>

namespace inspector {

static QColor faint(QColor colour, int alpha)
{
    colour.setAlpha(alpha);
    return colour;
}

void paintPhase(QPainter &painter, const QRect &bar, Phase phase, const Colours &colours)
{
    const int middle = bar.center().y();
    const auto fill = [&](const QColor &colour, Qt::BrushStyle style) {
        painter.fillRect(bar, faint(colour, 60));
        painter.fillRect(bar, QBrush(colour, style));
    };
    switch (phase) {
    case Phase::None:
        break;
    case Phase::Unknown:
        painter.fillRect(bar, QBrush(colours.dim, Qt::FDiagPattern));
        break;
    case Phase::Closed:
        painter.fillRect(QRect(bar.left(), middle, bar.width(), 1), colours.grid);
        break;
    case Phase::Idle:
        painter.fillRect(QRect(bar.left(), middle, bar.width(), 2), colours.dim);
        break;
    case Phase::Open:
        painter.fillRect(bar, faint(colours.good, 170));
        break;
    case Phase::Connecting:
        fill(colours.warning, Qt::Dense5Pattern);
        break;
    case Phase::HalfOpen:
        painter.fillRect(QRect(bar.left(), middle, bar.width(), bar.bottom() - middle + 1), faint(colours.in, 200));
        painter.fillRect(QRect(bar.left(), bar.top(), bar.width(), 1), colours.in);
        break;
    case Phase::Paused:
        fill(colours.warning, Qt::VerPattern);
        break;
    case Phase::WaitsForDrain:
        fill(colours.out, Qt::BDiagPattern);
        break;
    case Phase::Failed:
        painter.fillRect(QRect(bar.left(), middle - 1, bar.width(), 3), faint(colours.bad, 150));
        break;
    }
}

void paintPhases(QPainter &painter, const QRect &bar, Phases phases, const Colours &colours)
{
    if (!phases.isMixed())
        return paintPhase(painter, bar, phases.worst, colours);
    const int half = bar.height() / 2;
    paintPhase(painter, bar.adjusted(0, 0, 0, -(bar.height() - half)), phases.least, colours);
    paintPhase(painter, bar.adjusted(0, half, 0, 0), phases.worst, colours);
}

} // namespace inspector
