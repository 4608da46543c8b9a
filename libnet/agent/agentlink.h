#pragma once
#include "libnet/agent/dropcount.h"
#include "libnet/agent/linkstream.h"
#include "libnet/agent/stackteller.h"
#include "libnet/wire/frame.h"

#include <QObject>
#include <QSet>

namespace net::agent {

class LedgerView;
struct LedgerEntry;
class EventHistory;
class PayloadStore;

/// What all links read from, in the agent's thread.
struct Sources
{
    LedgerView &ledger;
    EventHistory &history;
    PayloadStore &payload;
    StackView &stacks;
};

/// One attached inspector: what it was told already, and what it is told next. It is given only as much as its
/// connection takes: what it has not read waits in the ledger and the history, not here.
class AgentLink : public QObject
{
    Q_OBJECT
public:
    AgentLink(int descriptor, const Sources &sources, qint64 now);
    ~AgentLink() override;

    bool isAttached() const { return m_attached; }
    bool isOpen() const { return m_stream.isOpen() && !m_ended; }
    /// Tells it from all others of this process.
    quint64 number() const { return m_number; }
    quint32 rights() const { return m_rights; }
    /// When it last said something; ns.
    qint64 heardAt() const { return m_heardAt; }
    qint64 connectedAt() const { return m_connectedAt; }
    quint32 interval() const { return m_interval; } ///< ms

    /// Answers the hello with \a mine and starts telling.
    void attach(const wire::Hello &hello, const wire::Hello &mine, qint64 now);
    /// Sends a last word and hangs up.
    void refuse(wire::ErrorCode code, const QString &message);
    void sayBye(wire::ByeReason reason);

    /// Tells what is due, as far as there is room.
    void pump(qint64 now);
    /// The same, and what would be due later, since there is no later.
    void pumpLast(qint64 now);
    void tell(const wire::CommandResult &result);
    /// \a general, with this link's own numbers, and the drops that have changed.
    void tellStatus(wire::Status general, const wire::Drops &ringDrops);

    // What is about to be lost.
    void loseEventsBefore(quint64 number);
    void losePayloadBefore(quint64 number);
    void loseEntry(const LedgerEntry &entry);

Q_SIGNALS:
    void helloReceived(const net::wire::Hello &hello);
    /// It has the right to.
    void commanded(const net::wire::Command &command);
    void ended();

private:
    /// A walk over the ledger that tells everything that has changed after one tick, up to another.
    struct Sweep
    {
        quint64 after = 0;
        quint64 upTo = 0;
        quint64 nextOrdinal = 0;
        bool isSnapshot = false;
        bool isUnderWay = false;
    };

    void read();
    bool take(const wire::Frame &frame);
    void take(const wire::Command &command);
    void setCapture(const wire::CaptureRecord &wanted, QList<wire::CaptureRecord> &answers);
    void captureAll(bool on);
    void watch(const wire::WatchRecord &wanted);
    void timeSlots(bool on);
    void malformed(const QString &message);

    bool hasRoom() const;
    void beginSweep(qint64 now);
    void continueSweep(qint64 now);
    void tellKernel(qint64 now);
    void tellEvents();
    void tellPayload();
    void flush();

    LinkStream m_stream;
    wire::FrameReader m_reader{wire::Side::Inspector};
    Sources m_sources;
    const qint64 m_connectedAt;
    const quint64 m_number;
    qint64 m_heardAt;
    quint32 m_interval = 100;
    quint32 m_rights = 0;
    bool m_attached = false;
    bool m_ended = false;

    Sweep m_sweep;
    quint64 m_toldTick = 0;
    qint64 m_toldAt = 0;
    quint32 m_snapshots = 0;
    bool m_needsSnapshot = true;

    quint64 m_nextEvent = 0;
    quint64 m_historyEnd = 0; ///< events before it are flagged as history
    quint64 m_beforeAttach = 0;
    quint64 m_delivered = 0;
    DropCount m_drops;
    quint64 m_toldRingDrops = 0;
    quint64 m_toldDrops = 0;

    QSet<quint64> m_watched; ///< those whose state in the kernel it wants
    StackTeller m_stacks;
    QSet<quint64> m_captured;
    bool m_capturesAll = false;
    bool m_timesSlots = false;
    quint64 m_nextPayload = 0;
    quint64 m_payloadLost = 0;
};

} // namespace net::agent
