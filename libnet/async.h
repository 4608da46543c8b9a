#pragma once
#include <libnet/net.h>

#include <QException>
#include <QFuture>

namespace net {

/// What a future of libnet fails with: thrown by QFuture::result(), caught by QFuture::onFailed(), thrown by co_await.
class LIBNET_EXPORT Exception : public QException
{
public:
    /// Carries \a error.
    explicit Exception(const Error &error);

    Error error() const { return m_error; } ///< what went wrong
    /// The error's message.
    const char *what() const noexcept override { return m_what.constData(); }
    void raise() const override;
    Exception *clone() const override;

private:
    Error m_error;
    QByteArray m_what;
};

/// A connected socket, from connected() on; or an Exception with the error of connecting, and the socket is gone.
/// Owned by \a parent; without one it deletes itself after closed(). Cancelling the future before that destroys the
/// socket, afterwards it is without effect; \a options.signal: ABORT_ERR. Call it in a thread with an event loop, where
/// the future is fulfilled. Node: connect() of net/promises.
LIBNET_EXPORT QFuture<Socket *> connectAsync(const ConnectOptions &options, QObject *parent = nullptr);

/// A listening server, from listening() on; or an Exception with the error of listening, and the server is gone.
/// \a onConnection is connected to connection() before anybody can connect. Owned by \a parent, or by the caller as
/// soon as the future has it. Cancelling before that destroys the server. Node: listen() of net/promises.
LIBNET_EXPORT QFuture<Server *> listenAsync(const ListenOptions &options, const ServerOptions &serverOptions = {},
                                            QObject *parent = nullptr,
                                            const std::function<void(Socket *)> &onConnection = {});

} // namespace net
