#include "libnet/probe/subject.h"

#include "libnet/probe/roster.h"

#include <atomic>

namespace net::probe {

static quint64 nextId()
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

Subject::Subject(SubjectKind kind) : m_id(nextId()), m_kind(kind) {}

Subject::~Subject()
{
    delist();
}

Outcome Subject::obey(const Order &)
{
    return {false, QStringLiteral("it takes no orders")};
}

void Subject::enlist()
{
    Roster::current().add(this);
}

void Subject::delist()
{
    if (m_roster)
        m_roster->remove(this);
}

} // namespace net::probe
