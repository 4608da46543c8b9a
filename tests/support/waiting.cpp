#include "tests/support/waiting.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace test {

// Other threads and processes change conditions too, without an event in this one.
static constexpr int LookAgain = 5;

bool waitFor(const std::function<bool()> &condition, int msecs)
{
    QDeadlineTimer deadline(msecs);
    QTimer awake;
    awake.start(LookAgain);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

void settle()
{
    // A closed descriptor, a posted event and a deferred tick may each lead to one of the others.
    for (int round = 0; round < 4; ++round) {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

} // namespace test
