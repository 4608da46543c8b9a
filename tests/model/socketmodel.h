#pragma once
#include <QSet>
#include <QStringList>

#include <deque>
#include <functional>

namespace model {

/// What the documentation lets one socket do. It is told of every call, before it is made, and of every event; what
/// must not happen is told to \a complain. It knows no socket.
class SocketModel
{
public:
    using Complain = std::function<void(const QString &)>;
    enum class Phase { Idle, Connecting, Open, Closed };
    /// Why a socket may fail. Each has codes of its own; an error that no cause explains must not be.
    enum class Cause {
        Asked = 1,              ///< destroy() with an error of ours, "ERR_MINE"
        WriteAfterEnd = 2,      ///< written after our end
        WriteAfterPeersEnd = 4, ///< written after the other side's end, which was answered by our own
        Unconnected = 8,        ///< written or reset without a connection
        BadPort = 16,           ///< told to connect to a port that cannot be
        NobodyListens = 32,     ///< told to connect to where nobody listens
        OtherSideLost = 64,     ///< gone with something unread or unsent, or never accepted
    };

    explicit SocketModel(Complain complain) : m_complain(std::move(complain)) {}

    Phase phase() const { return m_phase; }
    bool isDestroyed() const { return m_destroyed; } ///< destroy() was called, or an error told
    bool hasEnded() const { return m_ended; }
    bool hasFinished() const { return m_finished; }
    quint64 written() const { return m_written; } ///< bytes of the writes that were accepted
    /// Closed by a receiver of connected(): what waited for the connection may count no more.
    bool hasThrownAway() const { return m_thrownAway; }

    // Calls. A ticket is what a callback brings back; 0: none.
    void connectCalled();
    void accepted();
    void writeCalled(bool accepted, qsizetype size, int ticket);
    void writeReturned(bool accepted, bool more, bool needDrain);
    void endCalled(int ticket);
    void pauseCalled() { m_paused = true; }
    void resumeCalled() { m_paused = false; }
    void readCalled() { ++m_reading; }
    void readReturned() { --m_reading; }
    /// \a unread bytes flow on, if the call came from inside data().
    void destroyCalled(qint64 unread = 0);
    void resetCalled(qint64 unread = 0);
    /// From now on, until the socket connects again.
    void mayFail(Cause cause) { m_causes |= int(cause); }
    /// The call that is made now destroys an open socket with an error.
    void mustFail(Cause cause);
    void timeoutSet(int msecs);
    void handleTypeIsWrong() { ++m_wrongTypes; }
    void deleted();

    // Events.
    void connected();
    void ready();
    void data(qsizetype size);
    void ended(qint64 unread);
    void finish();
    void drain(qint64 queued);
    void timedOut();
    void error(const QString &code);
    void closed(bool hadError);
    /// \a code: of the error that the callback has brought; empty: none.
    void told(int ticket, const QString &code);

    /// A turn of the event loop is over, and \a queued bytes wait for the kernel.
    void turnIsOver(qint64 queued);
    /// setTimeout() was called or something was written since the last timedOut(): silence brings another one.
    bool owesTimedOut() const { return m_owesTimedOut && !m_destroyed && m_phase != Phase::Closed; }

    /// At the end of everything: nothing is owed any more.
    void mustBeOver();

private:
    struct Ticket
    {
        int number;
        int life;
    };

    void require(bool condition, const char *claim);
    void requireOpen(const char *event);
    static QStringList codesOf(int causes);

    Complain m_complain;
    Phase m_phase = Phase::Idle;
    int m_life = 0;
    qint64 m_flowsOn = 0; ///< unread bytes that may still come as data()
    bool m_destroyed = false;
    bool m_gone = false;
    bool m_awaitsReady = false;
    bool m_waits = false;      ///< something was written before the connection
    bool m_resetWaits = false; ///< and a reset was asked for before that
    bool m_thrownAway = false;
    bool m_paused = false;
    bool m_ended = false;
    bool m_endCalled = false;
    bool m_finished = false;
    bool m_needDrain = false;
    bool m_hadError = false;
    bool m_owesError = false;
    bool m_mustFail = false; ///< a write has failed, and the error is on its way
    int m_causes = 0;
    int m_pastCauses = 0; ///< of the connections before, whose callbacks may still come
    int m_timeout = 0;
    bool m_owesTimedOut = false;
    int m_emptyTurns = 0; ///< over which a drain has been owed, with an empty queue
    int m_reading = 0;
    int m_wrongTypes = 0;
    quint64 m_written = 0;
    std::deque<Ticket> m_owed; ///< callbacks of accepted writes, in their order
    QSet<int> m_refused;       ///< callbacks of refused writes
    QSet<int> m_ends;          ///< callbacks of end()
    int m_failedLife = -1;     ///< the life in which a callback has told of an error
};

} // namespace model
