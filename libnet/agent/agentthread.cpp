#include "libnet/agent/agentthread.h"

#include <csignal>

using namespace Qt::StringLiterals;

namespace net::agent {

AgentThread::AgentThread(Recorder &recorder, Setup setup) : m_recorder(recorder), m_setup(std::move(setup))
{
    setObjectName(u"libnet-agent"_s);
}

QString AgentThread::listen()
{
    // The application's signals are for the application's threads.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    start();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    m_listening.acquire();
    if (!m_error.isEmpty())
        wait();
    return m_error;
}

void AgentThread::run()
{
    m_server = new AgentServer(m_recorder, m_setup);
    m_error = m_server->listen();
    const bool listens = m_error.isEmpty();
    m_listening.release();
    if (!listens) {
        delete m_server;
        m_server = nullptr;
        return;
    }
    exec();
    // Not deleted: it owns the ledger's entries, and a thread of the application may still be in the tap.
    m_server->close(wire::ByeReason::ApplicationEnds);
}

void AgentThread::grant(quint32 rights)
{
    QMetaObject::invokeMethod(m_server, [server = m_server, rights] { server->grant(rights); });
}

void AgentThread::finish()
{
    quit();
    wait(1000);
}

} // namespace net::agent
