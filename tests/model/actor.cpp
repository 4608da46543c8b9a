#include "tests/model/actor.h"

#include "tests/model/pattern.h"

// What the socket of an actor says, and what must hold then.

namespace model {

using namespace Qt::StringLiterals;

Actor::Actor(Journal &journal, Streams &streams, const QString &name, net::Socket *socket, Role role)
    : m_journal(journal),
      m_streams(streams),
      m_socket(socket),
      m_model([this](const QString &claim) { m_journal.complain(objectName(), claim); }),
      m_role(role)
{
    setObjectName(name);
    listen();
    const quint64 dice = m_journal.takeDice(name, 0);
    if (role == Role::Speaker && m_journal.chance(85))
        listenToData();
    m_journal.restoreDice(dice);
}

void Actor::note(const QString &what)
{
    m_journal.note(objectName() + u": "_s + what);
}

void Actor::listen()
{
    using net::Socket;
    connect(m_socket, &Socket::connected, this, [this] {
        note(u"= connected"_s);
        m_model.connected();
        if (m_door && !m_link)
            join(m_door->ofPort(m_socket->address().port), Link::Client);
        perhapsActInside();
    });
    connect(m_socket, &Socket::ready, this, [this] {
        m_model.ready();
        perhapsActInside();
    });
    connect(m_socket, &Socket::ended, this, [this] {
        note(u"= ended"_s);
        m_model.ended(m_socket->readableLength());
        if (m_from)
            m_streams.all[*m_from].arrived = m_socket->bytesRead();
        // Our own end follows.
        if (!m_socket->allowHalfOpen())
            m_model.endCalled(0);
        noteEnds();
        perhapsActInside();
    });
    connect(m_socket, &Socket::finish, this, [this] {
        note(u"= finish"_s);
        m_model.finish();
        noteEnds();
        if (m_role == Role::Speaker)
            m_streams.all[m_stream].finished = true;
        perhapsActInside();
    });
    connect(m_socket, &Socket::drain, this, [this] {
        if (m_role == Role::Speaker)
            m_model.drain(m_socket->writableLength());
        perhapsActInside();
    });
    connect(m_socket, &Socket::timedOut, this, [this] {
        m_model.timedOut();
        perhapsActInside();
    });
    connect(m_socket, &Socket::errorOccurred, this, [this](const net::Error &error) {
        note(u"= error "_s + error.message());
        findCauses();
        m_model.error(error.code());
        perhapsActInside();
    });
    connect(m_socket, &Socket::closed, this, [this](bool hadError) {
        note(u"= closed"_s);
        m_model.closed(hadError);
    });
    connect(m_socket, &QObject::destroyed, this, [this] {
        note(u"= deleted"_s);
        if (!m_deletionExpected)
            m_model.mustBeOver();
        m_model.deleted();
    });
}

void Actor::join(const std::shared_ptr<Link> &link, Link::Side side)
{
    m_link = link;
    m_side = side;
    m_link->join(side, m_socket);
}

void Actor::leaveLink()
{
    if (m_link)
        m_link->leave(m_side);
    m_link.reset();
    m_door.reset();
}

void Actor::noteEnds()
{
    if (m_link && m_model.hasEnded() && m_model.hasFinished())
        m_link->hasEnded(m_side);
}

void Actor::findCauses()
{
    const bool connecting = m_model.phase() == SocketModel::Phase::Connecting;
    if (connecting && (!m_door || m_door->isClosed()))
        m_model.mayFail(SocketModel::Cause::NobodyListens);
    if (m_link ? m_link->isLostFor(m_side) : connecting && m_door && (m_door->isClosed() || m_door->hasLostStranger()))
        m_model.mayFail(SocketModel::Cause::OtherSideLost);
}

void Actor::listenToData()
{
    if (std::exchange(m_listens, true) || !m_socket)
        return;
    note(u"listens"_s);
    connect(m_socket, &net::Socket::data, this, &Actor::received);
}

void Actor::received(const QByteArray &bytes)
{
    m_model.data(bytes.size());
    // All that was read and waits no more, before these: a place in the stream that knows nothing of lost bytes.
    const quint64 place = quint64(m_socket->bytesRead() - m_socket->readableLength() - bytes.size());
    note(u"= data %1 at %2"_s.arg(bytes.size()).arg(place));
    if (m_lossless && place != m_next)
        m_journal.complain(objectName(), u"byte %1 is due and %2 comes"_s.arg(m_next).arg(place));
    m_next = place + quint64(bytes.size());
    if (!m_from) {
        if (place != quint64(m_header.size())) // the beginning was lost: whose stream it is stays unknown
            return;
        m_header += bytes;
        if (m_header.size() < Pattern::HeaderSize)
            return;
        m_from = Pattern::streamOf(m_header);
        if (!m_from || !m_streams.all.contains(*m_from))
            m_journal.complain(objectName(), u"what comes was never sent"_s);
    }
    if (bytes != Pattern::bytes(*m_from, place, bytes.size()))
        m_journal.complain(objectName(), u"the bytes at %1 are not those that were written there"_s.arg(place));
    if (m_next > m_streams.all[*m_from].written)
        m_journal.complain(objectName(), u"more comes than was written"_s);
    perhapsActInside();
}

// Every slot may call everything; not without end, though.
void Actor::perhapsActInside()
{
    if (m_depth >= 2 || m_eager || m_quiet)
        return;
    const quint64 dice = m_journal.takeDice(objectName(), ++m_events);
    if (m_journal.chance(6)) {
        ++m_depth;
        note(u"inside:"_s);
        act();
        --m_depth;
    }
    m_journal.restoreDice(dice);
}

bool Actor::isOver() const
{
    const SocketModel::Phase phase = m_model.phase();
    return !m_socket || phase == SocketModel::Phase::Closed ||
           (phase == SocketModel::Phase::Idle && !m_socket->isDestroyed());
}

void Actor::look()
{
    if (!m_socket || m_depth > 0)
        return;
    const net::Socket &s = *m_socket;
    const auto require = [this](bool condition, const QString &claim) {
        if (!condition)
            m_journal.complain(objectName(), claim);
    };
    using Phase = SocketModel::Phase;
    const bool alive = !s.isDestroyed();
    if (m_role == Role::Speaker)
        require(s.bytesWritten() == qint64(m_model.written()) || (m_model.hasThrownAway() && s.bytesWritten() == 0),
                u"bytesWritten is %1 and not %2"_s.arg(s.bytesWritten()).arg(m_model.written()));
    if (m_role == Role::Speaker && alive)
        m_model.turnIsOver(s.writableLength());
    require(s.writableLength() <= s.bytesWritten(), u"more is queued than was written"_s);
    require(m_model.phase() != Phase::Closed || (!alive && s.readyState() == net::Socket::ReadyState::Closed),
            u"closed, and readyState is not"_s);
    require(!s.isConnecting() || m_model.phase() == Phase::Connecting, u"is connecting without having been told to"_s);
    require(!alive || s.isConnecting() || m_model.phase() != Phase::Connecting, u"does not connect"_s);
    require(!alive || m_model.phase() != Phase::Open || !s.isPending(), u"is open and has no connection"_s);
    require(!alive || s.readableEnded() == m_model.hasEnded(), u"readableEnded is not what was told"_s);
    require(!alive || s.writableFinished() == m_model.hasFinished(), u"writableFinished is not what was told"_s);
    require(alive || m_model.isDestroyed() || m_model.phase() == Phase::Open || m_model.phase() == Phase::Connecting ||
                m_model.phase() == Phase::Idle,
            u"is destroyed"_s);
}

} // namespace model
