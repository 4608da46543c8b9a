#pragma once
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace bench {

/// What the application does, and how the window is set up to watch it.
struct Scene
{
    int sockets = 100;
    double rate = 1e6; ///< events a second, over all sockets
    double churn = 0;  ///< sockets a second that are closed and replaced
    double seconds = 10;
    quint64 keep = 2'000'000;   ///< events
    QStringList arguments = {}; ///< of net-inspector, on top
};

/// What net-inspector tells of itself with --measure; see its manual page.
struct Sitting
{
    QJsonObject attachment; ///< once all that the application had was on the screen
    QJsonObject window;     ///< at the end
    QString error;
};

/// Runs an application that does what \a scene says, and the real net-inspector attached to it: on the display, or
/// without one. What happens begins when the window has shown all sockets.
Sitting sit(const Scene &scene, bool onDisplay);

} // namespace bench
