#pragma once
#include <libnet/net.h>

#include <QRandomGenerator>

/// A server that sends without end, as fast as it may, to a reader that rests at random: backpressure to look at.
class SlowDownload : public QObject
{
public:
    SlowDownload(const QString &name, const net::ListenOptions &where);

private:
    void send(net::Socket *socket);
    void download();
    void restAfter(qsizetype size, net::Socket *reader);

    net::Server m_server;
    QByteArray m_block;
    QRandomGenerator m_random{2};
    qint64 m_untilRest = 0;
};
