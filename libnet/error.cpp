#include "libnet/error.h"

#include "libnet/errornames.h"

namespace net {

using namespace Qt::StringLiterals;

class ErrorData : public QSharedData
{
public:
    QString code;
    int errorNumber = 0;
    QString syscall;
    QString address;
    int port = -1;
    QString localAddress;
    int localPort = -1;
    QString path;
    QString host;
    QString message;
    QList<Error> errors;
};

Error::Error() = default;
Error::Error(const Error &) = default;
Error::Error(Error &&) noexcept = default;
Error &Error::operator=(const Error &) = default;
Error &Error::operator=(Error &&) noexcept = default;
Error::~Error() = default;

Error Error::fromErrno(int errorNumber, const QString &syscall)
{
    Error error;
    error.d = new ErrorData;
    error.d->code = errorName(errorNumber);
    error.d->errorNumber = errorNumber;
    error.d->syscall = syscall;
    // Node's stream errors ("read ECONNRESET") have no text, only those with an address do.
    error.d->message = syscall + u' ' + error.d->code;
    return error;
}

Error Error::fromErrno(int errorNumber, const QString &syscall, const QString &address, int port)
{
    Error error = fromErrno(errorNumber, syscall);
    error.d->address = address;
    error.d->port = port;
    // Node's two formats: a failed listen carries the text, a failed bind or connect does not.
    if (syscall == "listen"_L1)
        error.d->message += u": "_s + errorText(errorNumber);
    if (!address.isEmpty())
        error.d->message += u' ' + address;
    if (port > 0)
        error.d->message += u':' + QString::number(port);
    return error;
}

Error Error::fromErrno(int errorNumber, const QString &syscall, const QString &address, int port,
                       const QString &localAddress, int localPort)
{
    Error error = fromErrno(errorNumber, syscall, address, port);
    if (!localAddress.isEmpty()) {
        error.d->localAddress = localAddress;
        error.d->localPort = localPort;
        error.d->message += u" - Local (%1:%2)"_s.arg(localAddress, QString::number(localPort));
    }
    return error;
}

Error Error::fromErrno(int errorNumber, const QString &syscall, const QString &path)
{
    Error error = fromErrno(errorNumber, syscall, path, -1);
    error.d->path = path;
    return error;
}

Error Error::fromLookup(const QString &code, int errorNumber, const QString &host)
{
    Error error = fromCode(code, u"getaddrinfo %1 %2"_s.arg(code, host));
    error.d->errorNumber = errorNumber;
    error.d->syscall = u"getaddrinfo"_s;
    error.d->host = host;
    return error;
}

Error Error::fromCode(const QString &code, const QString &message)
{
    Error error;
    error.d = new ErrorData;
    error.d->code = code;
    error.d->message = message;
    return error;
}

Error Error::aggregate(const QList<Error> &errors)
{
    Error error;
    error.d = new ErrorData;
    error.d->code = errors.first().code();
    error.d->errorNumber = errors.first().errorNumber();
    error.d->syscall = errors.first().syscall();
    error.d->errors = errors;
    return error;
}

QString Error::code() const
{
    return d ? d->code : QString();
}

int Error::errorNumber() const
{
    return d ? d->errorNumber : 0;
}

QString Error::syscall() const
{
    return d ? d->syscall : QString();
}

QString Error::address() const
{
    return d ? d->address : QString();
}

int Error::port() const
{
    return d ? d->port : -1;
}

QString Error::path() const
{
    return d ? d->path : QString();
}

QString Error::localAddress() const
{
    return d ? d->localAddress : QString();
}

int Error::localPort() const
{
    return d ? d->localPort : -1;
}

QString Error::host() const
{
    return d ? d->host : QString();
}

QString Error::message() const
{
    return d ? d->message : QString();
}

QList<Error> Error::errors() const
{
    return d ? d->errors : QList<Error>();
}

bool operator==(const Error &a, const Error &b)
{
    if (a.d == b.d)
        return true;
    return a.d && b.d && a.code() == b.code() && a.errorNumber() == b.errorNumber() && a.message() == b.message() &&
           a.address() == b.address() && a.port() == b.port() && a.path() == b.path() && a.errors() == b.errors();
}

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    if (!error)
        return debug.nospace() << "net::Error()";
    return debug.nospace().noquote() << "net::Error(" << error.code() << ", " << error.message() << ')';
}

} // namespace net
