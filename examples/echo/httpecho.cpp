#include "examples/echo/httpecho.h"

static constexpr qsizetype LongestHead = 16 * 1024;
static constexpr qsizetype LongestBody = 16 * 1024 * 1024;

HttpEcho::HttpEcho(net::Socket *socket) : QObject(socket), m_socket(socket)
{
    connect(socket, &net::Socket::data, this, &HttpEcho::read);
    connect(socket, &net::Socket::ended, socket, [socket] { socket->end(); });
}

void HttpEcho::read(const QByteArray &bytes)
{
    m_request += bytes;
    const qsizetype headEnd = m_request.indexOf("\r\n\r\n");
    if (headEnd < 0) {
        if (m_request.size() > LongestHead)
            answer("431 Request Header Fields Too Large", "too long a head\n");
        return;
    }
    const qsizetype length = bodyLength(headEnd);
    const QByteArray body = m_request.mid(headEnd + 4, length);
    if (length < 0 || length > LongestBody)
        answer("413 Content Too Large", "too long a body\n");
    else if (length == 0)
        answer("200 OK", m_request.left(m_request.indexOf("\r\n")) + '\n');
    else if (body.size() == length)
        answer("200 OK", body);
}

void HttpEcho::answer(const QByteArray &status, const QByteArray &body)
{
    disconnect(m_socket, &net::Socket::data, this, nullptr);
    m_socket->write("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: " +
                    QByteArray::number(body.size()) + "\r\n\r\n");
    m_socket->end(body);
    m_socket->resume();
}

/// What Content-Length says: 0 if it is missing, -1 if it is no number.
qsizetype HttpEcho::bodyLength(qsizetype headEnd) const
{
    for (const QByteArray &line : m_request.left(headEnd).split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (line.left(colon).trimmed().compare("content-length", Qt::CaseInsensitive) != 0)
            continue;
        bool isNumber = false;
        const qlonglong length = line.mid(colon + 1).trimmed().toLongLong(&isNumber);
        return isNumber && length >= 0 ? length : -1;
    }
    return 0;
}
