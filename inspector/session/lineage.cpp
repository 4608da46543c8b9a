#include "inspector/session/lineage.h"

#include <QFile>

#include <algorithm>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::AgentCard;

static QString programOf(qint64 pid)
{
    QString file = QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(pid));
    // What a build has replaced meanwhile is still the same program.
    if (file.endsWith(" (deleted)"_L1))
        file.chop(10);
    return file;
}

void Lineage::meet(quint32 process, const AgentCard &card)
{
    m_lives.append({process, card.pid, card.name, programOf(card.pid), false});
    if (m_lives.size() <= kept)
        return;
    const auto over = std::ranges::find(m_lives, true, &Life::ended);
    m_lives.erase(over == m_lives.end() ? m_lives.begin() : over);
}

void Lineage::end(quint32 process)
{
    const auto life = std::ranges::find(m_lives, process, &Life::process);
    if (life == m_lives.end())
        return;
    life->ended = true;
    // In the order in which they have ended.
    std::rotate(life, life + 1, m_lives.end());
}

quint32 Lineage::ancestorOf(const AgentCard &card) const
{
    const QString program = programOf(card.pid);
    for (auto life = m_lives.crbegin(); life != m_lives.crend(); ++life) {
        const bool isSame = life->program.isEmpty() || program.isEmpty() || life->program == program;
        if (life->ended && life->name == card.name && isSame)
            return life->process;
    }
    return 0;
}

qint64 Lineage::pidOf(quint32 process) const
{
    const auto life = std::ranges::find(m_lives, process, &Life::process);
    return life == m_lives.end() ? 0 : life->pid;
}

void Lineage::forget(quint32 process)
{
    m_lives.removeIf([&](const Life &life) { return life.process == process; });
}

} // namespace inspector
