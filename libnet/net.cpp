#include "libnet/net.h"

#include <atomic>

namespace net {

static std::atomic<bool> autoSelectFamily = true;
static std::atomic<int> attemptTimeout = DefaultAttemptTimeout;

bool defaultAutoSelectFamily()
{
    return autoSelectFamily;
}

void setDefaultAutoSelectFamily(bool enable)
{
    autoSelectFamily = enable;
}

int defaultAutoSelectFamilyAttemptTimeout()
{
    return attemptTimeout;
}

void setDefaultAutoSelectFamilyAttemptTimeout(int msecs)
{
    attemptTimeout = qMax(10, msecs);
}

Socket *connect(const ConnectOptions &options, QObject *parent)
{
    auto *socket = new Socket({.allowHalfOpen = options.allowHalfOpen,
                               .typeOfService = options.typeOfService,
                               .highWaterMark = options.highWaterMark,
                               .blockList = options.blockList,
                               .onread = options.onread,
                               .signal = options.signal},
                              parent);
    if (!parent)
        socket->setAutoDelete(true);
    socket->connectTo(options);
    return socket;
}

Socket *connect(int port, const QString &host, QObject *parent)
{
    return connect(ConnectOptions{.port = port, .host = host}, parent);
}

Socket *connect(const QString &path, QObject *parent)
{
    return connect(ConnectOptions{.path = path}, parent);
}

} // namespace net
