#include "libnet/foreign/foreignsubject.h"

#include "libnet/probe/clock.h"
#include "libnet/probe/tap.h"

#include <QEvent>

namespace net::foreign {

ForeignSubject::ForeignSubject(probe::SubjectKind kind, QObject *object)
    : QObject(object),
      Subject(kind),
      m_object(object),
      m_createdAt(probe::monotonicNow())
{
    enlist();
}

ForeignSubject::~ForeignSubject()
{
    if (const probe::Tap *tap = probe::tap(); tap && ledger)
        tap->gone(*this);
}

ForeignSubject *ForeignSubject::of(const QObject *object)
{
    for (QObject *child : object->children()) {
        if (auto *subject = dynamic_cast<ForeignSubject *>(child))
            return subject;
    }
    return nullptr;
}

probe::Facts ForeignSubject::facts() const
{
    probe::Facts facts;
    facts.id = id();
    facts.kind = kind();
    facts.origin = probe::Origin::Created;
    facts.createdAt = m_createdAt;
    facts.name = m_object->objectName();
    facts.errorNumber = m_lastError.errorNumber();
    facts.errorMessage = m_lastError.message();
    fill(facts);
    if (m_lastError)
        facts.flags |= probe::Failed;
    facts.family = facts.local.isNull() ? facts.remote.family : facts.local.family;
    return facts;
}

void ForeignSubject::opened()
{
    if (const probe::Tap *tap = probe::tap())
        tap->opened(*this);
}

void ForeignSubject::describe()
{
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->described(*this);
}

void ForeignSubject::tell(probe::EventKind why, quint64 a, quint64 b)
{
    const probe::Tap *tap = probe::tapFor(*this);
    if (!tap)
        return;
    tap->described(*this);
    const probe::Facts now = facts();
    tap->changed(*this, why, now.state, now.flags, a, b);
}

void ForeignSubject::fail(const Error &error)
{
    m_lastError = error;
    if (const probe::Tap *tap = probe::tapFor(*this))
        tap->failed(*this, error);
}

bool ForeignSubject::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange) {
        leaving();
        delist();
        QMetaObject::invokeMethod(
            this,
            [this] {
                enlist();
                arrived();
            },
            Qt::QueuedConnection);
    }
    return QObject::event(event);
}

} // namespace net::foreign
