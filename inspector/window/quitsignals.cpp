#include "inspector/window/quitsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace inspector {

static int wakeUp = -1;
static constexpr int numbers[] = {SIGINT, SIGTERM, SIGHUP};

extern "C" {
static void passOn(int number)
{
    // Nothing else may be done here; write() may.
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wakeUp, &byte, 1);
    std::signal(number, SIG_DFL);
}
}

QuitSignals::QuitSignals(QObject *parent) : QObject(parent)
{
    if (::pipe2(m_ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    wakeUp = m_ends[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT came();
    });
    for (const int number : numbers) {
        if (std::signal(number, passOn) == SIG_IGN)
            std::signal(number, SIG_IGN);
    }
}

QuitSignals::~QuitSignals()
{
    if (m_ends[0] < 0)
        return;
    for (const int number : numbers) {
        if (std::signal(number, SIG_DFL) == SIG_IGN)
            std::signal(number, SIG_IGN);
    }
    m_notifier.reset();
    ::close(m_ends[0]);
    ::close(m_ends[1]);
}

} // namespace inspector
