#pragma once
#include "testinspector.h"

#include "libnet/agent/agent.h"
#include "libnet/probe/order.h"
#include "libnet/server.h"
#include "libnet/socket.h"

#include <QPointer>
#include <QTemporaryDir>

#include <memory>

/// A connection in an application with an agent, and an inspector that may take part, anew for each test.
class ControlScene : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

protected:
    using Server = net::Server;
    using Socket = net::Socket;

    /// Has the agent run, in a runtime directory of its own. Empty, or why it doesn't.
    QString startAgent(const net::AgentOptions &options);
    static quint64 idOf(const TestInspector &inspector, const QString &name);
    quint64 id(const Socket &socket) { return idOf(*m_inspector, socket.objectName()); }
    QList<net::probe::Verb> ordersOf(quint64 subject) const;
    bool isArmed(quint64 subject) { return m_inspector->counters(subject).flags & net::wire::Armed; }
    net::wire::CommandResult arm(quint64 subject, const QCborMap &plan)
    {
        return m_inspector->command(subject, QStringLiteral("arm"), plan);
    }
    std::unique_ptr<Socket> connected(const QString &name);

    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<TestInspector> m_inspector;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Socket> m_client; ///< named "client"
    QPointer<Socket> m_peer;          ///< what the server has accepted last, named "peer"
    QByteArray m_received;            ///< by the peer
    QByteArray m_answered;            ///< by the client
};
