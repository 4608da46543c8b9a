#include "libnet/socketconnecting_p.h"
#include "libnet/socketpipe_p.h"

#include "libnet/server_p.h"

#include <QEvent>

namespace net {

Socket::Socket(QObject *parent) : Socket(SocketOptions{}, parent) {}

Socket::Socket(const SocketOptions &options, QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(this, options))
{
}

Socket::~Socket() = default;

bool Socket::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange)
        d->changeThread();
    return QObject::event(event);
}

Socket &Socket::connectTo(int port, const QString &host)
{
    return connectTo(ConnectOptions{.port = port, .host = host});
}

Socket &Socket::connectTo(const QString &path)
{
    return connectTo(ConnectOptions{.path = path});
}

Socket &Socket::connectTo(const ConnectOptions &options)
{
    d->connectTo(options);
    return *this;
}

void Socket::onceConnected(Callback<> callback)
{
    QObject::connect(
        this, &Socket::connected, this, [callback] { callback(); }, Qt::SingleShotConnection);
}

bool Socket::write(const QByteArray &bytes)
{
    return d->write(bytes, {});
}

bool Socket::write(const QString &text, Encoding encoding)
{
    const auto codec = encoding == Encoding::None ? TextEncoding::Utf8 : TextEncoding(int(encoding) - 1);
    return d->write(encodeText(text, codec), {});
}

bool Socket::writeWith(const QByteArray &bytes, Callback<const Error &> callback)
{
    return d->write(bytes, std::move(callback));
}

Socket &Socket::end()
{
    d->end({});
    return *this;
}

Socket &Socket::end(const QByteArray &bytes)
{
    return endWith(bytes, {});
}

Socket &Socket::endWith(const QByteArray &bytes, Callback<const Error &> callback)
{
    if (!bytes.isEmpty())
        d->write(bytes, {});
    d->end(std::move(callback));
    return *this;
}

Socket &Socket::pause()
{
    d->pause();
    return *this;
}

Socket &Socket::resume()
{
    d->resume();
    return *this;
}

bool Socket::isPaused() const
{
    return d->reads.flow() == ReadSide::Flow::Paused;
}

Socket &Socket::setEncoding(Encoding encoding)
{
    if (encoding == Encoding::None) {
        if (d->extras)
            d->extras->decoder.reset();
    } else {
        d->extra().decoder = std::make_unique<TextDecoder>(TextEncoding(int(encoding) - 1));
    }
    return *this;
}

Socket *Socket::pipe(Socket *destination, bool end)
{
    d->extra().pipes.append(new SocketPipe(this, destination, end));
    // A pause from before gives way: the pipe is who reads now.
    d->resume();
    return destination;
}

Socket &Socket::unpipe(Socket *destination)
{
    if (!d->extras)
        return *this;
    QList<QPointer<SocketPipe>> &pipes = d->extras->pipes;
    for (qsizetype i = pipes.size() - 1; i >= 0; --i) {
        if (pipes.at(i) && destination && pipes.at(i)->destination() != destination)
            continue;
        if (pipes.at(i))
            pipes.at(i)->stop();
        pipes.removeAt(i);
    }
    if (pipes.isEmpty() && d->reads.isFlowing())
        d->pause();
    return *this;
}

Socket &Socket::destroy(const Error &error)
{
    d->destroy(error);
    return *this;
}

void Socket::setAutoDelete(bool enable)
{
    d->autoDelete = enable;
}

bool Socket::autoDelete() const
{
    return d->autoDelete;
}

Socket &Socket::setTimeout(int msecs)
{
    if (msecs <= 0) {
        if (d->extras)
            d->extras->idle.stop();
    } else if (!d->destroyed) {
        d->extra().idle.start(msecs);
    }
    return *this;
}

Socket &Socket::setNoDelay(bool enable)
{
    d->noDelay = enable;
    if (d->transport.isOpen())
        socketops::setNoDelay(d->transport.descriptor(), enable);
    return *this;
}

