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
    bool destroyed = false;
    if (m_course.announce) {
        m_destroyed = &destroyed;
        m_owner.attempting(m_current);
        if (destroyed)
            return;
        m_destroyed = nullptr;
    }
    if (const Error error = prepare(m_current)) {
        fail(error);
        return;
    }
    const int error = socketops::connectTo(m_descriptor.get(), m_current);
    if (error != 0 && error != EINPROGRESS) {
        // Told later, as by a system that takes its time: nothing is emitted from inside the caller's call.
        m_timer.stop();
        m_errors.append(failure(error, u"connect"_s, m_current));
        m_descriptor.reset();
        m_timer.start(0, this);
        return;
    }
    // Also after an immediate success: a connected socket is writable, and connected() comes later than the call.
    attach();
    if (m_next < m_course.candidates.size())
        m_timer.start(m_course.attemptTimeout, this);
}

Error ConnectRace::prepare(const SocketAddress &address)
{
    int error = 0;
    if (m_course.bound) {
        m_descriptor = std::move(m_course.bound);
        return {};
    }
    m_descriptor = socketops::createStream(address.family, error);
    if (error)
        return failure(error, u"connect"_s, address);
    if (m_course.local.isNull())
        return {};
    if (m_course.local.port)
        socketops::setReuseAddress(m_descriptor.get());
    error = socketops::bindTo(m_descriptor.get(), m_course.local);
    return error ? Error::fromErrno(error, u"bind"_s, m_course.local.address, m_course.local.port) : Error();
}

Error ConnectRace::failure(int error, const QString &syscall, const SocketAddress &address) const
{
    if (address.family == Family::Local)
        return Error::fromErrno(error, syscall, address.address);
    const SocketAddress local = m_course.local.isNull() ? SocketAddress() : m_course.local;
    return Error::fromErrno(error, syscall, address.address, address.port, local.address, local.port);
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
        fail(failure(error, u"connect"_s, m_current));
        return;
    }
    m_owner.won(std::move(m_descriptor));
}

void ConnectRace::fail(const Error &error)
{
    m_errors.append(error);
    m_descriptor.reset();
    bool destroyed = false;
    if (m_course.announce) {
        m_destroyed = &destroyed;
        m_owner.attemptFailed(m_current, error);
        if (destroyed)
            return;
        m_destroyed = nullptr;
    }
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
    m_errors.append(failure(ETIMEDOUT, u"connect"_s, m_current));
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
