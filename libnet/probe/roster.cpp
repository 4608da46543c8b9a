#include "libnet/probe/roster.h"

#include "libnet/probe/tap.h"

#include <QMetaObject>
#include <QMutex>
#include <QSet>
#include <QThread>

#include <utility>

namespace net::probe {

namespace {

struct Directory
{
    QMutex mutex;
    QSet<Roster *> rosters;
};

// Never destroyed: threads may end after the statics of the main thread are gone.
Directory &directory()
{
    static auto *const instance = new Directory;
    return *instance;
}

} // namespace

Roster::Roster()
{
    QMutexLocker lock(&directory().mutex);
    directory().rosters.insert(this);
    // Before QThread::wait() returns, and with it the subjects may go; what is thread_local goes later.
    connect(QThread::currentThread(), &QThread::finished, this, &Roster::letGo, Qt::DirectConnection);
}

Roster::~Roster()
{
    letGo();
    QMutexLocker lock(&directory().mutex);
    directory().rosters.remove(this);
}

void Roster::letGo()
{
    for (Subject *subject = std::exchange(m_first, nullptr); subject; subject = subject->m_next)
        subject->m_roster = nullptr;
}

Roster &Roster::current()
{
    static thread_local Roster roster;
    return roster;
}

void Roster::announceAll()
{
    QMutexLocker lock(&directory().mutex);
    for (Roster *roster : std::as_const(directory().rosters))
        QMetaObject::invokeMethod(
            roster, [roster] { roster->announce(); }, Qt::QueuedConnection);
}

void Roster::visitAll(const std::function<bool(Subject &)> &visitor)
{
    QMutexLocker lock(&directory().mutex);
    for (Roster *roster : std::as_const(directory().rosters))
        QMetaObject::invokeMethod(
            roster, [roster, visitor] { roster->visit(visitor); }, Qt::QueuedConnection);
}

void Roster::visit(const std::function<bool(Subject &)> &visitor)
{
    for (Subject *subject = m_first; subject; subject = subject->m_next) {
        if (visitor(*subject))
            return;
    }
}

void Roster::add(Subject *subject)
{
    subject->m_roster = this;
    subject->m_previous = nullptr;
    subject->m_next = m_first;
    if (m_first)
        m_first->m_previous = subject;
    m_first = subject;
}

void Roster::remove(Subject *subject)
{
    if (subject->m_previous)
        subject->m_previous->m_next = subject->m_next;
    else
        m_first = subject->m_next;
    if (subject->m_next)
        subject->m_next->m_previous = subject->m_previous;
    subject->m_roster = nullptr;
}

void Roster::announce()
{
    const Tap *const installed = tap();
    if (!installed)
        return;
    for (Subject *subject = m_first; subject; subject = subject->m_next) {
        if (!subject->ledger)
            installed->opened(*subject);
    }
}

} // namespace net::probe
