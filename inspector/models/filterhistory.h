#pragma once
#include <QString>
#include <QStringList>

#include <optional>

namespace inspector {

/// The filters that were applied: one step each, to go back and forth, and the different ones among them, the last
/// one first, to be used again.
class FilterHistory
{
public:
    static constexpr qsizetype recentLimit = 25;
    static constexpr qsizetype stepLimit = 200;

    /// \a text is in force and meant so; the same one as before is no step.
    void apply(const QString &text);
    /// The one before \a current, or nothing; that is the last step if \a current was not applied.
    std::optional<QString> undo(const QString &current);
    std::optional<QString> redo();
    bool canUndo(const QString &current) const { return m_at > 0 || current != m_steps.at(m_at); }
    bool canRedo() const { return m_at + 1 < m_steps.size(); }

    const QStringList &recent() const { return m_recent; }
    void setRecent(const QStringList &texts) { m_recent = texts.mid(0, recentLimit); }

private:
    QStringList m_steps = {QString()};
    QStringList m_recent;
    qsizetype m_at = 0;
};

} // namespace inspector
