#pragma once
#include <QString>

#include <deque>

namespace model {

/// Where the dice come from, what was done last, and how far it has come. A complaint prints all of it and ends the
/// program.
class Journal
{
public:
    explicit Journal(quint64 seed) : m_seed(seed) { beginEpisode(0); }

    /// An episode throws dice of its own: it can be played again without those before it.
    void beginEpisode(int number);
    void note(const QString &line);
    [[noreturn]] void complain(const QString &who, const QString &claim) const;

    /// From here to the next call the dice depend on nothing but the seed, the episode, \a what and \a number: an event
    /// that comes late or not at all changes no throw of another step. Returns what restoreDice() takes.
    quint64 takeDice(const QString &what, int number);
    void restoreDice(quint64 dice) { m_dice = dice; }
    /// 0 to \a sides - 1.
    int roll(int sides) { return int(throwDice() % quint64(sides)); }
    bool chance(int percent) { return roll(100) < percent; }

private:
    static quint64 mixed(quint64 number);
    quint64 throwDice() { return mixed(m_dice += 0x9e3779b97f4a7c15); }

    quint64 m_seed;
    int m_episode = 0;
    quint64 m_dice = 0;
    std::deque<QString> m_lines;
};

} // namespace model
