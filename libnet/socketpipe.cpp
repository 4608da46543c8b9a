#include "libnet/socketpipe_p.h"

namespace net {

SocketPipe::SocketPipe(Socket *source, Socket *destination, bool end)
    : QObject(source),
      m_source(source),
      m_destination(destination)
{
    connect(source, &Socket::data, this, &SocketPipe::forward);
    connect(destination, &Socket::drain, this, &SocketPipe::goOn);
    connect(destination, &Socket::closed, this, &SocketPipe::stop);
    connect(destination, &QObject::destroyed, this, &SocketPipe::stop);
    if (end)
        connect(source, &Socket::ended, this, [this] {
            if (m_destination)
                m_destination->end();
        });
    connect(source, &Socket::closed, this, &SocketPipe::stop);
}

void SocketPipe::forward(const QByteArray &bytes)
{
    if (!m_destination || m_destination->write(bytes) || m_waiting)
        return;
    m_waiting = true;
    m_source->pause();
}

void SocketPipe::goOn()
{
    if (std::exchange(m_waiting, false))
        m_source->resume();
}

void SocketPipe::stop()
{
    disconnect(m_source, nullptr, this, nullptr);
    if (m_destination)
        disconnect(m_destination, nullptr, this, nullptr);
    m_destination.clear();
    deleteLater();
}

} // namespace net
