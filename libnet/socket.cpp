#include "libnet/socketconnecting_p.h"

#include "libnet/codes.h"
#include "libnet/server_p.h"

#include <QEvent>

namespace net {

using namespace Qt::StringLiterals;

Socket::Socket(QObject *parent) : Socket(SocketOptions{}, parent) {}

Socket::Socket(const SocketOptions &options, QObject *parent) : Socket(Arrival(), options, parent)
{
    probe::tellCall(*d, probe::Call::Created);
}

Socket::Socket(Arrival, const SocketOptions &options, QObject *parent)
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
        this, &Socket::connected, this, [callback = std::move(callback)] { callback(); }, Qt::SingleShotConnection);
}

bool Socket::write(const QByteArray &bytes)
{
    return d->write(bytes, {});
}

QByteArray Socket::encoded(const QString &text, Encoding encoding)
{
    const auto codec = encoding == Encoding::None ? TextEncoding::Utf8 : TextEncoding(int(encoding) - 1);
    return encodeText(text, codec);
}

bool Socket::write(const QString &text, Encoding encoding)
{
    return d->write(encoded(text, encoding), {});
}

bool Socket::writeWith(const QByteArray &bytes, Callback<const Error &> callback)
{
    return d->write(bytes, std::move(callback));
}

Socket &Socket::end()
{
    d->tellEndCall();
    d->end({});
    return *this;
}

Socket &Socket::end(const QByteArray &bytes)
{
    return endWith(bytes, {});
}

Socket &Socket::end(const QString &text, Encoding encoding)
{
    return end(encoded(text, encoding));
}

Socket &Socket::endWith(const QByteArray &bytes, Callback<const Error &> callback)
{
    if (const Error refusal = bytes.isEmpty() ? Error() : d->endRefusal()) {
        d->refuse(bytes.size(), refusal, {});
        // The callback's error is that of the bytes, too.
        if (callback)
            NextTick::current().post(d.get(), [callback, refusal] { callback(refusal); });
        return *this;
    }
    d->tellEndCall();
    const bool unconnected = d->isUnconnected();
    if (!bytes.isEmpty())
        d->write(bytes, {});
    if (bytes.isEmpty() || !unconnected)
        d->end(std::move(callback));
    else if (callback)
        d->extra().finishCallbacks.append(std::move(callback));
    return *this;
}

Socket &Socket::cork()
{
    d->cork();
    return *this;
}

Socket &Socket::uncork()
{
    d->uncork();
    return *this;
}

QByteArray Socket::read(qint64 maxSize)
{
    return d->read(maxSize);
}

Socket &Socket::unshift(const QByteArray &bytes)
{
    d->unshift(bytes);
    return *this;
}

bool Socket::push(const QByteArray &bytes)
{
    return d->push(bytes);
}

Socket &Socket::pushEnd()
{
    d->pushEnd();
    return *this;
}

Socket &Socket::destroySoon()
{
    d->tellDestroyCall();
    d->destroySoon();
    return *this;
}

Socket &Socket::resetAndDestroy()
{
    d->tellDestroyCall();
    d->resetAndDestroy();
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

Socket &Socket::stopReading()
{
    d->stopReading();
    return *this;
}

bool Socket::isPaused() const
{
    return d->reads.flow() == ReadSide::Flow::Paused || d->reads.listening;
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

Socket &Socket::destroy(const Error &error)
{
    d->tellDestroyCall();
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
    return setKeepAlive({.enable = enable, .initialDelay = initialDelay});
}

Socket &Socket::setKeepAlive(const KeepAlive &keepAlive)
{
    const auto vanishes = [](int msecs) {
        return msecs > 0 && msecs < 1000;
    };
    if (vanishes(keepAlive.initialDelay) || vanishes(keepAlive.interval))
        qWarning("libnet: a keep-alive time below 1000 ms rounds to 0 s and leaves the system's default");
    d->extra().keepAlive = keepAlive;
    if (d->transport.isOpen())
        socketops::setKeepAlive(d->transport.descriptor(), keepAlive.enable, keepAlive.initialDelay, keepAlive.interval,
                                keepAlive.count);
    return *this;
}

Error Socket::setTypeOfService(int typeOfService)
{
    if (typeOfService < 0 || typeOfService > 255)
        return codes::outOfRange(u"tos"_s, 0, 255, typeOfService);
    d->extra().typeOfService = typeOfService;
    if (!d->transport.isOpen())
        return {};
    const int error = socketops::setTypeOfService(d->transport.descriptor(), typeOfService);
    return error ? Error::fromErrno(error, u"setTypeOfService"_s) : Error();
}

int Socket::typeOfService() const
{
    int error = 0;
    if (d->transport.isOpen())
        return socketops::typeOfService(d->transport.descriptor(), error);
    return d->extras ? qMax(0, d->extras->typeOfService) : 0;
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
    static const QMetaMethod readSignal = QMetaMethod::fromSignal(&Socket::readyRead);
    // A receiver starts the flow, unless it was stopped explicitly. Called in the thread that connects.
    const bool read = signal == readSignal;
    if (!read && signal != dataSignal && signal != textSignal)
        return;
    const auto begin = [this, read] {
        read ? d->listenReadable() : d->flow();
    };
    if (thread() == QThread::currentThread())
        begin();
    else
        QMetaObject::invokeMethod(this, begin, Qt::QueuedConnection);
}

void Socket::disconnectNotify(const QMetaMethod &)
{
    static const QMetaMethod readSignal = QMetaMethod::fromSignal(&Socket::readyRead);
    if (thread() == QThread::currentThread() && d->reads.listening && !isSignalConnected(readSignal))
        d->stopListeningReadable();
}

} // namespace net
