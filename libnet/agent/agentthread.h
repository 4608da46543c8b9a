#pragma once
#include "libnet/agent/agentserver.h"

#include <QSemaphore>
#include <QThread>

namespace net::agent {

/// The agent's own thread and event loop, in which all of the server lives and dies.
class AgentThread : public QThread
{
public:
    AgentThread(Recorder &recorder, Setup setup);

    /// Starts the thread and waits until it listens. Empty, or why it does not.
    QString listen();
    void grant(quint32 rights);
    /// Has it take leave, for as long as a process that ends can wait.
    void finish();

private:
    void run() override;

    Recorder &m_recorder;
    Setup m_setup;
    AgentServer *m_server = nullptr;
    QSemaphore m_listening;
    QString m_error;
};

} // namespace net::agent
