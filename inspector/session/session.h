#pragma once
#include "inspector/session/agentdirectory.h"
#include "inspector/session/agentfeed.h"
#include "inspector/session/records.h"
#include "inspector/session/sharedlisteners.h"

#include <memory>

namespace inspector {

struct SessionOptions
{
    QString directory = net::wire::Rendezvous::defaultDirectory();
    QList<qint64> pids = {};                                    ///< to these and who they fork; empty: to everyone
    quint64 events = 2'000'000;                                 ///< kept, 40 bytes each
    qsizetype payloadBytes = 32 * 1024 * 1024;                  ///< kept
    std::chrono::milliseconds linger = std::chrono::seconds(5); ///< closed rows stay this long
    std::chrono::milliseconds processLinger = std::chrono::minutes(1); ///< ended processes
    int departed = 20'000;                                             ///< closed rows kept for the log
};

/// Attaches to agents as they come and go, and says a dozen times a second what has changed in the records.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(const SessionOptions &options = {}, QObject *parent = nullptr);
    ~Session() override;

    /// Looks for agents, and begins to count frames.
    void start();

    const SessionOptions &options() const { return m_options; }
    void setLinger(std::chrono::milliseconds linger) { m_options.linger = linger; }
    Records &records() { return m_records; }
    const Records &records() const { return m_records; }
    const AgentDirectory &directory() const { return m_directory; }

    /// Hangs up on a process, and stays away from it until it is asked to attach again.
    void setAttached(qint64 pid, bool attached);
    bool isAttached(qint64 pid) const;
    /// The feed of a process number; null if it has ended.
    AgentFeed *feed(quint32 process) const;
    /// Those of living processes that are wanted.
    const std::vector<std::unique_ptr<AgentFeed>> &feeds() const { return m_feeds; }
    /// Those that were ever attached to.
    quint32 processCount() const { return m_lastProcess; }
    /// Sums over all processes, the ended ones included.
    AgentFeed::Accounts accounts() const;

    /// Wants the live payload of \a key, and of nothing else.
    void capture(SubjectKey key);
    /// Ends the current frame now. Called a dozen times a second by itself.
    void endFrame();

Q_SIGNALS:
    /// Once a frame. The numbers of removed rows are free to be used again afterwards.
    void framed(const inspector::FrameChanges &changes);
    /// Processes came, went, or changed their link's state.
    void feedsChanged();

private:
    void meet();
    bool isWanted(const net::wire::AgentCard &card) const;
    void part(AgentFeed &feed);

    SessionOptions m_options;
    Records m_records;
    SharedListeners m_listeners;
    AgentDirectory m_directory;
    QTimer m_frame;
    std::vector<std::unique_ptr<AgentFeed>> m_feeds;
    AgentFeed::Accounts m_past; ///< of ended processes
    QSet<qint64> m_declined;
    quint32 m_lastProcess = 0;
};

} // namespace inspector
