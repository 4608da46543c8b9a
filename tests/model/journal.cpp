#include "tests/model/journal.h"

#include <cstdio>
#include <cstdlib>

namespace model {

// What one reads to understand a complaint.
static constexpr size_t KeptLines = 1500;

void Journal::beginEpisode(int number)
{
    m_episode = number;
    m_dice.seed(m_seed * 1'000'003 + quint64(number));
    m_lines.clear();
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
