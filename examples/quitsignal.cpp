#include "examples/quitsignal.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <unistd.h>

static int wakeUp[2] = {-1, -1};

// A handler may do next to nothing, so it writes a byte, and the event loop does the rest.
static void onSignal(int)
{
    [[maybe_unused]] const ssize_t written = ::write(wakeUp[1], "q", 1);
}

QuitSignal::QuitSignal(QObject *parent) : QObject(parent)
{
    if (::pipe(wakeUp) != 0)
        qFatal("no pipe for signals");
    auto *notifier = new QSocketNotifier(wakeUp[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, QCoreApplication::instance(), [] {
        // Taken, so that it quits one event loop and not the next one too.
        char byte = 0;
        if (::read(wakeUp[0], &byte, 1) == 1)
            QCoreApplication::quit();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}
