#pragma once
#include "libnet/wire/rendezvous.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>

namespace inspector {

/// The agents of this user that are running: notices those that come and those that die without a word.
class AgentDirectory : public QObject
{
    Q_OBJECT

public:
    explicit AgentDirectory(const QString &directory = net::wire::Rendezvous::defaultDirectory(),
                            QObject *parent = nullptr);

    /// Looks now, and from now on.
    void start();

    QString path() const { return m_rendezvous.directory(); }
    /// By process id.
    const QList<net::wire::AgentCard> &agents() const { return m_agents; }
    /// Why the directory is refused; empty if it is not.
    QString problem() const { return m_problem; }

Q_SIGNALS:
    /// agents() or problem() is different.
    void changed();

private:
    void look();
    void watch();

    net::wire::Rendezvous m_rendezvous;
    std::unique_ptr<QFileSystemWatcher> m_watcher; ///< from start() on
    QTimer m_timer;
    QList<net::wire::AgentCard> m_agents;
    QString m_problem;
};

} // namespace inspector
