#include "tests/model/journal.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace model {

using namespace Qt::StringLiterals;

// What one reads to understand a complaint.
static constexpr size_t KeptLines = 1500;

void Journal::beginEpisode(int number)
{
    m_episode = number;
    takeDice(u"episode"_s, 0);
    m_lines.clear();
}

// The end of SplitMix64.
quint64 Journal::mixed(quint64 number)
{
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

quint64 Journal::takeDice(const QString &what, int number)
{
    quint64 dice = mixed(m_seed) + quint64(m_episode);
    for (const QChar letter : what)
        dice = mixed(dice) + letter.unicode();
    return std::exchange(m_dice, mixed(dice) + quint64(number));
}

void Journal::note(const QString &line)
{
    if (!m_lines.empty() && m_lines.back() == line) // turns in which nothing happens
        return;
    m_lines.push_back(line);
    if (m_lines.size() > KeptLines)
        m_lines.pop_front();
}

void Journal::complain(const QString &who, const QString &claim) const
{
    for (const QString &line : m_lines)
        std::printf("%s\n", qPrintable(line));
    std::printf("%s: %s\nagain: --seed %llu --episode %d\n", qPrintable(who), qPrintable(claim),
                static_cast<unsigned long long>(m_seed), m_episode);
    std::fflush(stdout);
    std::_Exit(1);
}

} // namespace model
