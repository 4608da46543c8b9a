#pragma once
#include "libnet/error.h"

/// Node's own errors, with Node's words.
namespace net::codes {

Error badPort(const QString &name, int port);
Error alreadyListening();
Error serverNotRunning();
Error neitherPortNorPath();
Error abstractForAll();
Error nowhereToConnect();
Error invalidArgument(const QString &name, const QString &received);
Error invalidAddress(const QString &address);
Error socketClosed();
Error closedBeforeConnection();
Error streamDestroyed(const QString &method);
Error writeAfterEnd();
Error alreadyFinished(const QString &method);
Error endedByOtherParty();
Error handleAdopted();
Error invalidHandleType();
Error addressBlocked(const QString &address);
Error aborted();
Error outOfRange(const QString &name, int lowest, int highest, int received);
Error unshiftAfterEnd();
Error pushAfterEnd();
Error prematureClose();
Error deviceFailed(const QString &reason);
Error channelClosed();
Error channelDisconnected();
Error handleNotReceived();

} // namespace net::codes
