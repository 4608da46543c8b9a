#include "libnet/transport/accepttakeover.h"

#include <QEvent>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>

namespace net {

AcceptTakeover::AcceptTakeover(QObject *server, int listener, std::function<void(Descriptor)> accepted,
                               std::function<void(int)> refused)
    : QObject(server),
      m_listener(listener),
      m_accepted(std::move(accepted)),
      m_refused(std::move(refused)),
      m_notifier(server->findChild<QSocketNotifier *>())
{
    if (m_notifier)
        m_notifier->installEventFilter(this);
}

bool AcceptTakeover::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_notifier || event->type() != QEvent::SockAct)
        return false;
    const QPointer<QObject> guard(this);
    const auto outcome = m_loop.run(m_listener, *this, [&guard] { return !guard.isNull(); });
    if (guard && outcome == AcceptLoop::Outcome::Starved) {
        m_notifier->setEnabled(false);
        QTimer::singleShot(StarvedPause, m_notifier, [this] { m_notifier->setEnabled(true); });
    }
    return true;
}

} // namespace net
