#pragma once
#include <libnet/net.h>

#include <QTimer>

/// Calls a port where nobody listens, once a second, and is refused each time.
class RefusedCalls : public QObject
{
public:
    RefusedCalls();

private:
    void call();

    QTimer m_pace;
    net::SocketAddress m_nobody;
};
