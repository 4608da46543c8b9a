#pragma once
#include <libnet/net.h>

#include <QTimer>

/// Clients that come, are greeted and leave, two or three in a second.
class ShortVisits : public QObject
{
public:
    explicit ShortVisits(const net::ListenOptions &where);

private:
    void visit();

    net::Server m_server;
    QTimer m_pace;
    int m_visits = 0;
    int m_greetings = 0;
};
