#include "libnet/socketpipe_p.h"

#include "libnet/socket_p.h"
#include "libnet/transport/kernelpipe.h"

namespace net {

static constexpr qsizetype WorthMoving = 16 * 1024;

SocketPipe::SocketPipe(Socket *source, QObject *destination, bool end)
    : QObject(source),
      m_source(source),
      m_destination(destination)
{
    connect(source, &Socket::data, this, &SocketPipe::forward);
    connect(source, &Socket::text, this, [this](const QString &text) { forward(text.toUtf8()); });
    connect(source, &Socket::ended, this, [this, end] {
        if (!end) {
            leave();
        } else if (m_destination) {
            m_ended = true;
            endDestination();
        }
    });
    connect(source, &Socket::closed, this, [this] {
        if (!m_ended) // else the destination says when it is through
            stop();
    });
}

void SocketPipe::start()
{
    if (!m_destination) // gone meanwhile, in a slot of piped()
        return;
    // A pause from before gives way: the pipe is who reads now.
    if (isFull())
        wait();
    else
        m_source->resume();
}

// What others would notice, and the order of what is written, forbid to go past the signals and the queue.
bool SocketPipe::mayMove()
{
    // The kernel's pipe costs another two system calls: that pays for what is large.
    if (m_unfit || m_waiting || m_lastSize < WorthMoving || !m_destination || !socket())
        return false;
    if (!socket()->d->mayBypassQueue() || socket()->thread() != thread())
        return false;
    if (!m_alone)
        m_alone = m_source->receivers(SIGNAL(data(QByteArray))) == 1 &&
                  m_source->receivers(SIGNAL(text(QString))) == 1 && m_source->receivers(SIGNAL(readyRead())) == 0;
    return *m_alone;
}

bool SocketPipe::move()
{
    if (!mayMove())
        return false;
    Socket::Private &from = *m_source->d;
    Socket::Private &to = *socket()->d;
    if (!std::exchange(m_prepared, true)) {
        KernelPipe::prepare(from.transport.descriptor());
        KernelPipe::prepare(to.transport.descriptor());
    }
    KernelPipe::Moved moved = KernelPipe::current().move(from.transport.descriptor(), to.transport.descriptor());
    m_lastSize = moved.read.bytes;
    m_unfit = moved.unfit();
    // The end and errors are left to an ordinary read.
    if (moved.read.bytes == 0)
        return moved.read.wouldBlock();
    from.transport.spend(moved.read.bytes);
    from.bytesRead += quint64(moved.read.bytes);
    from.noteActivity();
    to.bypassed(moved.written);
    // It brings the error, if there was one, and backpressure.
    if (!moved.rest.isEmpty())
        forward(moved.rest);
    return true;
}

void SocketPipe::forward(const QByteArray &bytes)
{
    m_lastSize = bytes.size();
    const QPointer<SocketPipe> guard(this);
    if (m_destination && !put(bytes) && guard)
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
    const QPointer<QObject> destination = m_destination;
    stop();
    const QPointer<Socket> source = m_source;
    if (source && !source->isDestroyed()) {
        QList<QPointer<SocketPipe>> &pipes = m_source->d->extras->pipes;
        pipes.removeIf([this](const QPointer<SocketPipe> &pipe) { return !pipe || pipe == this; });
        // What comes now has nowhere to go, and must not be lost.
        if (pipes.isEmpty())
            m_source->pause();
        else
            goOn();
    }
    if (auto *socket = qobject_cast<Socket *>(destination); socket && source)
        Q_EMIT socket->unpiped(source);
}

void SocketPipe::stop()
{
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    if (m_destination)
        disconnect(m_destination, nullptr, this, nullptr);
    m_destination.clear();
    deleteLater();
}

// PipeToSocket -------------------------------------------------------------------------------------------------

PipeToSocket::PipeToSocket(Socket *source, Socket *destination, bool end)
    : SocketPipe(source, destination, end),
      m_socket(destination)
{
    connect(destination, &QObject::destroyed, this, &PipeToSocket::leave);
    connect(destination, &Socket::drain, this, &PipeToSocket::goOn);
    connect(destination, &Socket::finish, this, &PipeToSocket::leave);
    connect(destination, &Socket::errorOccurred, this, &PipeToSocket::leave);
    connect(destination, &Socket::closed, this, &PipeToSocket::leave);
}

bool PipeToSocket::put(const QByteArray &bytes)
{
    return m_socket->write(bytes);
}

bool PipeToSocket::isFull() const
{
    return m_socket->writableNeedDrain();
}

void PipeToSocket::endDestination()
{
    m_socket->end();
}

// Socket's side ------------------------------------------------------------------------------------------------

Socket *Socket::pipe(Socket *destination, bool end)
{
    auto *pipe = new PipeToSocket(this, destination, end);
    d->extra().pipes.append(pipe);
    d->tellDescribed();
    const QPointer<SocketPipe> guard(pipe);
    Q_EMIT destination->piped(this);
    if (guard)
        guard->start();
    return destination;
}

QIODevice *Socket::pipe(QIODevice *destination, bool end)
{
    auto *pipe = new PipeToDevice(this, destination, end);
    d->extra().pipes.append(pipe);
    d->tellDescribed();
    pipe->start();
    return destination;
}

Socket &Socket::unpipe(QObject *destination)
{
    if (!d->extras)
        return *this;
    QList<QPointer<SocketPipe>> &pipes = d->extras->pipes;
    QList<QPointer<Socket>> left;
    for (qsizetype i = pipes.size() - 1; i >= 0; --i) {
        if (pipes.at(i) && destination && pipes.at(i)->destination() != destination)
            continue;
        if (const QPointer<SocketPipe> pipe = pipes.takeAt(i)) {
            left.prepend(qobject_cast<Socket *>(pipe->destination()));
            pipe->stop();
        }
    }
    const QPointer<Socket> guard(this);
    if (pipes.isEmpty() && d->reads.isFlowing())
        d->pause();
    for (const QPointer<Socket> &socket : std::as_const(left)) {
        if (socket && guard)
            Q_EMIT socket->unpiped(this);
    }
    return *this;
}

} // namespace net
