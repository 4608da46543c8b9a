#pragma once
#include <libnet/export.h>

#include <QDebug>
#include <QList>
#include <QSharedDataPointer>
#include <QString>

namespace net {

class ErrorData;

/// What went wrong, as a value: Node's code, the errno, the system call, the address, and Node's message.
/// A default-constructed Error means "no error" and converts to false. Implicitly shared, thread-safe to copy.
class LIBNET_EXPORT Error
{
    Q_GADGET
    Q_PROPERTY(QString code READ code)
    Q_PROPERTY(int errorNumber READ errorNumber)
    Q_PROPERTY(QString syscall READ syscall)
    Q_PROPERTY(QString address READ address)
    Q_PROPERTY(int port READ port)
    Q_PROPERTY(QString path READ path)
    Q_PROPERTY(QString message READ message)

public:
    Error();
    Error(const Error &);
    Error(Error &&) noexcept;
    Error &operator=(const Error &);
    Error &operator=(Error &&) noexcept;
    ~Error();

    /// A failed system call; \a errorNumber is an errno. The message is "connect ECONNREFUSED 127.0.0.1:1".
    static Error fromErrno(int errorNumber, const QString &syscall);
    /// The same, about an address and a port.
    static Error fromErrno(int errorNumber, const QString &syscall, const QString &address, int port);
    /// The same, with the local end in the message: "... - Local (127.0.0.1:4000)".
    static Error fromErrno(int errorNumber, const QString &syscall, const QString &address, int port,
                           const QString &localAddress, int localPort);
    /// The same, about a local socket's path.
    static Error fromErrno(int errorNumber, const QString &syscall, const QString &path);
    /// A failed lookup; \a code is "ENOTFOUND", "EAI_AGAIN", ... and \a host what was looked up.
    static Error fromLookup(const QString &code, int errorNumber, const QString &host);
    /// Misuse of the API, or an event without an errno: \a code is Node's "ERR_..." name.
    static Error fromCode(const QString &code, const QString &message);
    /// Every attempt failed. Takes code and system call of the first; never pass an empty list.
    static Error aggregate(const QList<Error> &errors);

    /// True if this is an error.
    explicit operator bool() const { return d.constData() != nullptr; }

    QString code() const;         ///< "EADDRINUSE", "ERR_SOCKET_CLOSED"; empty: no error
    int errorNumber() const;      ///< errno as a positive number, or 0
    QString syscall() const;      ///< "listen", "bind", "connect", "read", "write", "shutdown", "getaddrinfo"
    QString address() const;      ///< the address the call was about, if any
    int port() const;             ///< the port the call was about, or -1
    QString path() const;         ///< the path of a local socket, if any
    QString localAddress() const; ///< the local end that was asked for, if any
    int localPort() const;        ///< its port, or -1
    QString host() const;         ///< the name that was looked up, if any
    QString message() const;      ///< Node's text
    QList<Error> errors() const;  ///< the parts of an aggregate

    LIBNET_EXPORT friend bool operator==(const Error &a, const Error &b);
    friend bool operator!=(const Error &a, const Error &b) { return !(a == b); }

private:
    QSharedDataPointer<ErrorData> d;
};

LIBNET_EXPORT QDebug operator<<(QDebug debug, const Error &error);

} // namespace net

Q_DECLARE_METATYPE(net::Error)
