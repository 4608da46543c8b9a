#pragma once
#include "inspector/session/agentdirectory.h"
#include "inspector/session/agentfeed.h"
#include "inspector/session/lineage.h"
#include "inspector/session/origin.h"
#include "inspector/session/records.h"
#include "inspector/session/sharedlisteners.h"

#include <array>
#include <memory>
#include <optional>

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
    int ended = 4; ///< processes that stay, with what they had open, until others have ended
};

/// Attaches to agents as they come and go, and says sixteen times a second what has changed in the records.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(const SessionOptions &options = {}, QObject *parent = nullptr);
    ~Session() override;

    /// Looks for agents, and begins to count frames.
    void start();

    /// Where the records were read from, if they are a recording: then nobody is attached to, and nothing changes.
    const std::optional<Origin> &origin() const { return m_origin; }
    bool isLive() const { return !m_origin; }
    /// It is a recording from now on, and has no process yet.
    void become(const Origin &origin);
    /// A process of the recording: follow a dialogue with it.
    AgentFeed &recall(const net::wire::AgentCard &card);
    /// It ended at that time of the recording.
    void recallEnd(quint32 process, qint64 at);

    const SessionOptions &options() const { return m_options; }
    /// Brings all counters up to what the events have told; before something is written that both stand in.
    void catchUp();
    void setLinger(std::chrono::milliseconds linger) { m_options.linger = linger; }
    /// Whether the last processes that have ended stay to be seen, also when they come back.
    void setPreserving(bool on) { m_options.ended = on ? SessionOptions().ended : 0; }
    bool isPreserving() const { return m_options.ended > 0; }
    /// Shows no more what is over.
    void forgetEnded();
    Records &records() { return m_records; }
    const Records &records() const { return m_records; }
    const AgentDirectory &directory() const { return m_directory; }

    /// Hangs up on a process, and stays away from it until it is asked to attach again: its rows go on then.
    void setAttached(qint64 pid, bool attached);
    bool isAttached(qint64 pid) const;
    /// The feed of a process number; null if it has ended, or is but recorded.
    AgentFeed *feed(quint32 process) const;
    /// Those of living processes that are wanted.
    const std::vector<std::unique_ptr<AgentFeed>> &feeds() const { return m_feeds; }
    /// Those that were ever attached to.
    quint32 processCount() const { return m_lastProcess; }
    /// Sums over all processes, the ended ones included.
    AgentFeed::Accounts accounts() const;

    /// Wants the live payload of \a key, and of nothing else.
    void capture(SubjectKey key);
    /// Who wants to know what the kernel knows.
    enum class Watcher : quint8 { Details, Backpressure };
    /// \a watcher wants to know what the kernel knows of \a keys, and of no others; see Records::kernel.
    void watchKernel(Watcher watcher, const QSet<SubjectKey> &keys);
    /// One more wants the live payload of every socket of every process, those to come included; or one less.
    void captureAll(bool more);
    bool capturesAll() const { return m_capturers > 0; }
    /// Wants to know how long slots take: EventKind::SlotReturned comes for each signal. Costs the applications two
    /// readings of the clock and an event a signal.
    void timeSlots(bool on);
    /// Wants to know who creates, connects, listens, ends and destroys from now on, in every process; or no longer.
    void setTakesStacks(bool takes);
    bool takesStacks() const { return m_takesStacks; }
    /// Ends the current frame now. Called sixteen times a second by itself.
    void endFrame();

Q_SIGNALS:
    /// Once a frame. The numbers of removed rows are free to be used again afterwards.
    void framed(const inspector::FrameChanges &changes);
    /// Processes came, went, or changed their link's state.
    void feedsChanged();
    /// A process was met, has said something, is gone.
    void met(quint32 process);
    void heard(quint32 process, const net::wire::Frame &frame);
    void parted(quint32 process);

private:
    void meet();
    void partFromTheDead(std::vector<std::unique_ptr<AgentFeed>> &feeds);
    void detachUnwanted();
    bool attachAgain(const net::wire::AgentCard &card);
    bool isWanted(const net::wire::AgentCard &card) const;
    AgentFeed &add(const net::wire::AgentCard &card);
    void part(AgentFeed &feed);
    /// Has its agent know all that is wanted.
    void ask(AgentFeed &feed) const;
    void askAll();
    void hastenFrame();

    SessionOptions m_options;
    std::optional<Origin> m_origin;
    Records m_records;
    SharedListeners m_listeners;
    AgentDirectory m_directory;
    QTimer m_frame;
    QTimer m_hastened;
    qint64 m_framedAt = 0;
    std::vector<std::unique_ptr<AgentFeed>> m_feeds;
    std::vector<std::unique_ptr<AgentFeed>> m_detached; ///< of living processes as well
    AgentFeed::Accounts m_past;                         ///< of ended processes
    QSet<qint64> m_declined;
    Lineage m_lineage;
    QList<net::wire::AgentCard> m_present; ///< at the last look
    quint32 m_lastProcess = 0;
    std::array<QSet<SubjectKey>, 2> m_watched; ///< by Watcher
    SubjectKey m_captured;
    int m_capturers = 0; ///< who want all payload
    bool m_timesSlots = false;
    bool m_takesStacks = false;
};

} // namespace inspector
