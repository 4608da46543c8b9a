#include "libnet/socketpipe_p.h"

#include "libnet/socket_p.h"

namespace net {

SocketPipe::SocketPipe(Socket *source, Socket *destination, bool end)
    : QObject(source),
      m_source(source),
      m_destination(destination)
{
    connect(source, &Socket::data, this, &SocketPipe::forward);
    connect(source, &Socket::text, this, [this](const QString &text) { forward(text.toUtf8()); });
    connect(destination, &Socket::drain, this, &SocketPipe::goOn);
    connect(destination, &Socket::finish, this, &SocketPipe::leave);
    connect(destination, &Socket::closed, this, &SocketPipe::leave);
    connect(destination, &QObject::destroyed, this, &SocketPipe::leave);
    if (end)
        connect(source, &Socket::ended, this, [this] {
            if (m_destination)
                m_destination->end();
        });
    connect(source, &Socket::closed, this, &SocketPipe::stop);
}

void SocketPipe::start()
{
    // A pause from before gives way: the pipe is who reads now.
    if (m_destination->writableNeedDrain())
        wait();
    else
        m_source->resume();
}

void SocketPipe::forward(const QByteArray &bytes)
{
    if (m_destination && !m_destination->write(bytes))
        wait();
}

void SocketPipe::wait()
{
    m_waiting = true;
    m_source->pause();
}

void SocketPipe::goOn()
{
    if (!std::exchange(m_waiting, false))
        return;
    // The slowest destination decides.
    for (const QPointer<SocketPipe> &pipe : std::as_const(m_source->d->extras->pipes)) {
        if (pipe && pipe->m_waiting)
            return;
    }
    m_source->resume();
}

void SocketPipe::leave()
{
    stop();
    if (m_source->isDestroyed())
        return;
    QList<QPointer<SocketPipe>> &pipes = m_source->d->extras->pipes;
    pipes.removeIf([this](const QPointer<SocketPipe> &pipe) { return !pipe || pipe == this; });
    // What comes now has nowhere to go, and must not be lost.
    if (pipes.isEmpty())
        m_source->pause();
    else
        goOn();
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
