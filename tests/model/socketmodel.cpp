#include "tests/model/socketmodel.h"

namespace model {

using namespace Qt::StringLiterals;

void SocketModel::require(bool condition, const char *claim)
{
    if (!condition)
        m_complain(QString::fromLatin1(claim));
}

void SocketModel::requireOpen(const char *event)
{
    const QString name = QString::fromLatin1(event);
    if (m_gone)
        m_complain(name + u" after the socket was deleted"_s);
    else if (m_phase == Phase::Closed)
        m_complain(name + u" after closed"_s);
    else if (m_destroyed)
        m_complain(name + u" after destroy() or an error"_s);
    else if (m_phase != Phase::Open)
        m_complain(name + u" of a socket that is not connected"_s);
    else if (m_awaitsReady)
        m_complain(name + u" between connected and ready"_s);
}

void SocketModel::connectCalled()
{
    // The pause is the user's and survives.
    ++m_life;
    m_pastCauses |= m_causes;
    // What was written before anybody connected is refused later, and the connection with it.
    m_causes &= m_phase == Phase::Idle ? int(Cause::Unconnected) : 0;
    // A timeout that was set before is the user's; closing has removed it.
    m_timeout = m_phase == Phase::Idle ? m_timeout : 0;
    m_owesTimedOut = m_timeout > 0;
    // What was ended before it was ever connected ends once it is.
    m_endCalled = m_endCalled && m_phase == Phase::Idle;
    m_phase = Phase::Connecting;
    m_flowsOn = 0;
    m_destroyed = m_awaitsReady = m_ended = m_finished = m_needDrain = m_hadError = m_owesError = m_mustFail = false;
    m_written = 0;
    m_waits = m_resetWaits = m_thrownAway = false;
}

void SocketModel::accepted()
{
    ++m_life;
    m_phase = Phase::Open;
}

void SocketModel::writeCalled(bool accepted, qsizetype size, int ticket)
{
    if (accepted) {
        m_written += quint64(size);
        m_emptyTurns = 0;
        m_owesTimedOut = m_timeout > 0;
    }
    m_waits = m_waits || (accepted && (size > 0 || ticket) && m_phase == Phase::Connecting);
    if (!ticket)
        return;
    if (accepted)
        m_owed.push_back({ticket, m_life});
    else
        m_refused.insert(ticket);
}

void SocketModel::writeReturned(bool accepted, bool more, bool needDrain)
{
    if (!accepted) {
        require(!more, "a write was refused and returned true");
        return;
    }
    // No drain is to come if the kernel has refused, and the error follows.
    m_mustFail = m_mustFail || (!more && !needDrain);
    m_needDrain = m_needDrain || !more;
}

void SocketModel::endCalled(int ticket)
{
    m_endCalled = true;
    if (ticket)
        m_ends.insert(ticket);
}

void SocketModel::mustFail(Cause cause)
{
    mayFail(cause);
    m_owesError = true;
}

void SocketModel::timeoutSet(int msecs)
{
    m_timeout = msecs;
    m_owesTimedOut = msecs > 0;
}

void SocketModel::deleted()
{
    m_gone = true;
    m_phase = Phase::Closed;
    m_owed.clear();
    m_refused.clear();
    m_ends.clear();
}

void SocketModel::connected()
{
    require(!m_gone, "connected after the socket was deleted");
    require(m_phase == Phase::Connecting, "connected without a connect");
    require(!m_destroyed, "connected after destroy()");
    m_phase = Phase::Open;
    m_awaitsReady = true;
    m_thrownAway = m_resetWaits;
}

void SocketModel::ready()
{
    require(m_awaitsReady, "ready without connected");
    require(m_phase != Phase::Closed, "ready after closed");
    m_awaitsReady = false;
}

void SocketModel::destroyCalled(qint64 unread)
{
    if (!std::exchange(m_destroyed, true))
        m_flowsOn = unread;
    // Closed by a receiver of connected(): what waited for the connection was never written.
    m_thrownAway = m_thrownAway || (m_awaitsReady && m_waits);
}

void SocketModel::resetCalled(qint64 unread)
{
    // In turn with the writes that wait for the connection.
    if (m_phase == Phase::Connecting)
        m_resetWaits = m_resetWaits || !m_waits;
    else
        destroyCalled(unread);
}

void SocketModel::data(qsizetype size)
{
    // read() gives away what is buffered, also after destroy(), as Node's does; and what is under way flows on.
    if (m_reading == 0 && m_destroyed && !m_hadError && m_phase == Phase::Open && size <= m_flowsOn)
        m_flowsOn -= size;
    else if (m_reading == 0)
        requireOpen("data");
    else
        require(m_phase != Phase::Closed && !m_gone && !m_hadError, "data after closed");
    require(!m_ended, "data after ended");
    require(!m_paused || m_reading > 0, "data while paused");
    require(size > 0, "data without bytes");
}

void SocketModel::ended(qint64 unread)
{
    requireOpen("ended");
    require(!m_ended, "ended twice");
    require(unread == 0, "ended before all data");
    m_ended = true;
}

void SocketModel::finish()
{
    requireOpen("finish");
    require(m_endCalled, "finish without end()");
    require(!m_finished, "finish twice");
    require(m_owed.empty(), "finish before the callback of a write");
    m_finished = true;
}

void SocketModel::drain(qint64 queued)
{
    require(!m_gone && m_phase == Phase::Open && !m_destroyed, "drain of a socket that is not open");
    require(m_needDrain, "drain that nobody waits for");
    require(queued == 0, "drain with a queue");
    m_needDrain = false;
}

void SocketModel::timedOut()
{
    require(!m_gone && !m_destroyed && m_phase != Phase::Closed, "timedOut after destroy() or closed");
    require(m_timeout > 0, "timedOut without a timeout");
    m_owesTimedOut = false;
}

QStringList SocketModel::codesOf(int causes)
{
    static const struct
    {
        Cause cause;
        QStringList codes;
    } all[] = {
        {Cause::Asked, {u"ERR_MINE"_s}},
        {Cause::WriteAfterEnd, {u"ERR_STREAM_WRITE_AFTER_END"_s}},
        {Cause::WriteAfterPeersEnd, {u"EPIPE"_s}},
        {Cause::Unconnected, {u"ERR_SOCKET_CLOSED"_s}},
        {Cause::BadPort, {u"ERR_SOCKET_BAD_PORT"_s}},
        {Cause::NobodyListens, {u"ECONNREFUSED"_s, u"ENOENT"_s}},
        {Cause::OtherSideLost, {u"ECONNRESET"_s, u"EPIPE"_s}},
    };
    QStringList codes;
    for (const auto &one : all) {
        if (causes & int(one.cause))
            codes += one.codes;
    }
    return codes;
}

void SocketModel::error(const QString &code)
{
    require(!m_gone, "an error after the socket was deleted");
    if (code == "ERR_INVALID_HANDLE_TYPE"_L1) {
        require(m_wrongTypes-- > 0, "ERR_INVALID_HANDLE_TYPE without resetAndDestroy()");
        return;
    }
    require(m_phase != Phase::Closed, "an error after closed");
    require(!m_hadError, "two errors");
    if (!codesOf(m_causes).contains(code))
        m_complain(code + (m_causes ? u" has no cause"_s : u" without a cause"_s));
    m_hadError = m_destroyed = true;
}

void SocketModel::closed(bool hadError)
{
    require(!m_gone, "closed after the socket was deleted");
    require(m_phase != Phase::Closed, "closed twice");
    require(!m_mustFail || m_destroyed, "write() returned false, and neither drain nor error came");
    require(!m_owesError || m_hadError, "closed without the error that was due");
    require(!m_awaitsReady, "closed between connected and ready");
    require(hadError == m_hadError, "closed() and errorOccurred() disagree");
    m_phase = Phase::Closed;
    m_destroyed = true;
}

void SocketModel::told(int ticket, const QString &code)
{
    static const QStringList ofCalls = {u"ERR_STREAM_DESTROYED"_s, u"ERR_STREAM_WRITE_AFTER_END"_s,
                                        u"ERR_STREAM_ALREADY_FINISHED"_s, u"ERR_SOCKET_CLOSED"_s,
                                        u"ERR_SOCKET_CLOSED_BEFORE_CONNECTION"_s};
    const bool failed = !code.isEmpty();
    if (failed && !ofCalls.contains(code) && !codesOf(m_causes | m_pastCauses).contains(code))
        m_complain(u"a callback was told %1 without a cause"_s.arg(code));
    if (m_ends.remove(ticket)) {
        require(failed || m_owed.empty(), "the callback of end() before that of a write");
        return;
    }
    if (m_refused.remove(ticket)) {
        require(failed, "a refused write was told to be sent");
        return;
    }
    if (m_owed.empty() || m_owed.front().number != ticket) {
        m_complain(u"the callback of write %1 is not due: %2 is"_s.arg(ticket).arg(
            m_owed.empty() ? u"none"_s : QString::number(m_owed.front().number)));
        return;
    }
    if (failed)
        m_failedLife = m_owed.front().life;
    else
        require(m_failedLife != m_owed.front().life, "a write was sent after one that was not");
    m_owed.pop_front();
}

void SocketModel::turnIsOver(qint64 queued)
{
    // Who has ended waits for no drain.
    const bool owed = m_needDrain && !m_endCalled && !m_destroyed && !m_mustFail && m_phase == Phase::Open;
    m_emptyTurns = owed && queued == 0 ? m_emptyTurns + 1 : 0;
    // Emptied inside a timer's event, the queue tells it in the next turn.
    require(m_emptyTurns < 2, "the queue is empty, and drain has not come");
}

void SocketModel::mustBeOver()
{
    if (m_gone)
        return;
    require(m_phase == Phase::Closed || (m_phase == Phase::Idle && !m_destroyed), "closed has never come");
    require(m_owed.empty() && m_refused.empty(), "the callback of a write has never come");
    require(m_ends.empty() || m_phase == Phase::Idle, "the callback of end() has never come");
    require(m_wrongTypes == 0, "ERR_INVALID_HANDLE_TYPE has never come");
}

} // namespace model
