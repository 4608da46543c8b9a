#include "libnet/socketpipe_p.h"

#include "libnet/codes.h"
#include "libnet/stream/nexttick.h"

#include <QFileDevice>
#include <QProcess>

namespace net {

// A device says nothing of a high-water mark. It goes on once half of it is written, since some keep a rest for ever.
static constexpr qint64 Mark = DefaultHighWaterMark;

PipeToDevice::PipeToDevice(Socket *source, QIODevice *device, bool end)
    : SocketPipe(source, device, end),
      m_device(device)
{
    connect(device, &QIODevice::bytesWritten, this, &PipeToDevice::written);
    connect(device, &QIODevice::aboutToClose, this, [this] { fail(codes::prematureClose()); });
    connect(device, &QObject::destroyed, this, [this] { fail(codes::prematureClose()); });
    if (!device->isWritable())
        QMetaObject::invokeMethod(
            this, [this] { fail(codes::deviceFailed(QStringLiteral("the device is not open for writing"))); },
            Qt::QueuedConnection);
}

bool PipeToDevice::put(const QByteArray &bytes)
{
    m_rest += bytes;
    return write() && !isFull();
}

bool PipeToDevice::isFull() const
{
    return !m_device->isWritable() || !m_rest.isEmpty() || m_device->bytesToWrite() >= Mark;
}

// False if that was the end of the pipe.
bool PipeToDevice::write()
{
    const QPointer<PipeToDevice> guard(this);
    while (!m_rest.isEmpty()) {
        const qint64 count = m_device->write(m_rest);
        if (!guard || !destination())
            return false;
        if (count < 0) {
            fail(codes::deviceFailed(m_device->errorString()));
            return false;
        }
        m_rest.remove(0, count);
        if (count == 0)
            break; // its bytesWritten() will say when it takes more
    }
    return true;
}

void PipeToDevice::written()
{
    if (!write() || !m_rest.isEmpty())
        return;
    if (m_ended)
        close();
    else if (m_device->bytesToWrite() <= Mark / 2)
        goOn();
}

void PipeToDevice::endDestination()
{
    // The source may go before the device has taken everything.
    if (m_rest.isEmpty())
        close();
    else
        setParent(m_device);
}

void PipeToDevice::close()
{
    // A full disk shows only now.
    if (auto *file = qobject_cast<QFileDevice *>(m_device); file && !file->flush()) {
        fail(codes::deviceFailed(file->errorString()));
        return;
    }
    QIODevice *const device = m_device;
    leave();
    // close() would kill the process instead of letting it read to the end.
    if (auto *process = qobject_cast<QProcess *>(device))
        process->closeWriteChannel();
    else
        device->close();
}

void PipeToDevice::fail(const Error &error)
{
    QIODevice *const device = destination() ? m_device : nullptr;
    leave();
    if (m_source)
        Q_EMIT m_source->pipeFailed(device, error);
}

} // namespace net
