#include "fakesubject.h"
#include "libnet/probe/clock.h"

using namespace net::probe;

namespace net {

// The tap's signature wants one; the library's own needs the library.
class Error
{
};

} // namespace net

FakeSubject::FakeSubject(SubjectKind kind, quint64 server) : Subject(kind)
{
    m_facts.id = id();
    m_facts.kind = kind;
    m_facts.server = server;
    m_facts.origin = server ? Origin::Accepted : Origin::Created;
    m_facts.createdAt = net::probe::monotonicNow();
    m_facts.highWaterMark = 16384;
    enlist();
    if (const Tap *installed = tap())
        installed->opened(*this);
}

FakeSubject::~FakeSubject()
{
    const Tap *installed = tap();
    if (installed && ledger)
        installed->gone(*this);
}

Facts FakeSubject::facts() const
{
    return m_facts;
}

void FakeSubject::describe()
{
    if (const Tap *installed = tap())
        installed->described(*this);
}

void FakeSubject::change(EventKind why, State state, quint64 a, quint64 b)
{
    m_facts.state = state;
    if (const Tap *installed = tap())
        installed->changed(*this, why, state, m_facts.flags, a, b);
}

void FakeSubject::setFlag(Flag flag, bool on)
{
    m_facts.flags = on ? m_facts.flags | quint32(flag) : m_facts.flags & ~quint32(flag);
}

void FakeSubject::receive(const QByteArray &bytes)
{
    m_facts.received += quint64(bytes.size());
    if (const Tap *installed = tap())
        installed->received(*this, bytes.constData(), bytes.size(), m_facts.received);
}

void FakeSubject::send(const QByteArray &bytes, quint64 queued)
{
    m_facts.sent += quint64(bytes.size());
    m_facts.queued = queued;
    if (const Tap *installed = tap())
        installed->sent(*this, bytes.constData(), bytes.size(), m_facts.sent, queued);
}

void FakeSubject::queue(quint64 queued)
{
    m_facts.queued = queued;
    if (const Tap *installed = tap())
        installed->queued(*this, queued, m_facts.highWaterMark);
}

void FakeSubject::fail(int errorNumber, const QString &message)
{
    m_facts.errorNumber = errorNumber;
    m_facts.errorMessage = message;
    setFlag(Failed, true);
    if (const Tap *installed = tap())
        installed->failed(*this, net::Error());
}

void FakeSubject::accept(const FakeSubject &socket)
{
    ++m_facts.accepted;
    describe();
    change(EventKind::Accepted, m_facts.state, socket.id());
}
