#pragma once
#include <QList>
#include <QString>

#include <optional>

namespace net::wire {

/// What an agent says of itself beside its socket.
struct AgentCard
{
    qint64 pid = 0;
    QString name = {};
    qint64 startTime = 0;  ///< of the process: ms since 1970
    quint16 protocol = 0;  ///< the newest version that the agent speaks
    QString socket = {};   ///< path of its local socket
    qint64 parent = 0;     ///< process id of who forked it, with a channel to it; 0: nobody
    qint64 startTicks = 0; ///< processStartTicks(): tells it from a later process with its id; 0: not known

    friend bool operator==(const AgentCard &, const AgentCard &) = default;
};

/// The directory where agents and inspectors of one user meet: "<pid>.sock" and "<pid>.json" for each agent.
/// Nobody else may enter it: one that is a link, another's, or open to others is refused.
class Rendezvous
{
public:
    /// $XDG_RUNTIME_DIR/libnet-inspect, or /tmp/libnet-inspect-<uid> if there is none or it is too long for a socket.
    static QString defaultDirectory();

    explicit Rendezvous(const QString &directory = defaultDirectory()) : m_directory(directory) {}

    QString directory() const { return m_directory; }
    QString socketPath(qint64 pid) const;
    QString cardPath(qint64 pid) const;

    /// Creates the directory where it is missing, and checks it. Empty, or why it is refused.
    QString prepare() const;
    /// The same without creating: empty if it is trustworthy or not there at all.
    QString check() const;

    /// Writes the card in one step. Empty, or what failed.
    QString publish(const AgentCard &card) const;
    /// Removes socket and card of \a pid.
    void withdraw(qint64 pid) const;
    /// The cards of processes that are alive, by pid; none if the directory is refused. What is no file, or the card of
    /// a process that had the id before, is none.
    QList<AgentCard> agents() const;
    /// Removes what dead processes have left.
    void sweep() const;

private:
    QString m_directory;
};

/// When the process was started, in clock ticks since the system was; 0 if it cannot be told. Never another time for
/// the same process, whatever the clock is set to.
qint64 processStartTicks(qint64 pid);
/// ms since 1970 at which the process was started, or 0 if it cannot be told.
qint64 processStartTime(qint64 pid);
bool processIsAlive(qint64 pid);

} // namespace net::wire
