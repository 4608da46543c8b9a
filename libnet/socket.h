#pragma once
#include <libnet/callback.h>
#include <libnet/error.h>
#include <libnet/export.h>
#include <libnet/options.h>
#include <libnet/socketaddress.h>

#include <QByteArray>
#include <QObject>
#include <QStringList>

#include <memory>

class QIODevice;

namespace net {

class Server;

/// A TCP or local connection: a duplex stream with events. Node: net.Socket.
///
/// Signals of a life: lookup(), connectionAttempt(), connected(), ready(), data() ..., ended() when the peer has
/// ended, finish() when end() was called and everything is written, closed() last and once. A failure is told
/// once by errorOccurred(), then closed(true). Nothing is emitted from inside the call that caused it. Every slot
/// may write, end, destroy or delete the socket. Reading starts when something is connected to data or text.
/// A socket without a parent may change threads (moveToThread) at any time, with what is buffered and queued.
class LIBNET_EXPORT Socket : public QObject
{
    Q_OBJECT
    Q_PROPERTY(ReadyState readyState READ readyState)
    Q_PROPERTY(bool connecting READ isConnecting)
    Q_PROPERTY(bool pending READ isPending)
    Q_PROPERTY(bool destroyed READ isDestroyed)
    Q_PROPERTY(bool readable READ isReadable)
    Q_PROPERTY(bool writable READ isWritable)
    Q_PROPERTY(qint64 bytesRead READ bytesRead)
    Q_PROPERTY(qint64 bytesWritten READ bytesWritten)
    Q_PROPERTY(qint64 writableLength READ writableLength)
    Q_PROPERTY(qint64 writableHighWaterMark READ writableHighWaterMark)
    Q_PROPERTY(bool writableNeedDrain READ writableNeedDrain)
    Q_PROPERTY(bool writableEnded READ writableEnded)
    Q_PROPERTY(bool writableFinished READ writableFinished)
    Q_PROPERTY(int writableCorked READ writableCorked)
    Q_PROPERTY(bool readableEnded READ readableEnded)
    Q_PROPERTY(bool readableFlowing READ readableFlowing)
    Q_PROPERTY(qint64 readableHighWaterMark READ readableHighWaterMark)
    Q_PROPERTY(qint64 readableLength READ readableLength)
    Q_PROPERTY(QString localAddress READ localAddress)
    Q_PROPERTY(int localPort READ localPort)
    Q_PROPERTY(QString localFamily READ localFamily)
    Q_PROPERTY(QString remoteAddress READ remoteAddress)
    Q_PROPERTY(int remotePort READ remotePort)
    Q_PROPERTY(QString remoteFamily READ remoteFamily)
    Q_PROPERTY(int timeout READ timeout)
    Q_PROPERTY(qint64 bufferSize READ bufferSize)
    Q_PROPERTY(bool allowHalfOpen READ allowHalfOpen WRITE setAllowHalfOpen)
    Q_PROPERTY(net::Server *server READ server)
    Q_PROPERTY(QStringList autoSelectFamilyAttemptedAddresses READ autoSelectFamilyAttemptedAddresses)

public:
    /// Node's readyState: opening while connecting, then which side is open.
    enum class ReadyState { Closed, Opening, Open, ReadOnly, WriteOnly };
    Q_ENUM(ReadyState)
    /// How bytes become text, and text bytes. None: they stay bytes.
    enum class Encoding { None, Utf8, Utf16le, Latin1, Ascii, Hex, Base64, Base64url };
    Q_ENUM(Encoding)

    /// A socket that is not connected. Owned by \a parent, if there is one.
    explicit Socket(QObject *parent = nullptr);
    /// The same with \a options, which may bring a descriptor that is connected already.
    explicit Socket(const SocketOptions &options, QObject *parent = nullptr);
    ~Socket() override;

    // Connecting ------------------------------------------------------------------------------------------

    /// Connects to a TCP port; empty host: "localhost". Node: socket.connect(port, host).
    Q_INVOKABLE net::Socket &connectTo(int port, const QString &host = {});
    /// Connects to a local path. Node: socket.connect(path).
    Q_INVOKABLE net::Socket &connectTo(const QString &path);
    /// Connects. Later emits lookup() for a name, connectionAttempt() for each address tried, then connected() and
    /// ready(), or errorOccurred() and closed(true): ECONNREFUSED, ETIMEDOUT, ENOENT, ENOTFOUND,
    /// ERR_SOCKET_BAD_PORT, ... A closed socket may connect again; its counters start anew.
    Socket &connectTo(const ConnectOptions &options);
    /// The same; \a onConnected runs once after connected().
    template <typename Functor>
    Socket &connectTo(const ConnectOptions &options, const QObject *context, Functor &&onConnected)
    {
        onceConnected(Callback<>(context, std::forward<Functor>(onConnected)));
        return connectTo(options);
    }

