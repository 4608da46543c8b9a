#pragma once
#include "inspector/session/agentrequests.h"
#include "inspector/session/link.h"
#include "inspector/session/ratemeter.h"
#include "inspector/session/records.h"

#include <QHash>
#include <QSet>

namespace inspector {

/// One process of the session: takes what its agent says into the records, over as many connections as it needs.
class AgentFeed : public QObject
{
    Q_OBJECT

public:
    /// What the agent says of its own work, as totals.
    struct Accounts
    {
        quint64 received = 0;     ///< events that came in
        quint64 past = 0;         ///< of these, from before the agent was greeted
        quint64 emitted = 0;      ///< the next ones are the agent's count, once a second
        quint64 beforeAttach = 0; ///< of these, kept no more when this inspector came
        quint64 delivered = 0;
        quint64 pending = 0;
        quint64 ringDropped = 0; ///< lost in the application's rings
        quint64 linkDropped = 0; ///< lost because this inspector was too slow
        quint64 agentMemory = 0;
        quint64 stacksLost = 0; ///< calls whose stack found no place in the agent
        qint64 loopDelay = -1;  ///< ns, of the application's main event loop

        /// Sums, and the worse loop delay.
        Accounts &operator+=(const Accounts &other);
    };

    /// \a process is its number in \a records, which must outlive it.
    AgentFeed(quint32 process, const net::wire::AgentCard &card, Records &records, QObject *parent = nullptr);

    Link &link() { return m_link; }
    const net::wire::AgentCard &card() const { return m_link.card(); }
    quint32 process() const { return m_process; }
    const Accounts &accounts() const { return m_accounts; }

    /// Takes the rest of a conversation.
    void follow(Dialogue *dialogue);
    /// The process is dead: hangs up and closes its rows.
    void end();
    /// Hangs up on a process that lives on. Its rows are as they were last seen, and go on where link().open() finds
    /// them again.
    void detach();
    /// Events tell of bytes sooner than counters come, and there is nothing later: brings the counters up to what the
    /// events have told.
    void catchUp();
    /// Brings rates up to date; called once a frame.
    void advance(qint64 now);
    /// What is wanted of its agent.
    AgentRequests &requests() { return m_requests; }
    const AgentRequests &requests() const { return m_requests; }

Q_SIGNALS:
    /// It has told of everything there is, for the first time or again.
    void known();
    /// What the agent has said, after it was taken in.
    void heard(const net::wire::Frame &frame);

private:
    void log(const net::wire::Batch<net::wire::EventRecord> &batch);
    void greet(const net::wire::Hello &agent);
    void describe(const net::wire::Description &description);
    void close(int row, qint64 goneAt);
    void weigh(quint64 subject);
    void beginSnapshot();
    void endSnapshot();
    void count(const net::wire::CounterRecord &counters);
    void showState();
    void setSilent(bool silent);
    qint64 now() const;

    quint32 m_process;
    Records &m_records;
    Link m_link;
    AgentRequests m_requests;
    RateMeter m_rates;
    Accounts m_accounts;
    QSet<quint64> m_missing;        ///< known before the snapshot and not in it yet
    QHash<quint64, qint64> m_alive; ///< what lives in this process, and the bytes that it takes here, about
    qint64 m_countedAt = 0;         ///< stamp of the last counters
    qint64 m_stamp = 0;             ///< the same, or later while nothing changes
    qint64 m_weight = 0;            ///< the sum of these
    qint64 m_advancedAt = 0;
    qint64 m_greetedAt = 0;
    qint64 m_heardAt = 0;
    bool m_isSilent = false;  ///< for longer than an agent ever is
    quint64 m_nextEvent = 0;  ///< its number
    quint64 m_toldBefore = 0; ///< up to this one the agent tells again what it has told
    bool m_isTelling = false; ///< a snapshot is under way
    bool m_isKnown = false;   ///< it has told of all that it has
};

} // namespace inspector
