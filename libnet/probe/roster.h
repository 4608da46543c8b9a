#pragma once
#include <libnet/export.h>

#include <QObject>

#include <functional>

namespace net::probe {

class Subject;
struct Tap;

/// The subjects of one thread, so that a tap that comes late hears of all of them.
class Roster : public QObject
{
public:
    Roster();
    ~Roster() override;

    static Roster &current();
    /// Has each thread announce its subjects to the installed tap in that thread's next turn. Thread-safe.
    static void announceAll();

    /// Has each thread call \a visitor for its subjects in its next turn, until that returns true; a visitor that may
    /// delete subjects must. It is destroyed when the last thread is through, or has ended. Thread-safe.
    LIBNET_EXPORT static void visitAll(const std::function<bool(Subject &)> &visitor);

    void add(Subject *subject);
    void remove(Subject *subject);

private:
    void announce();
    void visit(const std::function<bool(Subject &)> &visitor);
    void letGo();

    Subject *m_first = nullptr;
};

} // namespace net::probe
