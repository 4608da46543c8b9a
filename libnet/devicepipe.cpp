#include "libnet/devicepipe_p.h"

#include "libnet/codes.h"
#include "libnet/net.h"
#include "libnet/socket_p.h"

#include <QFile>
#include <QTemporaryFile>

#include <cerrno>
#include <typeinfo>

namespace net {

// What a turn sends of a file at the most; as much as one that writes.
static constexpr qsizetype FilePiece = 1024 * 1024;

DevicePipe::DevicePipe(QIODevice *source, Socket *destination, bool end)
    : QObject(destination),
      m_source(source),
      m_destination(destination),
      m_end(end)
{
    connect(source, &QIODevice::readyRead, this, &DevicePipe::carry);
    connect(source, &QIODevice::readChannelFinished, this, [this] {
        m_finished = true;
        carryLater();
    });
    connect(source, &QIODevice::aboutToClose, this, [this] { fail(codes::prematureClose()); });
    connect(source, &QObject::destroyed, this, [this] { fail(codes::prematureClose()); });
    connect(destination, &Socket::drain, this, &DevicePipe::carry);
    connect(destination, &Socket::finish, this, &DevicePipe::stop);
    connect(destination, &Socket::errorOccurred, this, &DevicePipe::stop);
    connect(destination, &Socket::closed, this, &DevicePipe::stop);
}

void DevicePipe::start()
{
    const QPointer<DevicePipe> guard(this);
    Q_EMIT m_destination->piped(m_source);
    if (guard)
        carryLater();
}

void DevicePipe::stop()
{
    disconnect(m_destination, nullptr, this, nullptr);
    QObject *const source = m_source;
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source.clear();
    deleteLater();
    if (source)
        Q_EMIT m_destination->unpiped(source);
}

// A file is always ready: without turns in between, nothing else would happen until its end.
void DevicePipe::carryLater()
{
    if (std::exchange(m_posted, true))
        return;
    const auto next = [this] {
        m_posted = false;
        carry();
    };
    QMetaObject::invokeMethod(this, next, Qt::QueuedConnection);
}

void DevicePipe::carry()
{
    // drain() brings us back.
    if (!m_source || m_destination->writableNeedDrain())
        return;
    if (!m_source->isReadable()) {
        fail(codes::deviceFailed(QStringLiteral("the device is not open for reading")));
        return;
    }
    if (sendFile())
        return;
    const bool sequential = m_source->isSequential();
    QByteArray bytes(DefaultHighWaterMark, Qt::Uninitialized);
    const QPointer<DevicePipe> guard(this);
    const qint64 count = m_source->read(bytes.data(), bytes.size());
    if (!guard || !m_source)
        return;
    if (count > 0) {
        bytes.truncate(count);
        m_destination->write(bytes);
        // A device that tells may already have told of what is left.
        if (guard && m_source && (!sequential || m_finished || m_source->bytesAvailable() > 0))
            carryLater();
    } else if (sequential ? m_finished || count < 0 : count == 0) {
        sourceEnded();
    } else if (!sequential) {
        fail(codes::deviceFailed(m_source->errorString()));
    }
}

// A class derived from QFile may give other bytes than the file has.
bool DevicePipe::isPlainFile() const
{
    const QIODevice &device = *m_source;
    return (typeid(device) == typeid(QFile) || typeid(device) == typeid(QTemporaryFile)) && !device.isSequential() &&
           !device.isTextModeEnabled() && !device.isTransactionStarted();
}

bool DevicePipe::sendFile()
{
    Socket::Private &to = *m_destination->d;
    // Who watches sees the bytes too.
    if (m_unfit || !isPlainFile() || !to.mayBypassQueue() || probe::tap() || m_destination->thread() != thread())
        return false;
    auto &file = static_cast<QFile &>(*m_source);
    if (file.isWritable())
        file.flush();
    socketops::makeNonBlocking(to.transport.descriptor()); // sendfile() heeds the descriptor's own flag
    const socketops::IoResult sent =
        socketops::sendFile(file.handle(), file.pos(), to.transport.descriptor(), FilePiece);
    if (sent.wouldBlock()) {
        to.awaitRoom();
        return true;
    }
    if (sent.error && sent.error != EPIPE && sent.error != ECONNRESET)
        m_unfit = true;
    // The end, and what is wrong with socket or file, an ordinary read or write finds.
    if (sent.bytes == 0)
        return false;
    to.bypassed(sent.bytes);
    file.seek(file.pos() + sent.bytes);
    carryLater();
    return true;
}

void DevicePipe::sourceEnded()
{
    const QPointer<Socket> destination = m_destination;
    const bool end = m_end;
    if (end)
        destination->end(); // unpiped() follows finish(), as in Node
    else
        stop();
}

void DevicePipe::fail(const Error &error)
{
    QIODevice *const device = m_source;
    Socket *const destination = m_destination;
    const QPointer<Socket> guard(destination);
    stop();
    if (guard)
        Q_EMIT destination->pipeFailed(device, error);
}

static DevicePipe *findPipe(QIODevice *source, Socket *destination)
{
    for (QObject *child : destination->children()) {
        auto *pipe = dynamic_cast<DevicePipe *>(child);
        if (pipe && pipe->source() == source)
            return pipe;
    }
    return nullptr;
}

Socket *pipe(QIODevice *source, Socket *destination, bool end)
{
    (new DevicePipe(source, destination, end))->start();
    return destination;
}

void unpipe(QIODevice *source, Socket *destination)
{
    if (DevicePipe *pipe = findPipe(source, destination))
        pipe->stop();
}

} // namespace net
