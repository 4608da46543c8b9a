#pragma once
#include "inspector/models/phasehistory.h"
#include "inspector/views/colours.h"

class QPainter;
class QRect;

namespace inspector {

/// Fills \a bar as a connection in that phase looks: each phase has a form of its own beside its colour.
void paintPhase(QPainter &painter, const QRect &bar, Phase phase, const Colours &colours);
/// Phases that took turns share the bar, the one that most needs an eye below.
void paintPhases(QPainter &painter, const QRect &bar, Phases phases, const Colours &colours);

} // namespace inspector
