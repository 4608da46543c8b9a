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
    void hear(const QByteArray &bytes) { m_heard += bytes.size(); }

    net::Server m_server;
    QRandomGenerator m_random{1};
    qint64 m_heard = 0;
};
