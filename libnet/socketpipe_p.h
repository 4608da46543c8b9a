#pragma once
#include "libnet/socket.h"

#include <QPointer>

namespace net {

/// Carries what one socket reads to another with backpressure. A child of the source.
class SocketPipe : public QObject
{
public:
    SocketPipe(Socket *source, Socket *destination, bool end);

    Socket *destination() const { return m_destination; }
    /// Lets the source flow, or waits for the destination.
    void start();
    /// Stops at once and deletes itself.
    void stop();

private:
    void forward(const QByteArray &bytes);
    void wait();
    void goOn();
    /// The destination is gone.
    void leave();

    Socket *m_source;
    QPointer<Socket> m_destination;
    bool m_waiting = false; ///< we have paused the source until the destination drains
};

} // namespace net
