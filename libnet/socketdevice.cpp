#include "libnet/socketdevice_p.h"

#include "libnet/socket_p.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace net {

SocketDevice::SocketDevice(Socket *socket, qint64 readBufferSize)
    : QIODevice(socket),
      m_socket(socket),
      m_readBufferSize(readBufferSize)
{
    connect(socket, &Socket::readyRead, this, &SocketDevice::pull);
    connect(socket, &Socket::ended, this, &SocketDevice::finishReading);
    connect(socket, &Socket::connected, this, &SocketDevice::openAgain);
    connect(socket, &Socket::errorOccurred, this, [this](const Error &error) { setErrorString(error.message()); });
    connect(socket, &Socket::closed, this, [this] {
        setOpenMode(openMode() & ~WriteOnly); // what has come may still be read
        finishReading();
    });
    openAgain();
}

SocketDevice::~SocketDevice()
{
    // Said while the connection is gone already: without it, data flows by itself again.
    if (m_socket)
        disconnect(m_socket, nullptr, this, nullptr);
}

void SocketDevice::openAgain()
{
    m_finished = false;
    // Unbuffered: the bytes are here already, and QIODevice need not keep them a second time.
    setOpenMode(ReadWrite | Unbuffered);
    pullLater();
}

void SocketDevice::setReadBufferSize(qint64 size)
{
    m_readBufferSize = size;
    pullLater();
}

qint64 SocketDevice::bytesToWrite() const
{
    return m_socket ? m_socket->d->writes.size() : 0;
}

void SocketDevice::close()
{
    if (!isOpen())
        return;
    QIODevice::close();
    m_bytes.clear();
    if (m_socket)
        m_socket->destroySoon();
}

void SocketDevice::pull()
{
    const QPointer<SocketDevice> guard(this);
    // Without a limit once more than there is, since only an empty hand finds out about the end.
    const qint64 room = m_readBufferSize > 0 ? m_readBufferSize - m_bytes.size() : -1;
    if (!m_socket || !isOpen() || room == 0)
        return;
    const qint64 there = m_socket->readableLength();
    const QByteArray bytes = m_socket->read(room > 0 && there > room ? room : -1);
    if (!guard || bytes.isEmpty())
        return;
    m_bytes += bytes;
    m_received += quint64(bytes.size());
    if (std::exchange(m_telling, true))
        return;
    Q_EMIT readyRead();
    if (guard)
        m_telling = false;
}

void SocketDevice::pullLater()
{
    if (std::exchange(m_posted, true))
        return;
    const auto next = [this] {
        m_posted = false;
        pull();
    };
    QMetaObject::invokeMethod(this, next, Qt::QueuedConnection);
}

void SocketDevice::finishReading()
{
    if (!std::exchange(m_finished, true))
        Q_EMIT readChannelFinished();
}

qint64 SocketDevice::readData(char *data, qint64 maxSize)
{
    const qint64 count = qMin<qint64>(maxSize, m_bytes.size());
    if (count == 0)
        return m_finished && maxSize > 0 ? -1 : 0;
    memcpy(data, m_bytes.constData(), size_t(count));
    m_bytes.remove(0, count);
    if (m_readBufferSize > 0)
        pullLater();
    return count;
}

// Instead of asking for each byte by itself.
qint64 SocketDevice::readLineData(char *data, qint64 maxSize)
{
    const qsizetype end = m_bytes.indexOf('\n');
    return readData(data, end < 0 ? maxSize : qMin<qint64>(maxSize, end + 1));
}

qint64 SocketDevice::writeData(const char *data, qint64 size)
{
    if (!m_socket || !m_socket->isWritable() || (m_socket->isPending() && !m_socket->isConnecting())) {
        setErrorString(QStringLiteral("the socket is not open for writing"));
        return -1;
    }
    const auto written = [this, size](const Error &error) {
        if (error)
            return;
        m_written += quint64(size);
        Q_EMIT bytesWritten(size);
    };
    m_socket->write(QByteArray(data, size), this, written);
    return size;
}

bool SocketDevice::waitForReadyRead(int msecs)
{
    const quint64 before = m_received;
    return runUntil([this, before] { return m_received != before; }, msecs);
}

bool SocketDevice::waitForBytesWritten(int msecs)
{
    const quint64 before = m_written;
    return bytesToWrite() > 0 && runUntil([this, before] { return m_written != before; }, msecs);
}

bool SocketDevice::runUntil(const std::function<bool()> &done, int msecs)
{
    const QPointer<SocketDevice> guard(this);
    const QDeadlineTimer deadline = msecs < 0 ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(msecs);
    QTimer alarm; // so that the loop wakes at the deadline
    alarm.setSingleShot(true);
    if (msecs >= 0)
        alarm.start(msecs);
    QEventLoop loop;
    while (guard && m_socket && !m_socket->isDestroyed() && !done() && !deadline.hasExpired())
        loop.processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeUserInputEvents);
    return guard && done();
}

QIODevice *Socket::toDevice(qint64 readBufferSize)
{
    Private::Extras &extras = d->extra();
    if (auto *device = static_cast<SocketDevice *>(extras.device.data())) {
        device->setReadBufferSize(readBufferSize);
        if (!device->isOpen())
            device->openAgain();
        return device;
    }
    auto *device = new SocketDevice(this, readBufferSize);
    extras.device = device;
    return device;
}

} // namespace net
