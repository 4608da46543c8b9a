#pragma once
#include <libnet/export.h>

class QAbstractSocket;
class QLocalServer;
class QLocalSocket;
class QTcpServer;

namespace net {

/// Has net-inspector show a socket or a server of Qt's own beside those of libnet: state, ends, bytes, what waits to
/// be written, errors. Call it in the object's thread, best right after it was made: what happened before is not
/// counted, and only what comes after it in its list of slots is timed rightly. It stays the caller's and behaves as
/// before; a second call does nothing. The process is watched as any other: LIBNET_INSPECT=1, or Agent::start().
///
/// Received bytes are counted when readyRead() is emitted: exact for TCP on Linux. Over TLS and local sockets they are
/// what has arrived since the event loop last ran; code that blocks in waitForReadyRead() and leaves bytes unread
/// makes that an estimate. Their content can be followed, if no slot that was connected earlier has read it away;
/// what is sent is counted by bytesWritten(), and Qt does not show its content.
/// A QUdpSocket is no stream: refused with a warning.
LIBNET_EXPORT void inspect(QAbstractSocket *socket);
LIBNET_EXPORT void inspect(QLocalSocket *socket);
/// A server and every connection that it accepts from now on.
LIBNET_EXPORT void inspect(QTcpServer *server);
LIBNET_EXPORT void inspect(QLocalServer *server);

} // namespace net
