#pragma once
#include "libnet/transport/acceptloop.h"

#include <QObject>

class QSocketNotifier;

namespace net {

/// Accepts in the place of a QTcpServer or QLocalServer: takes the events of the server's notifier before it.
/// Left to themselves, QLocalServer closes itself and its path when accept() fails, and QTcpServer says nothing of
/// EMFILE once it has accepted anybody, and spins. A child of the server, and goes with it to other threads.
class AcceptTakeover : public QObject, private Acceptor::Owner
{
public:
    /// \a accepted is the server's incomingConnection(). \a server listens already.
    AcceptTakeover(QObject *server, int listener, std::function<void(Descriptor)> accepted,
                   std::function<void(int)> refused);

private:
    void accepted(Descriptor descriptor) override { m_accepted(std::move(descriptor)); }
    void refused(int error) override { m_refused(error); }
    bool eventFilter(QObject *watched, QEvent *event) override;

    int m_listener;
    std::function<void(Descriptor)> m_accepted;
    std::function<void(int)> m_refused;
    AcceptLoop m_loop;
    QSocketNotifier *m_notifier;
};

} // namespace net
