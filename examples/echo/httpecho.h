#pragma once
#include <libnet/socket.h>

#include <QByteArray>

/// Answers one HTTP/1.1 request with its own body, or with its first line if it has none, and ends.
/// A child of the socket.
class HttpEcho : public QObject
{
public:
    explicit HttpEcho(net::Socket *socket);

private:
    void read(const QByteArray &bytes);
    void answer(const QByteArray &status, const QByteArray &body);
    qsizetype bodyLength(qsizetype headEnd) const;

    net::Socket *const m_socket;
    QByteArray m_request;
};
