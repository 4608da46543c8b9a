#pragma once
#include <libnet/export.h>
#include <libnet/probe/order.h>
#include <libnet/probe/tapevents.h>

namespace net::probe {

class Roster;

/// An object that can be watched: the base of what stands behind a Socket or a Server.
/// Lives in one thread and is listed in that thread's roster from construction to destruction.
/// All calls into it are made in that thread.
class LIBNET_EXPORT Subject
{
public:
    explicit Subject(SubjectKind kind);
    Subject(const Subject &) = delete;
    Subject &operator=(const Subject &) = delete;

    quint64 id() const { return m_id; } ///< unique in the process, never used again
    SubjectKind kind() const { return m_kind; }
    virtual Facts facts() const = 0;
    /// Carries out what an inspector wants. May run slots of the application, and so delete the subject.
    virtual Outcome obey(const Order &order);

    /// Belongs to the tap: what it keeps for this subject. Null until opened() was called on it.
    void *ledger = nullptr;

protected:
    virtual ~Subject();
    /// Lists the subject in the current thread's roster: after construction and after a change of thread.
    void enlist();
    /// Takes it off, in the thread it was listed in.
    void delist();

private:
    friend class Roster;
    Subject *m_previous = nullptr;
    Subject *m_next = nullptr;
    Roster *m_roster = nullptr;
    quint64 m_id;
    SubjectKind m_kind;
};

} // namespace net::probe
