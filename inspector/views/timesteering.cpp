#include "inspector/views/timesteering.h"

#include <QKeyEvent>
#include <QWheelEvent>

#include <cmath>
#include <cstdlib>

namespace inspector {

static constexpr double step = 0.25; // of the width: enough stays in sight to see where one is

bool steer(TimeWindow &time, const QKeyEvent &event)
{
    switch (event.key()) {
    case Qt::Key_Left:
        time.pan(-step);
        return true;
    case Qt::Key_Right:
        time.pan(step);
        return true;
    case Qt::Key_Home:
        time.goToBegin();
        return true;
    case Qt::Key_End:
        time.follow();
        return true;
    case Qt::Key_Plus:
        time.zoom(-1, 0.5);
        return true;
    case Qt::Key_Minus:
        time.zoom(1, 0.5);
        return true;
    default:
        return false;
    }
}

bool steer(TimeWindow &time, const QWheelEvent &event)
{
    const QPoint turned = event.angleDelta();
    const bool sideways = std::abs(turned.x()) > std::abs(turned.y());
    if (!sideways && !(event.modifiers() & Qt::ShiftModifier))
        return false;
    constexpr double notch = 120;
    time.pan(-step / 2 * (sideways ? turned.x() : turned.y()) / notch);
    return true;
}

NowButton::NowButton(QWidget *parent) : QPushButton(parent)
{
    setObjectName(QStringLiteral("now"));
    setToolTip(tr("Back to the latest, and on with it (End)"));
    setFocusPolicy(Qt::TabFocus);
    hide();
}

void NowButton::showFor(const TimeWindow &time, const QRect &plot, bool isLive)
{
    setVisible(!time.isFollowing());
    setText(isLive ? tr("▶ now") : tr("▶ end"));
    adjustSize();
    move(plot.right() - width() - 4, plot.bottom() - height() - 4);
}

} // namespace inspector