Socket &Socket::setKeepAlive(bool enable, int initialDelay)
{
    d->keepAlive = enable;
    if (initialDelay)
        d->extra().keepAliveDelay = initialDelay;
    if (d->transport.isOpen())
        socketops::setKeepAlive(d->transport.descriptor(), enable, initialDelay);
    return *this;
}

Socket &Socket::ref()
{
    d->referenced = true;
    d->updateLive();
    return *this;
}

Socket &Socket::unref()
{
    d->referenced = false;
    d->updateLive();
    return *this;
}

void Socket::connectNotify(const QMetaMethod &signal)
{
    static const QMetaMethod dataSignal = QMetaMethod::fromSignal(&Socket::data);
    static const QMetaMethod textSignal = QMetaMethod::fromSignal(&Socket::text);
    if (signal != dataSignal && signal != textSignal)
        return;
    // A receiver starts the flow, unless it was stopped explicitly. Called in the thread that connects.
    if (thread() != QThread::currentThread()) {
        QMetaObject::invokeMethod(
            this, [this] { d->flow(); }, Qt::QueuedConnection);
        return;
    }
    d->flow();
}

void Socket::disconnectNotify(const QMetaMethod &) {}

// State --------------------------------------------------------------------------------------------------------

Socket::ReadyState Socket::readyState() const
{
    if (d->isConnecting())
        return ReadyState::Opening;
    if (d->isReadable())
        return d->isWritable() ? ReadyState::Open : ReadyState::ReadOnly;
    return d->isWritable() ? ReadyState::WriteOnly : ReadyState::Closed;
}

bool Socket::isConnecting() const
{
    return d->isConnecting();
}

bool Socket::isPending() const
{
    return !d->transport.isOpen();
}

bool Socket::isDestroyed() const
{
    return d->destroyed;
}

bool Socket::isReadable() const
{
    return d->isReadable();
}

bool Socket::isWritable() const
{
    return d->isWritable();
}

Server *Socket::server() const
{
    return d->census ? d->census->server() : nullptr;
}

SocketAddress Socket::address() const
{
    if (d->transport.isOpen())
        return socketops::localEnd(d->transport.descriptor());
    return d->extras ? d->extras->local : SocketAddress();
}

SocketAddress Socket::remote() const
{
    // Kept, since the kernel forgets the peer as soon as it has reset the connection.
    if (d->transport.isOpen() && d->extra().remote.isNull())
        d->extras->remote = socketops::remoteEnd(d->transport.descriptor());
    return d->extras ? d->extras->remote : SocketAddress();
}

static QString literal(const SocketAddress &end)
{
    return end.family == Family::Local ? QString() : end.address;
}

static QString ipFamily(const SocketAddress &end)
{
    return end.family == Family::Local ? QString() : familyName(end.family);
}

QString Socket::localAddress() const
{
    return literal(address());
}

int Socket::localPort() const
{
    return address().port;
}

QString Socket::localFamily() const
{
    return ipFamily(address());
}

QString Socket::remoteAddress() const
{
    return literal(remote());
}

int Socket::remotePort() const
{
    return remote().port;
}

QString Socket::remoteFamily() const
{
    return ipFamily(remote());
}

QStringList Socket::autoSelectFamilyAttemptedAddresses() const
{
    return d->extras ? d->extras->attemptedAddresses : QStringList();
}

qint64 Socket::bytesRead() const
{
    return qint64(d->bytesRead);
}

qint64 Socket::bytesWritten() const
{
    return qint64(d->writes.accepted());
}

qint64 Socket::writableLength() const
{
    return d->writes.length();
}

qint64 Socket::writableHighWaterMark() const
{
    return d->writes.highWaterMark();
}

bool Socket::writableNeedDrain() const
{
    return d->needDrain && !d->destroyed && !d->ending;
}

qint64 Socket::readableLength() const
{
    return d->reads.length();
}

int Socket::timeout() const
{
    return d->extras ? d->extras->idle.interval() : 0;
}

} // namespace net
