#include "inspector/session/agentdirectory.h"

#include <QFileInfo>

namespace inspector {

using namespace std::chrono_literals;

AgentDirectory::AgentDirectory(const QString &directory, QObject *parent) : QObject(parent), m_rendezvous(directory)
{
    // A file system event says that somebody came or left in order; who was killed leaves no event.
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &AgentDirectory::look);
}

void AgentDirectory::start()
{
    if (!m_watcher) {
        m_watcher = std::make_unique<QFileSystemWatcher>();
        connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, &AgentDirectory::look);
    }
    m_timer.start();
    look();
}

void AgentDirectory::watch()
{
    const QString directory = m_rendezvous.directory();
    const QStringList watched = m_watcher->directories();
    if (watched.contains(directory))
        return;
    if (QFileInfo::exists(directory)) {
        if (!watched.isEmpty())
            m_watcher->removePaths(watched);
        m_watcher->addPath(directory);
        return;
    }
    // Until the first agent creates it, its parent tells when it appears.
    const QString above = QFileInfo(directory).path();
    if (!watched.contains(above) && QFileInfo::exists(above))
        m_watcher->addPath(above);
}

void AgentDirectory::look()
{
    watch();
    const QString problem = m_rendezvous.check();
    const QList<net::wire::AgentCard> agents = m_rendezvous.agents();
    if (problem == m_problem && agents == m_agents)
        return;
    m_problem = problem;
    m_agents = agents;
    Q_EMIT changed();
}

} // namespace inspector
