#pragma once
#include "libnet/foreign/foreignsubject.h"

#include <QLocalServer>
#include <QTcpServer>

namespace net::foreign {

/// QTcpServer and QLocalServer. Neither has a signal for listening or closing: asked when a connection comes and when
/// the event loop turns.
class ForeignServer : public ForeignSubject
{
protected:
    explicit ForeignServer(QObject *server);

    virtual bool isListening() const = 0;
    virtual SocketAddress bound() const = 0;
    virtual int descriptor() const = 0;
    /// Has a socket shown that was accepted and is not shown yet.
    virtual void adopt(QObject *child) = 0;

    void fill(probe::Facts &facts) const override;
    void begin();
    void accept();

private:
    void leaving() override { disconnect(m_turns); }
    void arrived() override { listenToTurns(); }
    void listenToTurns();
    void look();

    QObject *m_server;
    QMetaObject::Connection m_turns;
    probe::State m_state = probe::State::Idle;
    SocketAddress m_bound;
    quint64 m_accepted = 0;
    quint32 m_connections = 0;
};

class ForeignTcpServer final : public ForeignServer
{
public:
    explicit ForeignTcpServer(QTcpServer *server);

private:
    bool isListening() const override { return m_server->isListening(); }
    SocketAddress bound() const override;
    int descriptor() const override { return int(m_server->socketDescriptor()); }
    void adopt(QObject *child) override;

    QTcpServer *m_server;
};

class ForeignLocalServer final : public ForeignServer
{
public:
    explicit ForeignLocalServer(QLocalServer *server);

private:
    bool isListening() const override { return m_server->isListening(); }
    SocketAddress bound() const override;
    int descriptor() const override { return int(m_server->socketDescriptor()); }
    void adopt(QObject *child) override;

    QLocalServer *m_server;
};

} // namespace net::foreign
