#include "libnet/transport/localacceptor.h"

#include <QEvent>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>

namespace net {

/// Hands what the loop has accepted to QLocalServer's own virtual function.
class LocalAcceptor::Feed : public Acceptor::Owner
{
public:
    explicit Feed(LocalAcceptor *acceptor) : m_acceptor(acceptor) {}
    void accepted(Descriptor descriptor) override { m_acceptor->incomingConnection(quintptr(descriptor.release())); }
    void refused(int error) override { m_acceptor->m_owner->refused(error); }

private:
    LocalAcceptor *m_acceptor;
};

LocalAcceptor::LocalAcceptor(Owner &owner, QObject *home, Descriptor descriptor) : QLocalServer(home), m_owner(&owner)
{
    listen(qintptr(descriptor.release()));
    m_notifier = findChild<QSocketNotifier *>();
    if (m_notifier)
        m_notifier->installEventFilter(this);
}

void LocalAcceptor::settle(Owner &owner, QObject *home)
{
    m_owner = &owner;
    setParent(home);
}

void LocalAcceptor::incomingConnection(quintptr descriptor)
{
    m_owner->accepted(Descriptor(int(descriptor)));
}

bool LocalAcceptor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_notifier || event->type() != QEvent::SockAct)
        return false;
    const QPointer<QLocalServer> guard(this);
    Feed feed(this);
    if (m_loop.run(descriptor(), feed, [&guard] { return !guard.isNull(); }) == AcceptLoop::Outcome::Starved) {
        m_notifier->setEnabled(false);
        QTimer::singleShot(StarvedPause, m_notifier, [this] { m_notifier->setEnabled(true); });
    }
    return true;
}

} // namespace net