    // Writing ---------------------------------------------------------------------------------------------

    /// Sends \a bytes, or queues what the kernel does not take. False if the queue has reached the high-water mark:
    /// wait for drain(). Before connecting, everything is queued. After end() ERR_STREAM_WRITE_AFTER_END is
    /// reported, after the peer's end (without allowHalfOpen) EPIPE. Node: socket.write(data).
    Q_INVOKABLE bool write(const QByteArray &bytes);
    bool write(const char *bytes) { return write(QByteArray(bytes)); } ///< the same up to a NUL
    /// Sends \a text in \a encoding.
    Q_INVOKABLE bool write(const QString &text, net::Socket::Encoding encoding = Encoding::Utf8);
    /// The same; \a onSent(const net::Error &) runs once when the bytes have left, or with the error if they
    /// never will. Callbacks run in the order of the writes.
    template <typename Functor>
    bool write(const QByteArray &bytes, const QObject *context, Functor &&onSent)
    {
        return writeWith(bytes, Callback<const Error &>(context, std::forward<Functor>(onSent)));
    }
    /// The same for text.
    template <typename Functor>
    bool write(const QString &text, Encoding encoding, const QObject *context, Functor &&onSent)
    {
        return writeWith(encoded(text, encoding), Callback<const Error &>(context, std::forward<Functor>(onSent)));
    }
    /// Holds writes back until uncork() was called as often, to send them together. Node: socket.cork().
    Q_INVOKABLE net::Socket &cork();
    Q_INVOKABLE net::Socket &uncork(); ///< see cork()
    /// Ends our side: queued bytes are written, then the FIN; finish() follows. Node: socket.end().
    Q_INVOKABLE net::Socket &end();
    Q_INVOKABLE net::Socket &end(const QByteArray &bytes);            ///< writes \a bytes before it
    Socket &end(const char *bytes) { return end(QByteArray(bytes)); } ///< the same up to a NUL
    Q_INVOKABLE net::Socket &end(const QString &text,
                                 net::Socket::Encoding encoding = Encoding::Utf8); ///< writes \a text before it
    /// The same; \a onFinished(const net::Error &) runs once after finish(), or with an error.
    template <typename Functor>
    Socket &end(const QByteArray &bytes, const QObject *context, Functor &&onFinished)
    {
        return endWith(bytes, Callback<const Error &>(context, std::forward<Functor>(onFinished)));
    }

    // Reading ---------------------------------------------------------------------------------------------

    /// Stops data() until resume(); an explicit pause wins over connecting a receiver. Node: socket.pause().
    Q_INVOKABLE net::Socket &pause();
    /// Lets data flow, also to nobody: bytes without a receiver are lost, as documented. Node: socket.resume().
    Q_INVOKABLE net::Socket &resume();
    /// Takes nothing more from the system until resume(), not even the peer's end: from now on somebody else reads the
    /// descriptor, such as a child process that has it as its standard input. Node: socket._handle.readStop().
    Q_INVOKABLE net::Socket &stopReading();
    Q_INVOKABLE bool isPaused() const; ///< pause() was called, by you or a pipe, and not resume()
    /// Takes \a maxSize bytes (with an encoding: units of text, no character split), or all that is whole; null if not
    /// so many are there. What is taken is emitted too. For readyRead(), or while paused. Node: socket.read(size).
    Q_INVOKABLE QByteArray read(qint64 maxSize = -1);
    /// Puts \a bytes back before everything unread: they are delivered again. Node: socket.unshift(chunk).
    Q_INVOKABLE net::Socket &unshift(const QByteArray &bytes);
    /// Adds \a bytes behind everything unread, as if the peer had sent them; they are not counted. False: enough is
    /// unread. After the end the socket fails with ERR_STREAM_PUSH_AFTER_EOF. Node: readable.push(chunk).
    Q_INVOKABLE bool push(const QByteArray &bytes);
    /// The end, as if the peer had sent it: nothing more is read. Node: readable.push(null).
    Q_INVOKABLE net::Socket &pushEnd();
    /// From now on text() is emitted instead of data(), characters never split. None: data() again.
    Q_INVOKABLE net::Socket &setEncoding(net::Socket::Encoding encoding);
    /// Sends all that this socket reads to \a destination with backpressure, and ends it at the end.
    /// Returns \a destination. Neither takes ownership. Node: socket.pipe(destination).
    Socket *pipe(Socket *destination, bool end = true);
    /// The same to any open device of this thread, which is waited for while its bytesToWrite() is high. At the end it
    /// is closed (a QProcess: its write channel). What goes wrong is told by pipeFailed().
    QIODevice *pipe(QIODevice *destination, bool end = true);
    /// Stops piping to \a destination, a socket or a device, or to all.
    Socket &unpipe(QObject *destination = nullptr);
    /// The same stream as a sequential device, for QDataStream, QTextStream and their like. A child of the socket,
    /// always the same one. It takes what comes, up to \a readBufferSize bytes (0: everything), and data() does not
    /// flow by itself meanwhile. readChannelFinished() answers to ended(), close() is destroySoon(). Its waitFor...
    /// functions run a nested event loop: other slots of the thread run too.
    QIODevice *toDevice(qint64 readBufferSize = 0);

