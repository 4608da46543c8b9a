#include "tests/model/actor.h"
#include "tests/model/pattern.h"

// What an actor calls.

namespace model {

using namespace Qt::StringLiterals;

// Before a connection begins, what was known of the one before it is over.
void Actor::beginStream()
{
    m_stream = ++m_streams.last;
    m_streams.all.insert(m_stream, {});
    m_header.clear();
    m_from.reset();
    // Flowing survives a new connection, as in Node.
    m_lossless = m_listens || !m_flowsToNobody;
    m_next = 0;
}

void Actor::accepted(const std::shared_ptr<Link> &link)
{
    beginStream();
    join(link, Link::Server);
    m_model.accepted();
    if (m_role == Role::Relay) // ended by its pipe
        m_model.endCalled(0);
    note(u"accepted"_s);
}

void Actor::connectTo(const Way &way)
{
    const net::ConnectOptions &options = way.options;
    // A relay is one connection long.
    if (!m_socket || !isOver() || (m_role == Role::Relay && m_model.phase() == SocketModel::Phase::Closed))
        return;
    note(u"connectTo %1%2"_s.arg(options.path).arg(options.port.value_or(-1)));
    beginStream();
    leaveLink();
    m_model.connectCalled();
    m_door = way.door;
    // Those of a path are there at once.
    if (m_door && !options.path.isEmpty())
        join(m_door->knock(), Link::Client);
    if (options.port.value_or(0) > 65535)
        m_model.mustFail(SocketModel::Cause::BadPort);
    if (m_role == Role::Relay)
        m_model.endCalled(0);
    m_socket->connectTo(options);
}

qsizetype Actor::someSize()
{
    switch (m_journal.roll(40)) {
    case 0:
        return 0;
    case 1:
        return 100'000 + m_journal.roll(300'000);
    case 2:
    case 3:
    case 4:
        return 1 + m_journal.roll(20'000);
    default:
        return 1 + m_journal.roll(100);
    }
}

void Actor::write()
{
    const bool accepted =
        !m_socket->writableEnded() && !m_socket->isDestroyed() && (m_socket->isConnecting() || !m_socket->isPending());
    const QByteArray bytes = Pattern::bytes(m_stream, m_model.written(), someSize());
    const int ticket = m_journal.chance(40) ? newTicket() : 0;
    note(u"write %1 ticket %2%3"_s.arg(bytes.size()).arg(ticket).arg(accepted ? u""_s : u" (refused)"_s));
    // Written after the end: the socket is destroyed.
    using Cause = SocketModel::Cause;
    if (!accepted && m_socket->writableEnded()) {
        const bool answered = m_socket->readableEnded() && !m_socket->allowHalfOpen();
        const Cause cause = answered ? Cause::WriteAfterPeersEnd : Cause::WriteAfterEnd;
        // Of a socket that is destroyed already only the callback is told.
        m_socket->isDestroyed() ? m_model.mayFail(cause) : m_model.mustFail(cause);
        m_model.destroyCalled(m_socket->readableLength());
    } else if (!accepted && !m_socket->isDestroyed()) {
        m_model.mayFail(Cause::Unconnected);
    }
    m_model.writeCalled(accepted, bytes.size(), ticket);
    m_streams.all[m_stream].written = m_model.written();
    const bool more = ticket ? m_socket->write(bytes, this, telling(ticket)) : m_socket->write(bytes);
    m_model.writeReturned(accepted, more, m_socket->writableNeedDrain());
}

void Actor::end()
{
    note(u"end"_s);
    const int ticket = m_journal.chance(50) ? newTicket() : 0;
    m_model.endCalled(ticket);
    if (ticket)
        m_socket->end({}, this, telling(ticket));
    else
        m_socket->end();
}

void Actor::read()
{
    const qint64 size = m_journal.chance(50) ? -1 : 1 + m_journal.roll(5000);
    const quint64 before = m_next;
    note(u"read %1"_s.arg(size));
    m_model.readCalled();
    const QByteArray bytes = m_socket->read(size);
    m_model.readReturned();
    if (!m_listens && !bytes.isEmpty())
        m_lossless = false;
    else if (m_socket && !m_socket->isDestroyed() && m_lossless && m_depth == 0 &&
             m_next < before + quint64(bytes.size()))
        m_journal.complain(objectName(), u"read() gives what data does not tell"_s);
}

void Actor::readUntilEmpty()
{
    while (m_socket && m_socket->readableLength() > 0 && !m_model.isDestroyed()) {
        m_model.readCalled();
        const bool empty = m_socket->read().isEmpty();
        m_model.readReturned();
        if (empty)
            return;
    }
}

void Actor::unshift()
{
    // What was not delivered, or goes on in an event that is under way, has another order.
    if (!m_from || !m_lossless || !m_listens || m_depth > 0 || m_socket->isDestroyed() || m_socket->readableEnded())
        return;
    const quint64 size = qMin<quint64>(m_next, quint64(1 + m_journal.roll(200)));
    note(u"unshift %1"_s.arg(size));
    const QByteArray bytes = Pattern::bytes(*m_from, m_next - size, qsizetype(size));
    m_next -= size;
    m_model.readCalled();
    m_socket->unshift(bytes);
    m_model.readReturned();
}

void Actor::pauseOrResume(bool pause)
{
    note(pause ? u"pause"_s : u"resume"_s);
    if (pause) {
        m_flowsToNobody = false;
        m_model.pauseCalled();
        m_socket->pause();
        return;
    }
    if (!m_listens) {
        m_lossless = false;
        m_flowsToNobody = true;
    }
    m_model.resumeCalled();
    m_socket->resume();
}

void Actor::reset()
{
    note(u"resetAndDestroy"_s);
    const bool local = !m_socket->isPending() && m_socket->remote().family == net::Family::Local;
    if (local) {
        m_model.handleTypeIsWrong();
    } else {
        if (m_socket->isPending() && !m_socket->isConnecting())
            m_model.mayFail(SocketModel::Cause::Unconnected);
        if (m_link && !m_socket->isPending())
            m_link->lose(m_side);
        m_model.resetCalled(m_socket->readableLength());
    }
    m_socket->resetAndDestroy();
}

void Actor::adjust()
{
    switch (m_journal.roll(7)) {
    case 0: {
        const int msecs = m_journal.roll(3) * 5;
        note(u"setTimeout %1"_s.arg(msecs));
        if (!m_socket->isDestroyed())
            m_model.timeoutSet(msecs);
        m_socket->setTimeout(msecs);
        break;
    }
    case 1:
        m_socket->setNoDelay(m_journal.chance(50));
        break;
    case 2:
        m_socket->setKeepAlive(m_journal.chance(50), m_journal.roll(4) * 1000);
        break;
    case 3:
        if (!m_socket->readableEnded() && m_role != Role::Relay)
            m_socket->setAllowHalfOpen(m_journal.chance(50));
        break;
    case 4:
        m_socket->unref();
        break;
    case 5:
        m_socket->ref();
        break;
    default:
        (void)m_socket->address();
    }
}

void Actor::destroySocket()
{
    if (!m_socket)
        return;
    note(u"destroy"_s);
    m_model.destroyCalled(m_socket->readableLength());
    const bool withError = m_journal.chance(30);
    if (withError && !m_socket->isDestroyed())
        m_model.mustFail(SocketModel::Cause::Asked);
    m_socket->destroy(withError ? net::Error::fromCode(u"ERR_MINE"_s, u"mine"_s) : net::Error());
}

void Actor::expectDeletion()
{
    m_deletionExpected = true;
}

void Actor::deleteSocket()
{
    note(u"delete"_s);
    expectDeletion();
    delete m_socket.data();
}

void Actor::windDown()
{
    if (!m_socket)
        return;
    m_eager = true;
    if (m_role == Role::Relay)
        return;
    listenToData();
    note(u"winds down"_s);
    if (m_listensReadable) {
        connect(m_socket, &net::Socket::readyRead, this, &Actor::readUntilEmpty);
        readUntilEmpty();
    }
    if (m_socket)
        pauseOrResume(false);
    if (m_socket && m_model.phase() != SocketModel::Phase::Idle)
        end();
}

void Actor::act()
{
    if (!m_socket)
        return;
    if (m_role == Role::Relay) {
        if (m_journal.chance(5))
            adjust();
        return;
    }
    const int dice = m_journal.roll(1000);
    if (dice < 480)
        write();
    else if (dice < 520)
        (note(u"cork"_s), m_socket->cork());
    else if (dice < 580)
        (note(u"uncork"_s), m_socket->uncork());
    else if (dice < 650)
        pauseOrResume(true);
    else if (dice < 760)
        pauseOrResume(false);
    else if (dice < 830)
        read();
    else if (dice < 860)
        unshift();
    else if (dice < 930)
        adjust();
    else if (dice < 940)
        listenToData();
    else if (dice < 945) {
        note(u"listens to readyRead"_s);
        m_listensReadable = true;
        connect(m_socket, &net::Socket::readyRead, this, &Actor::perhapsActInside, Qt::UniqueConnection);
    } else if (dice < 965)
        end();
    else if (dice < 980) {
        note(u"destroySoon"_s);
        m_model.endCalled(0);
        m_socket->destroySoon();
    } else if (dice < 988)
        destroySocket();
    else if (dice < 996)
        reset();
    else
        deleteSocket();
}

} // namespace model
