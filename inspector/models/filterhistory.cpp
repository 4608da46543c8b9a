#include "inspector/models/filterhistory.h"

namespace inspector {

void FilterHistory::apply(const QString &text)
{
    if (!text.trimmed().isEmpty() && (m_recent.isEmpty() || m_recent.first() != text)) {
        m_recent.removeAll(text);
        m_recent.prepend(text);
        m_recent.resize(std::min(m_recent.size(), recentLimit));
    }
    if (text == m_steps.at(m_at))
        return;
    m_steps.resize(m_at + 1);
    m_steps.append(text);
    if (m_steps.size() > stepLimit)
        m_steps.removeFirst();
    m_at = m_steps.size() - 1;
}

std::optional<QString> FilterHistory::undo(const QString &current)
{
    if (current != m_steps.at(m_at))
        return m_steps.at(m_at);
    if (m_at == 0)
        return std::nullopt;
    return m_steps.at(--m_at);
}

std::optional<QString> FilterHistory::redo()
{
    if (!canRedo())
        return std::nullopt;
    return m_steps.at(++m_at);
}

} // namespace inspector
