#pragma once
#include <QObject>

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

    void add(Subject *subject);
    void remove(Subject *subject);

private:
    void announce();
    void letGo();

    Subject *m_first = nullptr;
};

} // namespace net::probe