    // Closing ---------------------------------------------------------------------------------------------

    /// Closes at once: nothing more is read or written. errorOccurred() if \a error is one, then closed().
    /// Pending write callbacks get ERR_STREAM_DESTROYED. Node: socket.destroy(error).
    Q_INVOKABLE net::Socket &destroy(const net::Error &error = {});
    /// Ends our side if that has not happened, and destroys once everything is written. Node: socket.destroySoon().
    Q_INVOKABLE net::Socket &destroySoon();
    /// Closes by RST, waiting for a connection that is on its way. Without a connection destroys with
    /// ERR_SOCKET_CLOSED; a local socket reports ERR_INVALID_HANDLE_TYPE by errorOccurred() alone and stays open.
    /// Node: socket.resetAndDestroy().
    Q_INVOKABLE net::Socket &resetAndDestroy();
    /// Deletes this object after closed(). Default: true for accepted sockets and for net::connect() without parent.
    void setAutoDelete(bool enable);
    bool autoDelete() const; ///< see setAutoDelete()

    // Settings --------------------------------------------------------------------------------------------

    /// Emits timedOut() after \a msecs without reading or writing; 0 removes it. The socket stays open.
    Q_INVOKABLE net::Socket &setTimeout(int msecs);
    /// TCP_NODELAY: small writes are sent at once. Kept for later before connecting. Node: socket.setNoDelay().
    Q_INVOKABLE net::Socket &setNoDelay(bool enable = true);
    /// \a initialDelay in ms; 0: the system's. Node: socket.setKeepAlive().
    Q_INVOKABLE net::Socket &setKeepAlive(bool enable = false, int initialDelay = 0);
    /// The same with interval and count. Values that round to 0 s leave the system's and are warned about.
    Socket &setKeepAlive(const KeepAlive &keepAlive);
    /// 0 to 255; for IPv6 the traffic class. Kept and applied later before connecting. Else ERR_OUT_OF_RANGE or the
    /// errno is returned. Node: socket.setTypeOfService().
    Q_INVOKABLE net::Error setTypeOfService(int typeOfService);
    Q_INVOKABLE int typeOfService() const; ///< Node: socket.getTypeOfService()
    /// Keeps the application running while open (the default), by a QEventLoopLocker. Node: socket.ref().
    Q_INVOKABLE net::Socket &ref();
    /// Lets the application quit although this socket is open. Node: socket.unref().
    Q_INVOKABLE net::Socket &unref();

    Q_INVOKABLE bool hasRef() const; ///< whether it keeps the application running while open

    // State -----------------------------------------------------------------------------------------------

