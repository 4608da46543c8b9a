#pragma once
#include "inspector/session/session.h"

#include <QTcpServer>

namespace inspector {

/// Answers GET /metrics on the loopback interface with a session's counters, for Prometheus.
class MetricsServer : public QObject
{
    Q_OBJECT

public:
    /// \a session must outlive it.
    explicit MetricsServer(const Session &session, QObject *parent = nullptr);

    /// Empty, or why it can't listen. \a port 0 is chosen by the system.
    QString listen(quint16 port);
    quint16 port() const { return m_server.serverPort(); }

private:
    void meet();
    void read(QTcpSocket *peer);
    QByteArray answerTo(const QByteArray &request) const;

    const Session &m_session;
    QTcpServer m_server;
};

} // namespace inspector
