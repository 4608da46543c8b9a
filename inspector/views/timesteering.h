#pragma once
#include "inspector/models/timewindow.h"

#include <QPushButton>

class QKeyEvent;
class QWheelEvent;

namespace inspector {

/// Left, Right, Home, End, + and - as they move what a plot shows; false if it was another key.
bool steer(TimeWindow &time, const QKeyEvent &event);
/// The wheel with Shift, or turned sideways; false if it was turned otherwise.
bool steer(TimeWindow &time, const QWheelEvent &event);

/// Says that a plot does not show the present, and leads back to it. Hidden while it does.
class NowButton : public QPushButton
{
    Q_OBJECT

public:
    explicit NowButton(QWidget *parent);

    /// In the corner of \a plot, in the parent's coordinates. \a isLive: there is a present, not but an end.
    void showFor(const TimeWindow &time, const QRect &plot, bool isLive);
};

} // namespace inspector
