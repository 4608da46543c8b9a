#include "libnet/transport/connectrace.h"

#include <QTimerEvent>

#include <cerrno>

namespace net {

using namespace Qt::StringLiterals;

ConnectRace::ConnectRace(Owner &owner, QObject *home, Course course)
    : QObject(home),
      m_owner(owner),
      m_course(std::move(course))
{
}

ConnectRace::~ConnectRace()
{
    Reactor::forget(*this);
    if (m_destroyed)
        *m_destroyed = true;
}

void ConnectRace::start()
{
    attemptNext();
}

void ConnectRace::attach()
{
    if (m_descriptor)
        Reactor::current().want(*this, m_descriptor.get(), Reactor::Writable);
}

void ConnectRace::attemptNext()
{
    m_current = m_course.candidates.at(m_next++);
    int error = 0;
    m_local = {};
    if (m_course.bound) {
        m_descriptor = std::move(m_course.bound);
    } else {
        m_descriptor = socketops::createStream(m_current.family, error);
        m_local = localFor(m_current);
    }
    // Not announced, as in Node: without its local end there is no attempt.
    const int bindError = error || m_local.isNull() ? 0 : bindLocal();
    if (bindError) {
        goOn(Error::fromErrno(bindError, u"bind"_s, m_local.address, m_local.port));
        return;
    }
    bool destroyed = false;
    m_destroyed = &destroyed;
    m_owner.attempting(m_current);
    if (destroyed)
        return;
    m_destroyed = nullptr;
    if (!error)
        error = socketops::connectTo(m_descriptor.get(), m_current);
    if (error != 0 && error != EINPROGRESS && !isAnswer(error)) {
        fellThrough(error);
        return;
    }
    if (error != 0 && error != EINPROGRESS) {
        // Told later, as by a system that takes its time: nothing is emitted from inside the caller's call.
        m_errors.append(failure(error));
        m_descriptor.reset();
        m_timer.start(0, this);
        return;
    }
    // Also after an immediate success: a connected socket is writable, and connected() comes later than the call.
    attach();
    if (m_next < m_course.candidates.size())
        m_timer.start(m_course.attemptTimeout, this);
}

// Somebody has refused, as opposed to an address that the system can't even try.
bool ConnectRace::isAnswer(int error) const
{
    return m_current.family == Family::Local ? error != EINVAL && error != ENAMETOOLONG : error == ECONNREFUSED;
}

// Node tells the end that the attempt was made from; one address alone is not told as an attempt that failed.
void ConnectRace::fellThrough(int error)
{
    const SocketAddress local = m_descriptor ? socketops::localEnd(m_descriptor.get()) : SocketAddress();
    const Error reason =
        m_current.family == Family::Local || local.isNull()
            ? failure(error)
            : Error::fromErrno(error, u"connect"_s, m_current.address, m_current.port, local.address, local.port);
    if (m_course.candidates.size() == 1)
        goOn(reason);
    else
        fail(reason);
}

SocketAddress ConnectRace::localFor(const SocketAddress &address) const
{
    SocketAddress local = m_course.local;
    if (address.family == Family::Local || (local.isNull() && !local.port))
        return {};
    if (local.isNull()) {
        local.family = address.family;
        local.address = address.family == Family::IPv6 ? u"::"_s : u"0.0.0.0"_s;
    }
    return local;
}

int ConnectRace::bindLocal()
{
    if (m_local.family != m_current.family)
        return EINVAL;
    if (m_local.port)
        socketops::setReuseAddress(m_descriptor.get());
    return socketops::bindTo(m_descriptor.get(), m_local);
}

Error ConnectRace::failure(int error) const
{
    if (m_current.family == Family::Local)
        return Error::fromErrno(error, u"connect"_s, m_current.address);
    if (!m_local.port)
        return Error::fromErrno(error, u"connect"_s, m_current.address, m_current.port);
    return Error::fromErrno(error, u"connect"_s, m_current.address, m_current.port, m_local.address, m_local.port);
}

void ConnectRace::ready(quint8)
{
    finishAttempt(socketops::pendingError(m_descriptor.get()));
}

void ConnectRace::finishAttempt(int error)
{
    Reactor::forget(*this);
    m_timer.stop();
    if (error) {
        fail(failure(error));
        return;
    }
    m_owner.won(std::move(m_descriptor));
}

void ConnectRace::fail(const Error &error)
{
    m_descriptor.reset();
    bool destroyed = false;
    m_destroyed = &destroyed;
    m_owner.attemptFailed(m_current, error);
    if (destroyed)
        return;
    m_destroyed = nullptr;
    goOn(error);
}

void ConnectRace::goOn(const Error &error)
{
    m_errors.append(error);
    m_descriptor.reset();
    if (m_next < m_course.candidates.size())
        attemptNext();
    else
        m_owner.lost(m_errors.size() == 1 ? m_errors.first() : Error::aggregate(m_errors));
}

void ConnectRace::timerEvent(QTimerEvent *)
{
    m_timer.stop();
    if (!m_descriptor) {
        const Error error = m_errors.takeLast();
        fail(error);
        return;
    }
    Reactor::forget(*this);
    m_errors.append(failure(ETIMEDOUT));
    m_descriptor.reset();
    bool destroyed = false;
    m_destroyed = &destroyed;
    m_owner.attemptTimedOut(m_current);
    if (destroyed)
        return;
    m_destroyed = nullptr;
    attemptNext();
}

QList<SocketAddress> interleaved(const QList<SocketAddress> &addresses)
{
    QList<SocketAddress> first;
    QList<SocketAddress> second;
    for (const SocketAddress &address : addresses) {
        QList<SocketAddress> &own = address.family == addresses.first().family ? first : second;
        if (!own.contains(address))
            own.append(address);
    }
    QList<SocketAddress> all;
    for (qsizetype i = 0; i < qMax(first.size(), second.size()); ++i) {
        if (i < first.size())
            all.append(first.at(i));
        if (i < second.size())
            all.append(second.at(i));
    }
    return all;
}

} // namespace net
