#pragma once
#include "libnet/transport/acceptloop.h"

#include <QLocalServer>

class QSocketNotifier;

namespace net {

/// Accepts on a local path through QLocalServer, which also removes the path at the end.
/// QLocalServer closes itself and its path when accept() fails, so it is never left to accept by itself: its
/// notifier's event is taken before it, and only connections that exist reach incomingConnection().
class LocalAcceptor : public Acceptor, public QLocalServer
{
public:
    LocalAcceptor(Owner &owner, QObject *home, Descriptor descriptor);

    int descriptor() const override { return int(socketDescriptor()); }
    void settle(Owner &owner, QObject *home) override;

private:
    class Feed;
    void incomingConnection(quintptr descriptor) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

    Owner *m_owner;
    AcceptLoop m_loop;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace net
