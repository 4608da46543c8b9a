#pragma once
#include "libnet/agent/agentlink.h"
#include "libnet/agent/commandrunner.h"
#include "libnet/agent/eventhistory.h"
#include "libnet/agent/ledgerview.h"
#include "libnet/agent/looppulse.h"
#include "libnet/agent/payloadstore.h"
#include "libnet/wire/rendezvous.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <memory>
#include <vector>

namespace net::agent {

class Recorder;
struct Producer;

/// How the agent is set up; see AgentOptions.
struct Setup
{
    QString name;
    QString directory;
    quint64 memoryLimit = 0;
    quint64 historyCapacity = 0; ///< events
    quint64 payloadLimit = 0;    ///< bytes
    std::size_t closedLimit = 0;
    quint32 rights = wire::Observe; ///< what an inspector may have, from the first one on
    qint64 grace = 0;               ///< ns of silence after which what an inspector has armed is undone
};

/// Lives in the agent's thread: collects what the application's threads have recorded and serves the inspectors.
/// With nobody attached it wakes a few times a second while events flow, and not at all while none do.
class AgentServer : public QObject
{
    Q_OBJECT
public:
    AgentServer(Recorder &recorder, Setup setup);
    ~AgentServer() override;

    /// Listens and publishes the card. Empty, or why not.
    QString listen();
    /// Takes leave of the inspectors after a last collection.
    void close(wire::ByeReason reason);
    /// Grants \a rights (of wire::Right) besides those granted already, to inspectors that attach from now on.
    void grant(quint32 rights) { m_granted |= rights; }

private:
    QString bindAndListen();
    void accept();
    void greet(AgentLink &link, const wire::Hello &hello);
    void turn();
    bool drain();
    bool drainPayload(Producer &producer);
    void append(std::span<const wire::EventRecord> records);
    void collect();
    void tellStatus(qint64 now);
    wire::Drops ringDrops() const;
    void dropEnded();
    AgentLink *link(quint64 number) const;
    void schedule(bool busy);
    bool isWatched() const;

    Recorder &m_recorder;
    const Setup m_setup;
    const wire::Rendezvous m_rendezvous;
    const qint64 m_startTime; ///< asked once: each answer is rounded differently
    LedgerView m_ledger;
    EventHistory m_history;
    PayloadStore m_payload;
    StackView m_stacks;
    LoopPulse m_pulse;
    CommandRunner m_commands;
    std::vector<std::unique_ptr<AgentLink>> m_links;
    std::vector<wire::EventRecord> m_gathered;
    std::unique_ptr<QSocketNotifier> m_acceptable;
    QSocketNotifier m_roused;
    QTimer m_timer;
    int m_listener = -1;
    quint32 m_granted;
    bool m_lastLook = false;
    quint64 m_payloadLost = 0;
    qint64 m_collectedAt = 0;
    qint64 m_statusAt = 0;
    qint64 m_probedAt = 0;
};

} // namespace net::agent
