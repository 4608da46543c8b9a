#include "libnet/codes.h"

namespace net::codes {

using namespace Qt::StringLiterals;

Error badPort(const QString &name, int port)
{
    return Error::fromCode(u"ERR_SOCKET_BAD_PORT"_s,
                           u"%1 should be >= 0 and < 65536. Received type number (%2)."_s.arg(name).arg(port));
}

Error alreadyListening()
{
    return Error::fromCode(u"ERR_SERVER_ALREADY_LISTEN"_s,
                           u"Listen method has been called more than once without closing."_s);
}

Error serverNotRunning()
{
    return Error::fromCode(u"ERR_SERVER_NOT_RUNNING"_s, u"Server is not running."_s);
}

Error neitherPortNorPath()
{
    return Error::fromCode(u"ERR_INVALID_ARG_VALUE"_s,
                           u"The argument 'options' must have the property \"port\" or \"path\"."_s);
}

Error abstractForAll()
{
    return Error::fromCode(
        u"ERR_INVALID_ARG_VALUE"_s,
        u"The argument 'options' can not set readableAll or writableAll to true when path is abstract unix socket."_s);
}

Error nowhereToConnect()
{
    return Error::fromCode(u"ERR_MISSING_ARGS"_s,
                           u"The \"options\" or \"port\" or \"path\" argument must be specified"_s);
}

Error invalidArgument(const QString &name, const QString &received)
{
    return Error::fromCode(u"ERR_INVALID_ARG_VALUE"_s,
                           u"The argument '%1' is invalid. Received %2"_s.arg(name, received));
}

Error invalidAddress(const QString &address)
{
    return Error::fromCode(u"ERR_INVALID_IP_ADDRESS"_s, u"Invalid IP address: %1"_s.arg(address));
}

Error socketClosed()
{
    return Error::fromCode(u"ERR_SOCKET_CLOSED"_s, u"Socket is closed"_s);
}

Error closedBeforeConnection()
{
    return Error::fromCode(u"ERR_SOCKET_CLOSED_BEFORE_CONNECTION"_s,
                           u"Socket closed before the connection was established"_s);
}

Error streamDestroyed(const QString &method)
{
    return Error::fromCode(u"ERR_STREAM_DESTROYED"_s, u"Cannot call %1 after a stream was destroyed"_s.arg(method));
}

Error writeAfterEnd()
{
    return Error::fromCode(u"ERR_STREAM_WRITE_AFTER_END"_s, u"write after end"_s);
}

Error alreadyFinished(const QString &method)
{
    return Error::fromCode(u"ERR_STREAM_ALREADY_FINISHED"_s,
                           u"Cannot call %1 after a stream was finished"_s.arg(method));
}

Error endedByOtherParty()
{
    return Error::fromCode(u"EPIPE"_s, u"This socket has been ended by the other party"_s);
}

Error handleAdopted()
{
    return Error::fromCode(u"ERR_SOCKET_HANDLE_ADOPTED"_s,
                           u"The bound socket has already been adopted by a server or socket"_s);
}

Error invalidHandleType()
{
    return Error::fromCode(u"ERR_INVALID_HANDLE_TYPE"_s, u"This handle type cannot be sent"_s);
}

Error addressBlocked(const QString &address)
{
    return Error::fromCode(u"ERR_IP_BLOCKED"_s, u"IP(%1) is blocked by net.BlockList"_s.arg(address));
}

Error aborted()
{
    return Error::fromCode(u"ABORT_ERR"_s, u"The operation was aborted"_s);
}

Error outOfRange(const QString &name, int lowest, int highest, int received)
{
    return Error::fromCode(u"ERR_OUT_OF_RANGE"_s,
                           u"The value of \"%1\" is out of range. It must be >= %2 && <= %3. Received %4"_s.arg(name)
                               .arg(lowest)
                               .arg(highest)
                               .arg(received));
}

Error unshiftAfterEnd()
{
    return Error::fromCode(u"ERR_STREAM_UNSHIFT_AFTER_END_EVENT"_s, u"stream.unshift() after end event"_s);
}

Error pushAfterEnd()
{
    return Error::fromCode(u"ERR_STREAM_PUSH_AFTER_EOF"_s, u"stream.push() after EOF"_s);
}

Error prematureClose()
{
    return Error::fromCode(u"ERR_STREAM_PREMATURE_CLOSE"_s, u"Premature close"_s);
}

Error deviceFailed(const QString &reason)
{
    return Error::fromCode(u"EIO"_s, reason);
}

Error channelClosed()
{
    return Error::fromCode(u"ERR_IPC_CHANNEL_CLOSED"_s, u"Channel closed"_s);
}

Error channelDisconnected()
{
    return Error::fromCode(u"ERR_IPC_DISCONNECTED"_s, u"IPC channel is already disconnected"_s);
}

Error handleNotReceived()
{
    return Error::fromCode(u"SentHandleNotReceivedWarning"_s,
                           u"Handle did not reach the receiving process correctly"_s);
}

} // namespace net::codes
