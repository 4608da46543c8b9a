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
    /// Stops at once and deletes itself.
    void stop();

private:
    void forward(const QByteArray &bytes);
    void goOn();

    Socket *m_source;
    QPointer<Socket> m_destination;
    bool m_waiting = false; ///< we have paused the source
};

} // namespace net