    ReadyState readyState() const;                  ///< Node: socket.readyState
    bool isConnecting() const;                      ///< connectTo() was called and has neither succeeded nor failed
    bool isPending() const;                         ///< not connected yet
    bool isDestroyed() const;                       ///< destroy() was called, by you or the end of the connection
    bool isReadable() const;                        ///< data may still come
    bool isWritable() const;                        ///< write() is allowed
    Server *server() const;                         ///< the server that accepted it, or null
    Q_INVOKABLE net::SocketAddress address() const; ///< the local end. Node: socket.address()
    Q_INVOKABLE qintptr socketDescriptor() const;   ///< the system's, or -1. Node: socket._handle.fd
    SocketAddress remote() const;                   ///< the remote end; stays known after closing
    QString localAddress() const;                   ///< literal; empty if unknown, or for a path
    int localPort() const;                          ///< 0 if unknown
    QString localFamily() const;                    ///< "IPv4", "IPv6" or ""
    QString remoteAddress() const;                  ///< literal; empty if unknown, or for a path
    int remotePort() const;                         ///< 0 if unknown
    QString remoteFamily() const;                   ///< "IPv4", "IPv6" or ""
    QStringList autoSelectFamilyAttemptedAddresses() const; ///< "host:port" of each, if there were several to try
    qint64 bytesRead() const;                               ///< bytes received
    qint64 bytesWritten() const;                            ///< bytes passed to write(), queued ones included
    qint64 writableLength() const;                          ///< bytes that the kernel has not taken
    qint64 writableHighWaterMark() const;                   ///< bytes from which write() returns false
    bool writableNeedDrain() const;                         ///< write() has returned false, drain() is to come
    bool writableEnded() const;                             ///< end() was called
    bool writableFinished() const;                          ///< finish() was emitted
    int writableCorked() const;                             ///< how often uncork() is still to be called
    bool readableEnded() const;                             ///< ended() was emitted
    bool readableFlowing() const;                           ///< data is delivered as it comes
    qint64 readableHighWaterMark() const;                   ///< bytes from which reading stops while nothing flows
    qint64 readableLength() const;                          ///< bytes read and not yet delivered
    int timeout() const;                                    ///< ms, 0: none
    qint64 bufferSize() const;                              ///< Node's old name of writableLength
    bool allowHalfOpen() const;         ///< our side stays open after ended(); may be changed until then
    void setAllowHalfOpen(bool enable); ///< see allowHalfOpen()

Q_SIGNALS:
    // What most sockets have connected comes first: Qt reserves memory for all signals up to the last of those.
    /// Bytes have come; one connected receiver is enough to start the flow. Node: 'data'.
    void data(const QByteArray &bytes);
    /// The same as text, once setEncoding() was called.
    void text(const QString &text);
    /// The last signal. \a hadError: errorOccurred() came before.
    void closed(bool hadError);
    /// Something failed; once, and closed(true) follows. Node: 'error'.
    void errorOccurred(const net::Error &error);
    /// The peer has sent its FIN and all data was delivered. Without allowHalfOpen, our own end follows.
    void ended();
    /// The queue is empty after write() has returned false.
    void drain();
    /// The connection is there; ready() follows at once. Node: 'connect'.
    void connected();
    void ready(); ///< Node: 'ready'
    /// Something was read that does not flow: nobody has listened yet, or the socket is paused.
    void readyRead();
    /// end() was called and everything is written, the FIN too.
    void finish();
    /// Nothing was read or written for the time of setTimeout(). Node: 'timeout'.
    void timedOut();
    void paused();  ///< pause() has taken effect. Node: 'pause'
    void resumed(); ///< data flows again. Node: 'resume'
    /// A name was looked up: once for each address found, or once with an error.
    void lookup(const net::Error &error, const QString &address, int family, const QString &host);
    /// For a local path too, with port and family 0.
    void connectionAttempt(const QString &address, int port, int family);
    void connectionAttemptFailed(const QString &address, int port, int family,
                                 const net::Error &error); ///< the next address is tried, if there is one
    void connectionAttemptTimeout(const QString &address, int port,
                                  int family); ///< the same, after autoSelectFamilyAttemptTimeout
    /// \a source, a socket or a device, is piped to this socket from now on; or no longer. Node: 'pipe', 'unpipe'.
    void piped(QObject *source);
    void unpiped(QObject *source); ///< see piped()
    /// A device at the other end of a pipe failed: EIO with its own text, or ERR_STREAM_PREMATURE_CLOSE. The pipe is
    /// gone, this socket stays open, paused if it was the source. \a device may be null: deleted.
    void pipeFailed(QIODevice *device, const net::Error &error);

protected:
    bool event(QEvent *event) override;
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;

private:
    class LIBNET_HIDDEN Private;
    friend class Private;
    friend class Server;
    friend class Handover;
    friend class SocketConnecting;
    friend class DevicePipe;
    friend class SocketPipe;
    friend class SocketDevice;
    struct Arrival
    {
    };
    /// For libnet itself: the connection was there, nobody in the application has made this.
    LIBNET_HIDDEN Socket(Arrival arrival, const SocketOptions &options, QObject *parent);
    static QByteArray encoded(const QString &text, Encoding encoding);
    void onceConnected(Callback<> callback);
    bool writeWith(const QByteArray &bytes, Callback<const Error &> callback);
    Socket &endWith(const QByteArray &bytes, Callback<const Error &> callback);

    std::unique_ptr<Private> d;
};

} // namespace net
