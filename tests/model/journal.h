#pragma once
#include <QString>

#include <deque>
#include <random>

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

    /// 0 to \a sides - 1.
    int roll(int sides) { return int(m_dice() % quint64(sides)); }
    bool chance(int percent) { return roll(100) < percent; }

private:
    quint64 m_seed;
    int m_episode = 0;
    std::mt19937_64 m_dice;
    std::deque<QString> m_lines;
};

} // namespace model
