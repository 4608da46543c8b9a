#include "libnet/foreign/foreignsocket.h"

#include "libnet/foreign/unread.h"
#include "libnet/probe/tap.h"

namespace net::foreign {

ForeignSocket::ForeignSocket(QIODevice *device, quint64 server)
    : ForeignSubject(probe::SubjectKind::Socket, device),
      m_device(device),
      m_server(server)
{
}

ForeignSocket::~ForeignSocket()
{
    ForeignSocket::leaving();
}

void ForeignSocket::leaving()
{
    if (m_watchedBy)
        m_watchedBy->forget(this);
    m_watchedBy.clear();
}

void ForeignSocket::arrived()
{
    if (m_unread > 0)
        watchUnread();
}

void ForeignSocket::watchUnread()
{
    if (!m_watchedBy)
        m_watchedBy = &Unread::current();
    m_watchedBy->watch(this);
}

void ForeignSocket::begin()
{
    m_takenBefore = taken().value_or(0);
    m_wasConnected = state() == probe::State::Open;
    ends(m_local, m_remote);
    m_unread = m_device->bytesAvailable();
    connect(m_device, &QIODevice::readyRead, this, &ForeignSocket::read);
    connect(m_device, &QIODevice::bytesWritten, this, &ForeignSocket::written);
    connect(m_device, &QIODevice::readChannelFinished, this, [this] {
        if (state() == probe::State::ReadEnded)
            tell(probe::EventKind::PeerEnded);
    });
    connect(m_device, &QObject::objectNameChanged, this, &ForeignSocket::describe);
    opened();
    if (!isAccepted())
        probe::tellCall(*this, probe::Call::Created);
}

void ForeignSocket::connected()
{
    m_wasConnected = true;
    ends(m_local, m_remote);
    m_takenBefore = 0;
    m_counted = 0;
    m_unread = m_device->bytesAvailable();
    tell(probe::EventKind::Connected);
}

void ForeignSocket::disconnected()
{
    m_unread = 0;
    tell(probe::EventKind::Closed);
}

void ForeignSocket::fill(probe::Facts &facts) const
{
    facts.server = m_server;
    facts.origin = m_server ? probe::Origin::Accepted : probe::Origin::Created;
    facts.state = state();
    facts.received = m_received;
    facts.sent = m_sent;
    facts.queued = quint64(m_device->bytesToWrite());
    facts.readBuffered = quint64(m_device->bytesAvailable());
    facts.descriptor = int(descriptor());
    facts.local = m_local;
    facts.remote = m_remote;
}

// Called for whatever Qt has just taken from the kernel.
void ForeignSocket::read()
{
    const qint64 available = m_device->bytesAvailable();
    const qint64 bytes = newBytes(available);
    m_unread = available;
    watchUnread();
    if (bytes <= 0)
        return;
    m_received += quint64(bytes);
    m_counted += quint64(bytes);
    const probe::Tap *const tap = probe::tapFor(*this);
    if (!tap)
        return;
    // A slot that came first may have read it away.
    const QByteArray waiting = bytes <= available ? m_device->peek(available) : QByteArray();
    const char *const content = waiting.size() >= bytes ? waiting.constData() + waiting.size() - bytes : nullptr;
    tap->received(*this, content, bytes, m_received);
}

qint64 ForeignSocket::newBytes(qint64 available)
{
    if (const auto all = taken(); all && *all >= m_takenBefore + m_counted)
        return qint64(*all - m_takenBefore - m_counted);
    // Less than before: something was read since, and where the event loop has not turned, probably all of it.
    return available >= m_unread ? available - m_unread : available;
}

bool ForeignSocket::settle()
{
    m_unread = m_device->bytesAvailable();
    return m_unread == 0;
}

void ForeignSocket::written(qint64 bytes)
{
    m_sent += quint64(bytes);
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->sent(*this, nullptr, bytes, m_sent, quint64(m_device->bytesToWrite()));
}

} // namespace net::foreign
