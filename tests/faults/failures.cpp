#include "tests/faults/failures.h"

#include <QMap>
#include <QStringList>

#include <cerrno>
#include <cstring>

namespace faults {

using namespace Qt::StringLiterals;

namespace {

/// What its manual page names, and a peer, a full system, a firewall or a signal can bring about.
const QMap<QString, QList<int>> failures = {
    {u"socket"_s, {EMFILE, ENFILE, ENOBUFS, ENOMEM}},
    {u"bind"_s, {EADDRINUSE, EACCES, ENOMEM}},
    {u"listen"_s, {EADDRINUSE}},
    {u"accept4"_s, {EMFILE, ENFILE, ENOBUFS, ENOMEM, EINTR, EAGAIN, ECONNABORTED, EPROTO, EPERM}},
    {u"connect"_s, {ECONNREFUSED, ETIMEDOUT, EINTR, EAGAIN, ENETUNREACH, EHOSTUNREACH, EACCES, EADDRNOTAVAIL}},
    {u"recv"_s, {ECONNRESET, ETIMEDOUT, ENOMEM, EINTR, EAGAIN, Short}},
    {u"send"_s, {EPIPE, ECONNRESET, ENOBUFS, ENOMEM, EINTR, EAGAIN, Short}},
    {u"sendmsg"_s, {EPIPE, ECONNRESET, ENOBUFS, ENOMEM, EINTR, EAGAIN, Short}},
    {u"read"_s, {EINTR, EAGAIN, EIO, Short}},
    {u"write"_s, {EINTR, EAGAIN, EPIPE, ENOSPC, Short}},
    {u"writev"_s, {EINTR, EAGAIN, EPIPE, ENOSPC, Short}},
    {u"shutdown"_s, {ENOBUFS}}, // ENOTCONN: only of a connection that is lost already
    {u"setsockopt"_s, {ENOMEM, ENOBUFS}},
    {u"getsockopt"_s, {ENOBUFS}},
    {u"getsockname"_s, {ENOBUFS}},
    {u"getpeername"_s, {ENOTCONN, ENOBUFS}},
    {u"epoll_ctl"_s, {ENOMEM, ENOSPC}},
    {u"epoll_wait"_s, {EINTR}},
    {u"epoll_create1"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"epoll_pwait2"_s, {EINTR, ENOSYS}},
    {u"fcntl"_s, {EMFILE}},
    {u"ioctl"_s, {ENOMEM}},
    {u"pipe2"_s, {EMFILE, ENFILE}},
    {u"socketpair"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"eventfd"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"open"_s, {EMFILE, ENFILE, ENOMEM}},
    {u"recvmsg"_s, {ECONNRESET, ENOMEM, EINTR, EAGAIN, Short, HandlesLost}},
    {u"poll"_s, {EINTR}},
    {u"ppoll"_s, {EINTR}},
    {u"unlink"_s, {EACCES, EROFS}},
    {u"chmod"_s, {EACCES, EROFS}},
    {u"stat"_s, {EACCES, ENOMEM}},
    {u"lstat"_s, {EACCES, ENOMEM}},
    {u"mkdir"_s, {EACCES, ENOSPC, EROFS}},
    {u"getaddrinfo"_s, {EAGAIN, ENOMEM, EMFILE}},
    {u"splice"_s, {EINVAL, ENOMEM, EINTR, EAGAIN, Short}},
    {u"sendfile64"_s, {EINVAL, ENOMEM, EIO, EINTR, EAGAIN, Short}},
    {u"close"_s, {EINTR, EIO}},
};

/// Whose failures nobody but libnet notices, whatever they are: there is another way, or the next time will do.
const QSet<QString> unnoticed = {u"close"_s,       u"epoll_ctl"_s,  u"epoll_wait"_s, u"epoll_pwait2"_s, u"fcntl"_s,
                                 u"getpeername"_s, u"ioctl"_s,      u"open"_s,       u"pipe2"_s,        u"poll"_s,
                                 u"ppoll"_s,       u"sendfile64"_s, u"splice"_s,     u"unlink"_s};

/// Whose failures are noticed in some places and not in others: where an option is no more than a wish, where there
/// is nobody left to be told, or where a later try succeeds.
const QSet<QString> sometimesNoticed = {u"accept4"_s, u"epoll_create1"_s, u"getsockname"_s, u"getsockopt"_s,
                                        u"lstat"_s,   u"recvmsg"_s,       u"sendmsg"_s,     u"setsockopt"_s};

/// What is told in place of the code that the call has failed with.
const QMap<QString, QSet<QString>> insteadOfCode = {
    {u"accept4"_s, {u"dropped"_s}},
    {u"epoll_create1"_s, {u"fatal"_s}},          // a dispatcher that can't wait
    {u"eventfd"_s, {u"fatal"_s, u"no-agent"_s}}, // the same, and an agent that can't be roused
    {u"getaddrinfo"_s, {u"EAI_AGAIN"_s, u"EAI_MEMORY"_s}},
    {u"getsockname"_s, {u"nowhere"_s}}, // a server that listens, without an address
    {u"getsockopt"_s, {u"hung-up"_s}},  // an agent that can't tell who has come
    {u"recv"_s, {u"hung-up"_s}},        // an agent's inspector
    {u"send"_s, {u"hung-up"_s}},        // the same
    // A channel between processes that is lost, with whatever was on its way.
    {u"recvmsg"_s, {u"ECANCELED"_s, u"ERR_IPC_CHANNEL_CLOSED"_s, u"SentHandleNotReceivedWarning"_s}},
    {u"sendmsg"_s, {u"ECANCELED"_s, u"ERR_IPC_CHANNEL_CLOSED"_s, u"SentHandleNotReceivedWarning"_s}},
};

/// What may be told beside it: by the other end of a connection that is gone, and of a worker without a channel.
const QSet<QString> consequences = {u"ECONNRESET"_s, u"EPIPE"_s};
const QMap<QString, QSet<QString>> ownConsequences = {
    {u"getsockname"_s, {u"ECONNREFUSED"_s}}, // of port 0
    {u"socketpair"_s, {u"left"_s}},
};

QString codeOf(int error)
{
    return error == Short         ? u"one byte"_s
           : error == HandlesLost ? u"descriptors lost"_s
                                  : QString::fromLatin1(strerrorname_np(error));
}

} // namespace

QList<int> failuresOf(const QString &call)
{
    return failures.value(call);
}

QString numberOf(int error)
{
    return error == Short ? u"short"_s : error == HandlesLost ? u"handles"_s : QString::number(error);
}

QString textOf(int error)
{
    return error < 0 ? codeOf(error) : u"%1: %2"_s.arg(codeOf(error), QString::fromLocal8Bit(std::strerror(error)));
}

bool mustBeDone(const QString &call, int error)
{
    if (error == EINTR || error == Short || unnoticed.contains(call))
        return true;
    if (error == EAGAIN)
        return call != u"connect"_s && call != u"getaddrinfo"_s; // of a path whose server is busy; of EAI_AGAIN
    // Of a client that is gone: on to the next one.
    return call == u"accept4"_s && (error == ECONNABORTED || error == EPROTO || error == EPERM);
}

QString judge(const QString &call, int error, const QSet<QString> &told)
{
    const QString words = QStringList(told.values()).join(u' ');
    if (mustBeDone(call, error))
        return told.isEmpty() ? QString() : u"told "_s + words + u", and should have done without"_s;
    if (told.isEmpty())
        return sometimesNoticed.contains(call) ? QString() : u"nothing was told"_s;
    const QSet<QString> wanted = insteadOfCode.value(call) + QSet<QString>{codeOf(error)};
    if (!told.intersects(wanted))
        return u"told "_s + words + u" in place of what has failed"_s;
    const QSet<QString> strange = told - wanted - consequences - ownConsequences.value(call);
    return strange.isEmpty() ? QString() : u"told "_s + words + u", which has not failed"_s;
}

} // namespace faults
