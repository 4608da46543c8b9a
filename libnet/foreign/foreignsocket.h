#pragma once
#include "libnet/foreign/foreignsubject.h"

#include <QAbstractSocket>
#include <QLocalSocket>
#include <QPointer>

#include <optional>

namespace net::foreign {

class Unread;

/// What QTcpSocket, QSslSocket and QLocalSocket have in common: a device whose bytes are counted as they come and go.
class ForeignSocket : public ForeignSubject
{
public:
    ~ForeignSocket() override;

    /// Notes what the application has left unread; true if nothing.
    bool settle();

protected:
    ForeignSocket(QIODevice *device, quint64 server);

    virtual qintptr descriptor() const = 0;
    virtual probe::State state() const = 0;
    virtual void ends(SocketAddress &local, SocketAddress &remote) const = 0;
    /// Bytes that were taken from the kernel for this socket since the connection began; nothing if it can't be told.
    virtual std::optional<quint64> taken() const { return {}; }

    void fill(probe::Facts &facts) const override;
    bool wasConnected() const { return m_wasConnected; }
    bool isAccepted() const { return m_server != 0; }
    /// To be called at the end of construction.
    void begin();
    void connected();
    void disconnected();

private:
    void leaving() override;
    void arrived() override;
    void read();
    void watchUnread();
    void written(qint64 bytes);
    qint64 newBytes(qint64 available);

    QIODevice *m_device;
    quint64 m_server;
    quint64 m_received = 0;
    quint64 m_sent = 0;
    quint64 m_takenBefore = 0; ///< by taken(), when counting began
    quint64 m_counted = 0;     ///< since then
    qint64 m_unread = 0;
    QPointer<Unread> m_watchedBy; ///< it may go before us, with its thread
    bool m_wasConnected = false;
    SocketAddress m_local; ///< while and after it is connected
    SocketAddress m_remote;
};

/// QTcpSocket and QSslSocket.
class ForeignTcpSocket final : public ForeignSocket
{
public:
    ForeignTcpSocket(QAbstractSocket *socket, quint64 server);

private:
    qintptr descriptor() const override { return m_socket->socketDescriptor(); }
    probe::State state() const override;
    void ends(SocketAddress &local, SocketAddress &remote) const override;
    std::optional<quint64> taken() const override;
    void changed(QAbstractSocket::SocketState state);
    void failed(QAbstractSocket::SocketError error);

    QAbstractSocket *m_socket;
};

class ForeignLocalSocket final : public ForeignSocket
{
public:
    ForeignLocalSocket(QLocalSocket *socket, quint64 server);

private:
    qintptr descriptor() const override { return m_socket->socketDescriptor(); }
    probe::State state() const override;
    void ends(SocketAddress &local, SocketAddress &remote) const override;
    void changed(QLocalSocket::LocalSocketState state);
    void failed(QLocalSocket::LocalSocketError error);

    QLocalSocket *m_socket;
};

} // namespace net::foreign
