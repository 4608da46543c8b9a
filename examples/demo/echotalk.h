#pragma once
#include <libnet/net.h>

#include <QRandomGenerator>

/// An echo server, and clients that say something every now and then.
class EchoTalk : public QObject
{
public:
    EchoTalk(const QString &name, const net::ListenOptions &where, int clients);

private:
    void join(int number);
    void speak(net::Socket *client);

    net::Server m_server;
    QRandomGenerator m_random{1};
};
